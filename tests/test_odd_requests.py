"""What people and programs send that no page of ours asks for: an answer, never a stack trace."""

import pytest
from django.test import Client

from selfwork.models import SelfCircle
from tests.shared import once
from tests.worlds import World, make_world

pytestmark = pytest.mark.django_db

HUGE = "9" * 20
# More digits than Python is willing to read.
ENDLESS = "9" * 5000


made, world = once(make_world)


def signed_in(world: World, kind: str) -> Client:
    client = Client()
    client.force_login(world.people[kind])
    return client


@pytest.mark.parametrize(
    "path",
    [
        f"/crews/{HUGE}/",
        f"/dyads/{HUGE}/",
        f"/congregations/{HUGE}/people/",
        f"/sessions/{HUGE}/",
        f"/self/parts/{HUGE}/",
        f"/circles/requests/{HUGE}/",
        f"/steward/congregation/congregation/{HUGE}/change/",
        "/circles/invited/1:forged/",
        "/mail/stop/forged/",
        "/practices/%00/",
    ],
)
def test_what_cannot_be_is_not_there(world: World, path: str) -> None:
    assert signed_in(world, "steward").get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/dyads/begin/?who=%00",
        f"/sessions/?page={HUGE}",
        "/sessions/?page=nonsense",
        "/practices/?words=%00&people=x&minutes=-1",
        f"/crews/call/?congregation={HUGE}",
        "/crews/call/?congregation=%C2%B2",
        f"/crews/call/?congregation={ENDLESS}",
        f"/self/talks/{{talk}}/?opening={ENDLESS}",
        f"/self/carried/new/?turn={ENDLESS}",
        f"/steward/circles/membership/?congregation={HUGE}",
        f"/sessions/new/{{crew}}/?practice={HUGE}",
    ],
)
def test_odd_questions_get_a_page(world: World, path: str) -> None:
    kind = "crewmate" if "{crew}" in path or "{talk}" in path else "steward"
    answer = signed_in(world, kind).get(path.format(**world.names), follow=True)
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize(
    ("path", "name", "status"),
    [
        ("/crews/call/", "hours", 422),
        ("/crews/{crew}/edit/", "hours", 422),
        ("/crews/rounds/{round}/hand/", "hours", 422),
        ("/crews/{crew}/agreements/1/accept/", "version", 303),
        ("/crews/{crew}/cycles/1/renew/", "cycle", 303),
        ("/self/would-call/?from=" + ENDLESS, "people", 303),
    ],
)
def test_a_number_without_an_end_is_none(world: World, path: str, name: str, status: int) -> None:
    answer = signed_in(world, "crewmate").post(path.format(**world.names), {name: ENDLESS})
    assert answer.status_code == status


def in_parts(value: bytes) -> bytes:
    """A form with a name in it, as browsers send files."""
    return b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + value + b"\r\n--x--\r\n"


@pytest.mark.parametrize(
    ("charset", "letters"),
    [
        # Half a letter, in the one spelling that lets it through.
        ("raw_unicode_escape", b"\\ud800"),
        ("base64", b"YQ=="),
        ("undefined", b"a"),
        ("utf-8", b"\xed\xa0\x80\xff"),
    ],
)
@pytest.mark.parametrize("path", ["/self/meet/", "/you/"])
def test_whatever_charset_is_named_a_form_is_read_as_ours(
    world: World, path: str, charset: str, letters: bytes
) -> None:
    client = signed_in(world, "crewmate")
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    answer = client.generic("POST", path, in_parts(letters), kind)
    assert answer.status_code in {303, 422}


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("application/x-www-form-urlencoded", b"name=" + b"x" * 3_000_000),
        ("application/x-www-form-urlencoded", b"a=1&" * 2000),
        ("multipart/form-data; boundary=x", in_parts(b"x" * 3_000_000)),
        ("multipart/form-data", b"no boundary"),
    ],
)
@pytest.mark.parametrize("path", ["/self/meet/", "/you/"])
def test_what_is_too_large_or_broken_is_answered_in_words(
    world: World, path: str, kind: str, sent: bytes
) -> None:
    answer = signed_in(world, "crewmate").generic("POST", path, sent, kind)
    assert answer.status_code == 400
    assert "That could not be read" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("back", ["abc", "?x", "//elsewhere.example", "https://elsewhere.example"])
def test_back_leads_nowhere_else(world: World, back: str) -> None:
    path = "/sessions/{session}/answer/".format(**world.names)
    answer = signed_in(world, "crewmate").post(path, {"answer": "yes", "back": back})
    assert answer["Location"] == "/sessions/{session}/".format(**world.names)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_are_explained(world: World, day: str) -> None:
    path = "/sessions/{session}/move/".format(**world.names)
    wish = {"day": day, "at": "23:00", "time_zone": "America/New_York", "minutes": "60"}
    answer = signed_in(world, "crewmate").post(path, wish)
    assert answer.status_code == 422
    assert "within the next two years" in answer.content.decode()


def test_after_an_expired_session_one_comes_back_to_the_page_with_the_button(world: World) -> None:
    meeting = "/sessions/{session}/".format(**world.names)
    answer = Client().post(
        f"{meeting}answer/", {"answer": "yes"}, headers={"Referer": f"http://testserver{meeting}"}
    )
    assert answer["Location"] == f"/account/login/?next={meeting}"
    elsewhere = Client().post(
        f"{meeting}answer/", {"answer": "yes"}, headers={"Referer": "https://elsewhere.example/x"}
    )
    assert elsewhere["Location"] == "/account/login/?next=/today/"


def test_htmx_is_led_to_sign_in_as_a_whole_page(world: World) -> None:
    meeting = "/sessions/{session}/".format(**world.names)
    answer = Client().post(
        f"{meeting}answer/",
        {"answer": "yes"},
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{meeting}"},
    )
    assert answer["HX-Redirect"] == f"/account/login/?next={meeting}"


def test_too_many_tries_get_a_page_of_ours(world: World) -> None:
    client = Client()
    for _ in range(12):
        wrong = {"login": "crewmate@example.org", "password": "not the one"}
        answer = client.post("/account/login/", wrong)
    words = answer.content.decode()
    assert "tried too often" in words


def test_everything_kept_about_somebody_is_in_the_file(world: World) -> None:
    kept = signed_in(world, "crewmate").get("/you/my-data/").json()
    assert {"you", "self-work", "seats", "raised hands", "answers", "mail switches"} <= set(kept)
    assert [row["circle__name"] for row in kept["seats"]][:2] == ["Estuary", "Slow Kettle"]
    assert {row["choice"] for row in kept["answers"]} == {"yes"}


def test_nobody_leaves_themselves(world: World) -> None:
    client = signed_in(world, "crewmate")
    own = SelfCircle.objects.get(owner=world.people["crewmate"])
    assert client.post(f"/circles/{own.pk}/leave/").status_code == 404
    assert client.get("/self/").status_code == 200
