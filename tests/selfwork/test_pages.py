"""Parts, as their owner meets them; to everybody else they are not there."""

import json

import pytest
from django.contrib import admin
from django.urls import reverse

from circles.models import Circle
from circles.services import take_seat
from people.models import Person
from people.services import delete_account
from selfwork import services
from selfwork.models import Part, PersonKey, SelfCircle, Turn
from selfwork.showing.exporting import as_markdown
from selfwork.showing.parts import parts_of
from tests.factories import make_congregation, make_person
from tests.selfwork.quiet import (
    DOES,
    NAME,
    PLACE,
    TO_IT,
    WORDS,
    make_part,
    signed_in,
    text,
    turn_of,
)

pytestmark = pytest.mark.django_db

HOME = "/self/"
TALKS = ("conversation", "save_turn", "put_away", "end_conversation", "delete_conversation")
PRESSED = {"aside", "talk", "save_turn", "put_away", "end_conversation"}


def page(name: str, pk: int | None = None) -> str:
    return reverse(f"selfwork:{name}", args=[] if pk is None else [pk])


# --- parts ------------------------------------------------------------------------------------


def test_the_place_is_empty_until_a_part_is_met() -> None:
    client = signed_in(make_person())
    words = text(client.get(HOME))
    assert "You are a group, too" in words
    assert page("meet") in words
    assert page("export") not in words


def test_meeting_a_part_leads_to_its_page() -> None:
    owner = make_person()
    client = signed_in(owner)
    response = client.post(page("meet"), {"name": NAME, "body_place": PLACE, "fears": ""})
    part = Part.objects.get(owner=owner)
    assert (response.status_code, response["Location"]) == (303, page("part", part.pk))
    words = text(client.get(response["Location"]))
    assert f">{NAME}</span></h1>" in words
    assert PLACE in words
    assert "What it is afraid of" not in words
    assert NAME in text(client.get(HOME))


def test_only_the_name_is_needed_and_what_was_typed_stays() -> None:
    client = signed_in(make_person())
    response = client.post(page("meet"), {"name": "", "body_place": PLACE, "does_for_me": DOES})
    assert response.status_code == 422
    assert PLACE in text(response)
    assert DOES in text(response)
    assert not Part.objects.exists()


@pytest.mark.parametrize(("field", "most"), [("name", 200), ("body_place", 2000), ("fears", 2000)])
def test_too_many_words_are_kept_and_explained(field: str, most: int) -> None:
    client = signed_in(make_person())
    many = "ü" * (most + 1)
    response = client.post(page("meet"), {"name": "A", field: many})
    assert response.status_code == 422
    assert many in text(response)
    assert client.post(page("meet"), {"name": "A", field: "ü" * most}).status_code == 303


def test_what_is_known_of_a_part_can_be_written_anew() -> None:
    owner = make_person()
    part, other = make_part(owner), make_part(owner)
    client = signed_in(owner)
    assert f'value="{NAME}"' in text(client.get(page("edit", part.pk)))
    response = client.post(page("edit", part.pk), {"name": "The gatekeeper", "fears": "Nothing"})
    assert response["Location"] == page("part", part.pk)
    words = text(client.get(page("part", part.pk)))
    assert "The gatekeeper" in words
    assert PLACE not in words
    assert PLACE in text(client.get(page("part", other.pk)))


def test_a_part_may_rest_and_come_back() -> None:
    owner = make_person()
    part = make_part(owner)
    client = signed_in(owner)
    assert client.post(page("aside", part.pk))["Location"] == HOME
    assert "resting" in text(client.get(HOME))
    assert [one.is_aside for one in parts_of(owner)] == [True]
    assert client.post(page("aside", part.pk))["Location"] == page("part", part.pk)
    assert "resting" not in text(client.get(HOME))


def test_parts_at_rest_come_last() -> None:
    owner = make_person()
    for name in ("Oldest", "Middle", "Newest"):
        services.meet_part(owner=owner, name=name)
    newest = Part.objects.latest("pk")
    services.set_aside(part=newest, owner=owner, is_aside=True)
    assert [part.name for part in parts_of(owner)] == ["Middle", "Oldest", "Newest"]


def test_a_part_is_deleted_with_all_that_was_said_after_asking_once() -> None:
    owner = make_person()
    part, other = make_part(owner), make_part(owner)
    client = signed_in(owner)
    assert "all that you said" in text(client.get(page("delete_part", part.pk)))
    assert Part.objects.count() == 2
    assert client.post(page("delete_part", part.pk))["Location"] == HOME
    assert list(Part.objects.all()) == [other]
    assert set(Turn.objects.values_list("conversation__part", flat=True)) == {other.pk}


# --- nobody else ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["member", "steward", "superuser"])
def test_another_persons_parts_and_talks_are_not_there(who: str) -> None:
    owner, steward = make_person(), make_person("Steward")
    congregation = make_congregation(by=steward)
    member = make_person(is_superuser=who == "superuser", is_staff=who == "superuser")
    for person in (owner, member):
        take_seat(circle=congregation, person=person)
    part = make_part(owner)
    turn = turn_of(part)
    talk = turn.conversation_id
    client = signed_in(steward if who == "steward" else member)
    wish = {"name": "Mine", "voice": "me", "body": "Mine"}
    for name, pk in (
        *((name, part.pk) for name in ("part", "edit", "aside", "delete_part")),
        ("talk", part.pk),
        *((name, talk) for name in TALKS),
        ("delete_turn", turn.pk),
    ):
        answers = [client.post(page(name, pk), wish)]
        if name not in PRESSED:
            answers.append(client.get(page(name, pk)))
        for response in answers:
            assert response.status_code == 404
            assert not [word for word in WORDS if word in text(response)]
    for address in (HOME, page("export"), "/you/my-data/", f"/congregations/{congregation.pk}/"):
        assert not [word for word in WORDS if word in text(client.get(address))]
    client.post(page("forget"))
    part.refresh_from_db()
    assert part.set_aside_at is None
    assert [one.name for one in parts_of(owner)] == [NAME]
    assert Turn.objects.filter(conversation__part=part).count() == 2


def test_there_is_no_door_in_the_panel() -> None:
    ours = {model for model in admin.site._registry if model._meta.app_label == "selfwork"}
    assert ours == set()
    superuser = make_person(is_superuser=True, is_staff=True)
    for model in ("part", "turn", "conversation", "personkey", "selfcircle"):
        assert signed_in(superuser).get(f"/steward/selfwork/{model}/").status_code == 404


# --- taking it along, and letting it go -------------------------------------------------------


def test_the_export_holds_every_word_for_its_owner() -> None:
    owner = make_person()
    make_part(owner)
    make_part(make_person())
    response = signed_in(owner).get(page("export"))
    assert "attachment" in response["Content-Disposition"]
    words = text(response)
    assert [word for word in WORDS if word not in words] == []
    assert words.count(TO_IT) == 1
    assert words == as_markdown(owner)


def test_my_data_holds_them_too() -> None:
    owner = make_person()
    make_part(owner)
    mine = json.loads(text(signed_in(owner).get("/you/my-data/")))
    assert [word for word in WORDS if word not in mine["self-work"]] == []


def left_of(owner: Person) -> int:
    return (
        Part.objects.filter(owner=owner).count()
        + Turn.objects.filter(conversation__part__owner=owner).count()
        + PersonKey.objects.filter(owner=owner).count()
    )


def test_forgetting_destroys_the_key_and_everything_it_sealed() -> None:
    owner, other = make_person(), make_person()
    make_part(owner)
    make_part(other)
    client = signed_in(owner)
    assert "Delete everything here?" in text(client.get(page("forget")))
    assert left_of(owner) == 4
    assert client.post(page("forget"))["Location"] == HOME
    assert (left_of(owner), left_of(other)) == (0, 4)
    assert "You are a group, too" in text(client.get(HOME))


def test_the_place_can_be_begun_anew_after_that() -> None:
    owner = make_person()
    make_part(owner)
    services.delete_everything(owner=owner)
    make_part(owner)
    assert [part.name for part in parts_of(owner)] == [NAME]
    assert SelfCircle.objects.filter(owner=owner).count() == 1


def test_with_the_account_all_of_it_goes() -> None:
    owner = make_person()
    make_part(owner)
    delete_account(person=owner)
    assert not Part.objects.exists()
    assert not PersonKey.objects.exists()
    assert not Circle.objects.exists()
