"""A second look before the private place opens: when it asks, how, and that no word is lost."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from selfwork.models import Part, Turn
from selfwork.rules.door import is_open
from selfwork.services.door import set_door
from tests.factories import make_person
from tests.selfwork.quiet import NAME, TO_IT, make_part, signed_in, stored, talk_with, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may_try_again() -> None:
    """How often somebody tried is counted in the cache, by numbers that people share in tests."""
    cache.clear()


RECORDS = "account_authentication_methods"
KEY = "5b0a1b60-9a0e-4a3c-9f5e-00000000000a"
PASSWORD = "a long enough one"


def some_time_ago(client: Client, minutes: float) -> None:
    """As if all that the session knows had happened so long ago."""
    session = client.session
    seconds = minutes * 60
    for record in session.get(RECORDS, []):
        record["at"] -= seconds
    mark = session.get("selfwork_door", {})
    for name in ("used", "knocked"):
        if mark.get(name):
            mark[name] -= seconds
    session.save()


def asked(response: Any) -> bool:
    """Whether the answer leads to the second look."""
    return response.status_code in {302, 303} and "/account/reauthenticate/" in response["Location"]


def show(client: Client, response: Any) -> Any:
    """Type the password where the answer leads; what comes then."""
    where = urlsplit(response["Location"])
    back = parse_qs(where.query)["next"][0]
    return client.post(where.path, {"password": PASSWORD, "next": back})


def behind_a_door(minutes: int | None, *, since: float = 0) -> tuple[Person, Client]:
    owner = make_person()
    make_part(owner)
    set_door(owner=owner, asks_after=minutes)
    client = signed_in(owner)
    some_time_ago(client, since)
    return owner, client


# --- when it asks -----------------------------------------------------------------------------


def test_without_a_wish_it_never_asks() -> None:
    owner = make_person()
    client = signed_in(owner)
    some_time_ago(client, 60 * 24)
    assert client.get("/self/").status_code == 200


@pytest.mark.parametrize("minutes", [5, 15, 60])
def test_it_asks_after_the_minutes_one_chose(minutes: int) -> None:
    _owner, client = behind_a_door(minutes, since=minutes - 1)
    assert client.get("/self/").status_code == 200
    some_time_ago(client, minutes - 1)
    assert client.get("/self/").status_code == 200, "who does something here is not asked"
    some_time_ago(client, minutes + 1)
    response = client.get("/self/")
    assert asked(response)
    assert "no-store" in response["Cache-Control"]
    assert NAME not in text(response)
    back = show(client, response)
    assert back["Location"] == "/self/"
    assert NAME in text(client.get("/self/"))


def test_each_time_means_whenever_one_comes_from_another_page() -> None:
    _owner, client = behind_a_door(0)
    response = client.get("/self/")
    assert asked(response), "having signed in just now is not enough"
    show(client, response)
    assert client.get("/self/").status_code == 200
    assert client.get("/self/meet/").status_code == 200
    assert client.get("/today/").status_code in {200, 303}
    client.get("/you/")
    assert asked(client.get("/self/"))


def test_each_time_also_after_doing_nothing() -> None:
    _owner, client = behind_a_door(0)
    show(client, client.get("/self/"))
    assert client.get("/self/").status_code == 200
    some_time_ago(client, 6)
    assert asked(client.get("/self/"))


def test_a_wrong_password_opens_nothing() -> None:
    _owner, client = behind_a_door(0)
    client.get("/self/")
    response = client.post("/account/reauthenticate/", {"password": "wrong", "next": "/self/"})
    assert response.status_code == 200
    assert asked(client.get("/self/"))


def test_every_page_here_is_behind_the_door() -> None:
    owner, client = behind_a_door(5, since=6)
    part = Part.objects.get(owner=owner)
    for address in ("/self/", "/self/yours/", "/self/search/", "/self/door/", "/self/forget/"):
        assert asked(client.get(address))
    assert asked(client.get(f"/self/parts/{part.pk}/"))
    assert asked(client.post("/self/search/", {"words": "Quillfeather"}))


moments = st.floats(0, 10_000)


@given(asks=st.sampled_from([None, 0, 5, 15, 60]), used=moments, looked=moments, knocked=moments)
def test_the_door_never_opens_for_whoever_has_shown_nothing(
    asks: int | None, used: float, looked: float, knocked: float
) -> None:
    now = 20_000.0
    says = is_open(asks_after=asks, used_at=used, looked_at=looked, knocked_at=knocked, now=now)
    assert says == (asks is None), "all of that is hours ago"
    just = is_open(asks_after=asks, used_at=0, looked_at=0, knocked_at=now, now=now)
    assert just == (asks is None)


# --- nothing is lost --------------------------------------------------------------------------


def test_words_that_meet_the_door_are_kept_and_sent_with_one_press() -> None:
    owner, client = behind_a_door(5)
    part = Part.objects.get(owner=owner)
    address = talk_with(part)
    client.get(address)
    some_time_ago(client, 6)
    before = Turn.objects.count()
    words = "What I typed for " + "marzipan minutes " * 20
    fields = {"key": KEY, "voice": "me", "body": words}
    response = client.post(address, fields, headers={"Referer": address})
    assert asked(response)
    assert Turn.objects.count() == before
    assert not [one for one in stored() if b"marzipan minutes" in one]
    back = show(client, response)
    assert back["Location"] == "/your-words/"
    kept = text(client.get(back["Location"]))
    assert words.strip() in kept
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', kept))
    assert client.post(address, {**fields, "body": words}).status_code == 303
    assert Turn.objects.count() == before + 1
    assert client.get("/your-words/").status_code == 303, "used once, gone"


def test_htmx_is_led_to_the_second_look_and_its_words_are_kept() -> None:
    owner, client = behind_a_door(5, since=6)
    part = Part.objects.get(owner=owner)
    response = client.post(
        talk_with(part), {"voice": "me", "body": TO_IT}, headers={"HX-Request": "true"}
    )
    assert "/account/reauthenticate/" in response["HX-Redirect"]
    assert "kept_key" in client.cookies


def test_what_a_page_saves_by_itself_is_refused_and_stays_on_the_page() -> None:
    owner, client = behind_a_door(5, since=6)
    part = Part.objects.get(owner=owner)
    response = client.post(
        f"{talk_with(part)}save/",
        {"voice": "me", "body": TO_IT},
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 403
    assert "Not kept" in response.json()["said"]
    assert not client.cookies["kept_key"].value


# --- ways to look -----------------------------------------------------------------------------


def test_whoever_has_no_password_is_mailed_a_code(
    django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    owner, client = behind_a_door(5, since=6)
    Person.objects.filter(pk=owner.pk).update(password="!")
    client.force_login(Person.objects.get(pk=owner.pk))
    some_time_ago(client, 6)
    response = client.get("/self/")
    assert response["Location"] == "/you/look/?next=%2Fself%2F"
    code = code_from_mail(client, response["Location"])
    wrong = client.post("/you/look/", {"code": "WRONG", "next": "/self/"})
    assert wrong.status_code == 422
    assert asked_by_mail(client.get("/self/"))
    right = client.post("/you/look/", {"code": code.lower(), "next": "/self/"})
    assert right["Location"] == "/self/"
    assert client.get("/self/").status_code == 200


def test_after_three_wrong_codes_none_fits() -> None:
    owner = make_person()
    Person.objects.filter(pk=owner.pk).update(password="!")
    client = signed_in(Person.objects.get(pk=owner.pk))
    some_time_ago(client, 6)
    code = code_from_mail(client, "/you/look/?next=/self/")
    for _ in range(3):
        client.post("/you/look/", {"code": "WRONG", "next": "/self/"})
    assert client.post("/you/look/", {"code": code, "next": "/self/"}).status_code == 422


def test_whoever_has_a_password_is_not_mailed_one() -> None:
    client = signed_in(make_person())
    response = client.get("/you/look/?next=https://elsewhere.example/")
    assert response["Location"] == "/account/reauthenticate/?next=%2Ftoday%2F"


def code_from_mail(client: Client, address: str) -> str:
    from notifications.models import Notice

    client.get(address)
    notice = Notice.objects.latest("pk")
    assert not mail.outbox
    return str(notice.payload["code"])


def asked_by_mail(response: Any) -> bool:
    return bool(response["Location"].startswith("/you/look/"))


# --- what always asks -------------------------------------------------------------------------

ALWAYS = (
    "/self/export/",
    "/self/export/page/",
    "/self/forget/",
    "/self/door/",
    "/you/my-data/",
    "/you/farewell/",
)


@pytest.mark.parametrize("address", ALWAYS)
def test_taking_all_and_deleting_all_ask_whatever_the_door_does(address: str) -> None:
    owner = make_person()
    make_part(owner)
    client = signed_in(owner)
    assert client.get(address).status_code == 200
    some_time_ago(client, 6)
    response = client.get(address)
    assert asked(response)
    assert NAME not in text(response)
    show(client, response)
    assert client.get(address).status_code == 200


def test_after_the_look_a_file_is_taken_from_the_page_with_its_button() -> None:
    client = signed_in(make_person())
    some_time_ago(client, 6)
    here = {"Referer": "http://testserver/self/yours/"}
    response = client.get("/self/export/", headers=here)
    assert "press once more" in text(client.get(response["Location"]))
    assert show(client, response)["Location"] == "/self/yours/"
    assert client.get("/self/export/", headers=here).status_code == 200


def test_pressing_delete_asks_too_and_deletes_nothing() -> None:
    owner = make_person()
    make_part(owner)
    client = signed_in(owner)
    some_time_ago(client, 6)
    assert asked(client.post("/self/forget/"))
    assert asked(client.post("/you/farewell/", {"email": owner.email}))
    assert Part.objects.filter(owner=owner).exists()


def test_the_owner_chooses_when_it_asks() -> None:
    owner = make_person()
    client = signed_in(owner)
    assert "Never: being signed in is enough" in text(client.get("/self/door/"))
    assert "Use your password" in text(client.get("/self/door/"))
    assert client.post("/self/door/", {"asks_after": "15"})["Location"] == "/self/yours/"
    (chosen,) = re.findall(r"<input[^>]*checked[^>]*>", text(client.get("/self/door/")))
    assert 'value="15"' in chosen
    some_time_ago(client, 16)
    assert asked(client.get("/self/"))
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/self/"})
    assert client.post("/self/door/", {"asks_after": "7"}).status_code == 422
    assert client.post("/self/door/", {"asks_after": ""})["Location"] == "/self/yours/"
    some_time_ago(client, 600)
    assert client.get("/self/").status_code == 200
