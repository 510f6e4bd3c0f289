"""How am I, which parts are here: in a minute, and a quiet picture over weeks."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Person
from selfwork import services
from selfwork.models import CheckIn
from selfwork.rules.feelings import FEELINGS, by_week
from selfwork.showing.exporting import as_markdown
from tests.factories import make_person
from tests.selfwork.quiet import NAME, signed_in, stored, text

pytestmark = pytest.mark.django_db

NOTE = "the kettle sang in C 🫖 שלום"
FORM, ALL = "/self/check-in/", "/self/check-ins/"


@pytest.fixture
def owner() -> Person:
    return make_person()


@pytest.fixture
def client(owner: Person) -> Client:
    return signed_in(owner)


def felt(owner: Person, how: str, days_ago: int = 0) -> CheckIn:
    one = services.check_in(owner=owner, how=how, note=f"{how} {days_ago}")
    CheckIn.objects.filter(pk=one.pk).update(at=timezone.now() - timedelta(days=days_ago))
    return one


def test_one_tap_a_tick_and_a_word(client: Client, owner: Person) -> None:
    part = services.meet_part(owner=owner, name=NAME)
    resting = services.meet_part(owner=owner, name="The sleeper")
    services.set_aside(part=resting, owner=owner, is_aside=True)
    words = text(client.get(FORM))
    assert NAME in words
    assert "The sleeper" not in words
    for _press in range(2):
        answer = client.post(FORM, {"how": "tired", "parts": [part.pk], "note": NOTE})
        assert answer["Location"] == ALL
    words = text(client.get(ALL))
    assert words.count(NOTE) == CheckIn.objects.count() == 1
    assert NAME in words
    assert not [value for value in stored() if b"kettle sang" in value]
    services.delete_part(part=part, owner=owner)
    assert NOTE in text(client.get(ALL))


def test_another_one_s_part_is_no_answer(client: Client) -> None:
    part = services.meet_part(owner=make_person(), name=NAME)
    answer = client.post(FORM, {"how": "tired", "parts": [part.pk]})
    assert CheckIn.objects.count() == 1
    assert NAME not in text(client.get(ALL))
    assert answer["Location"] == ALL


@pytest.mark.parametrize(
    "fields", [{}, {"how": "excellent"}, {"how": "warm", "note": "w" * 200_000}]
)
def test_what_does_not_fit_says_why_and_keeps_what_was_typed(
    client: Client, fields: dict[str, str]
) -> None:
    answer = client.post(FORM, {"note": "kept on the page", **fields})
    assert answer.status_code == 422
    assert fields.get("note", "kept on the page") in text(answer)
    assert not CheckIn.objects.exists()


def test_the_picture_is_said_in_words_and_counts_nothing(client: Client, owner: Person) -> None:
    for how, days_ago in (("steady", 0), ("tired", 21), ("mixed", 300)):
        felt(owner, how, days_ago)
    words = text(client.get(ALL))
    pictures = re.findall(r'<svg class="week".*?</svg>', words, re.DOTALL)
    assert [re.findall(r"#how-(\w+)", picture) for picture in pictures] == [["steady"], ["tired"]]
    assert all(re.search(r'aria-label="The week of [^"]+: \w+\."', one) for one in pictures)
    assert not re.search(r"streak|score|missed|day \d+ of|<polyline|\d+ (days|times)", words)


def test_weeks_stand_in_the_order_they_were_felt_without_gaps() -> None:
    days = [
        (date(2026, 11, 24), "tired"),
        (date(2026, 11, 10), "raw"),
        (date(2026, 11, 23), "light"),
    ]
    assert by_week(days) == [
        (date(2026, 11, 23), ["light", "tired"]),
        (date(2026, 11, 9), ["raw"]),
    ]


def test_every_word_has_a_shape_of_its_own(client: Client) -> None:
    shapes = re.findall(r'<symbol id="how-(\w+)"[^>]*>(.*?)</symbol>', text(client.get(FORM)))
    assert {name for name, _drawn in shapes} == {name for name, _word in FEELINGS}
    assert len({drawn for _name, drawn in shapes}) == len(FEELINGS)


def test_one_can_be_deleted_by_its_owner_alone(client: Client, owner: Person) -> None:
    one = felt(owner, "raw")
    page = f"{ALL}{one.pk}/delete/"
    assert signed_in(make_person()).post(page).status_code == 404
    assert "Delete for good" in text(client.get(page))
    assert client.post(page)["Location"] == ALL
    assert not CheckIn.objects.exists()


def test_it_is_found_and_taken_along(client: Client, owner: Person) -> None:
    part = services.meet_part(owner=owner, name=NAME)
    services.check_in(owner=owner, how="warm", parts=[part], note=NOTE)
    words = as_markdown(owner)
    assert "### Warm" in words
    assert f"Here were: {NAME}\n\n{NOTE}" in words
    assert ALL in text(client.post("/self/search/", {"words": "kettle"}))


def test_pages_cost_the_same_for_few_and_many(client: Client, owner: Person) -> None:
    costs = []
    for rows in (1, 40):
        for number in range(rows):
            felt(owner, "light", number)
        found = []
        for path in (FORM, ALL):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        costs.append(found)
    assert costs[0] == costs[1]
