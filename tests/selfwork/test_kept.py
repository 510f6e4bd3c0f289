"""Nothing that somebody writes here is forgotten by the export, the search or the deletion."""

import json

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from people.models import Person
from selfwork import services
from selfwork.models import Door, KeyToDestroy, SelfCircle
from selfwork.owned import owned_models, path_to_owner, rows_of
from selfwork.showing.exporting import as_markdown
from selfwork.showing.kept import plain, sources, walk
from selfwork.vault import SealedField
from tests.factories import make_person
from tests.selfwork.canary import CHOSEN, WORDLESS, fill
from tests.selfwork.quiet import say

pytestmark = pytest.mark.django_db


def all_words() -> list[tuple[type[models.Model], str]]:
    """Every field of every model that holds what a person wrote."""
    return [
        (model, field.name)
        for model in owned_models()
        for field in model._meta.fields
        if isinstance(field, SealedField)
    ]


def test_every_model_leads_to_its_owner() -> None:
    ours = set(apps.get_app_config("selfwork").get_models())
    assert ours == {*owned_models(), KeyToDestroy}
    assert path_to_owner(Door) == "owner"
    assert {path_to_owner(model).rpartition("__")[2] for model in owned_models()} == {"owner"}


def test_every_model_with_words_has_a_source() -> None:
    in_sources = {model for one in sources for model in one.models}
    assert set(owned_models()) - WORDLESS - in_sources == set()


def test_every_word_of_every_model_is_in_the_export_of_its_owner_alone() -> None:
    owner, other = make_person(), make_person()
    written = fill(owner)
    assert written.keys() >= {
        f"{model._meta.model_name}.{field}" for model, field in all_words()
    } - set(CHOSEN)
    said = as_markdown(owner)
    assert {name: words for name, words in written.items() if words not in said} == {}
    others = as_markdown(other)
    assert [words for words in written.values() if words in others] == []


def test_deleting_everything_leaves_no_word_and_no_key() -> None:
    owner, other = make_person(), make_person()
    for person in (owner, other):
        fill(person)
    before = {model: rows_of(model, other).count() for model in owned_models()}
    services.delete_everything(owner=owner)
    left = {model for model in owned_models() if rows_of(model, owner).exists()}
    assert left - {SelfCircle, Door} == set()
    assert not Door.objects.filter(owner=owner, would_call__isnull=False).exists()
    assert {model: rows_of(model, other).count() for model in owned_models()} == before


def test_what_is_sealed_as_json_is_read_as_words() -> None:
    sealed = json.dumps({"find": "In the throat", "feel": {"how": "Kind"}, "parts": [3]})
    assert plain(sealed) == "In the throat\n\nKind"
    assert plain("12 o’clock, {") == "12 o’clock, {"


def test_a_source_costs_the_same_for_few_and_many() -> None:
    owner = make_person()
    vault = services.vault_of(owner)
    costs = []
    for rows in (1, 3):
        for _ in range(rows):
            fill_parts(owner)
        with CaptureQueriesContext(connection) as queries:
            assert list(walk(owner, vault))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def fill_parts(owner: Person) -> None:
    part = services.meet_part(owner=owner, name="One")
    vault = services.vault_of(owner)
    talk = part.conversations.create()
    say(talk, owner, "Hello")
    talk.unsent.create(key="5b0a1b60-9a0e-4a3c-9f5e-000000000002", body=vault.seal("Hm"))
