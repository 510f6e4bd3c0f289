"""Where keys lie, when they are made and destroyed, and what a crash in between leaves."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connections, transaction
from django.test import Client

from keystore.models import WrappedKey
from keystore.router import KEYS
from people.models import Person
from people.services import delete_account
from selfwork import services
from selfwork.models import Conversation, KeyToDestroy, Part, PersonKey, Turn
from selfwork.showing.parts import parts_of
from selfwork.tasks import destroy_keys
from selfwork.vault import Vault, VaultError
from tests.factories import make_person
from tests.selfwork.quiet import NAME, away, make_part, signed_in, stored, text, wrapped

pytestmark = pytest.mark.django_db

Committed = Callable[..., Any]


def deleted_by_page(owner: Person) -> None:
    signed_in(owner).post("/self/forget/")


def deleted_by_service(owner: Person) -> None:
    services.delete_everything(owner=owner)


def deleted_with_the_account(owner: Person) -> None:
    delete_account(person=owner)


def deleted_in_the_shell(owner: Person) -> None:
    Person.objects.filter(pk=owner.pk).delete()


# --- where ------------------------------------------------------------------------------------


def test_no_key_lies_in_the_main_database() -> None:
    make_part()
    (key,) = wrapped().values()
    assert key not in b"\n".join(stored())
    assert key in b"\n".join(stored(KEYS))


def test_the_key_store_holds_nothing_else_and_tells_not_whose_keys_they_are() -> None:
    owner = make_person()
    make_part(owner)
    tables = set(connections[KEYS].introspection.table_names())
    assert tables - {"django_migrations"} == {"keystore_wrappedkey"}
    columns = {field.column for field in WrappedKey._meta.fields}
    assert columns == {"number", "wrapped", "made_at"}


def test_a_deleted_key_is_overwritten_in_the_file() -> None:
    if connections[KEYS].vendor != "sqlite":
        return
    make_part()
    (key,) = wrapped().values()
    file: Any = connections[KEYS].connection
    assert key in file.serialize()
    WrappedKey.objects.all().delete()
    assert key not in file.serialize()


def test_whoever_watches_hears_that_the_key_store_is_away() -> None:
    with away("keystore_wrappedkey", KEYS):
        answer = Client().get("/mail/healthz/")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "keys": "away", "oldest_due_mail_seconds": 0}
    assert Client().get("/mail/healthz/").status_code == 200


# --- made -------------------------------------------------------------------------------------


def test_a_key_outlives_the_words_that_were_rolled_back() -> None:
    owner = make_person()
    with suppress(ZeroDivisionError), transaction.atomic():
        services.meet_part(owner=owner, name=NAME)
        raise ZeroDivisionError
    assert not Part.objects.exists()
    assert len(wrapped()) == 1
    make_part(owner)
    assert [part.name for part in parts_of(owner)] == [NAME]


def test_one_person_has_one_key_however_much_they_write() -> None:
    owner = make_person()
    for _ in range(3):
        make_part(owner)
    assert len(wrapped()) == PersonKey.objects.count() == 1


# --- destroyed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "way", [deleted_by_page, deleted_by_service, deleted_with_the_account, deleted_in_the_shell]
)
def test_with_the_words_goes_the_key(
    way: Callable[[Person], None], django_capture_on_commit_callbacks: Committed
) -> None:
    owner, other = make_person(), make_person()
    make_part(owner)
    make_part(other)
    kept = PersonKey.objects.get(owner=other).number
    with django_capture_on_commit_callbacks(execute=True):
        way(owner)
    assert set(wrapped()) == {kept}
    assert not KeyToDestroy.objects.exists()
    assert [part.name for part in parts_of(other)] == [NAME]


def test_what_an_old_copy_of_the_database_holds_cannot_be_read_any_more(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    owner = make_person()
    part = make_part(owner)
    kept = (PersonKey, Part, Conversation, Turn)
    copy = [row for model in kept for row in model._default_manager.all()]
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_everything(owner=owner)
    # The old copy is brought back, with the very environment it was made in.
    for row in copy:
        row.save(force_insert=True)
    client = signed_in(owner)
    assert client.get("/self/").status_code == 503
    assert client.post("/self/meet/", {"name": "New"}).status_code == 503
    assert not wrapped(), "a new key would hide that the old one is gone"
    with pytest.raises(VaultError):
        services.vault_of(make_person()).open(part.name)
    # Whoever gives it up begins anew.
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/self/forget/").status_code == 303
    assert client.post("/self/meet/", {"name": "New"}).status_code == 303
    assert [one.name for one in parts_of(owner)] == ["New"]


def test_a_deletion_that_was_interrupted_is_finished() -> None:
    owner, other = make_person(), make_person()
    make_part(owner)
    make_part(other)
    # Within the test's own transaction nothing is ever committed: as if the process had died.
    services.delete_everything(owner=owner)
    assert len(wrapped()) == 2
    destroy_keys()
    assert len(wrapped()) == 1
    assert not KeyToDestroy.objects.exists()
    destroy_keys()
    assert [part.name for part in parts_of(other)] == [NAME]


def test_a_deletion_that_was_taken_back_destroys_nothing() -> None:
    owner = make_person()
    make_part(owner)
    with suppress(ZeroDivisionError), transaction.atomic():
        services.delete_everything(owner=owner)
        raise ZeroDivisionError
    destroy_keys()
    assert [part.name for part in parts_of(owner)] == [NAME]


# --- a store that fails -----------------------------------------------------------------------


def test_a_store_that_does_not_answer_locks_the_place_and_saves_nothing() -> None:
    owner = make_person()
    make_part(owner)
    client = signed_in(owner)
    with away("keystore_wrappedkey", KEYS):
        looking = client.get("/self/")
    with away("keystore_wrappedkey", KEYS):
        writing = client.post("/self/meet/", {"name": "New"})
    assert (looking.status_code, writing.status_code) == (503, 503)
    assert "Your writing is here" in text(looking)
    assert Part.objects.count() == 1
    assert [part.name for part in parts_of(owner)] == [NAME]


@pytest.mark.parametrize(
    "damage", [b"", b"plain text", Fernet.generate_key()], ids=["none", "no key", "another"]
)
def test_a_damaged_key_opens_nothing_and_is_left_as_it_is(damage: bytes) -> None:
    owner = make_person()
    make_part(owner)
    WrappedKey.objects.update(wrapped=damage)
    client = signed_in(owner)
    assert client.get("/self/").status_code == 503
    assert client.post("/self/meet/", {"name": "New"}).status_code == 503
    with pytest.raises(VaultError):
        Vault(damage)
    assert list(wrapped().values()) == [damage]
    assert Part.objects.count() == 1


@pytest.mark.parametrize("keys", [[], ["no key"]])
def test_without_keys_in_the_environment_the_place_is_locked(
    keys: list[str], settings: Any
) -> None:
    owner, new = make_person(), make_person()
    make_part(owner)
    settings.SELFWORK_KEYS = keys
    for person in (owner, new):
        client = signed_in(person)
        assert client.get("/self/").status_code == 503
        assert client.post("/self/meet/", {"name": "New"}).status_code == 503
    assert Part.objects.count() == 1
    assert len(wrapped()) == 1
