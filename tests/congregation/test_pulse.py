"""A steward's pulse: that tables live, never what is said at them."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from circles.services import take_seat
from congregation.pulse import MOST, Need, PulseRow, pulse, pulse_of
from home.letter import letter
from notifications.letters import Dropped, Letter
from notifications.models import Notice
from tests.admin.panel import signed_in, text
from tests.factories import make_bare_crew, make_congregation, make_person

pytestmark = pytest.mark.django_db


def row(need: Need, day: int, heading: str) -> PulseRow:
    since = datetime(2026, 11, day, tzinfo=UTC)
    return PulseRow(need, since, heading, "Since a while.", "/today/", "Look")


@pytest.fixture
def _handed_in() -> Iterator[None]:
    """Rows of an app above, in no order."""

    def source(congregations: Collection[int]) -> list[PulseRow]:
        return [
            row(Need.RETROSPECTIVE, 1, "a look back is due"),
            row(Need.HELP_ASKED, 9, "help, later"),
            row(Need.GONE_QUIET, 3, "a crew is quiet"),
            row(Need.HELP_ASKED, 2, "help, longest"),
        ]

    pulse.register(source)
    yield
    pulse.sources.remove(source)


@pytest.mark.usefixtures("_handed_in")
def test_what_needs_somebody_most_comes_first_and_the_oldest_of_it() -> None:
    congregation = make_congregation()
    make_bare_crew(parent=congregation, people=2, name="Ferry")
    assert [one.heading for one in pulse_of([congregation.pk])] == [
        "help, longest",
        "help, later",
        "a crew is quiet",
        "a look back is due",
        "Ferry still looks for people",
        "One person of Estuary has no crew",
    ]
    page = text(signed_in(congregation.created_by).get("/steward/"))
    assert page.index("help, longest") < page.index("a crew is quiet") < page.index("Ferry still")


@pytest.mark.usefixtures("_handed_in")
def test_nobody_but_stewards_is_told() -> None:
    congregation, member = make_congregation(), make_person()
    take_seat(circle=congregation, person=member)
    assert pulse_of([]) == []
    assert signed_in(member).get("/steward/").status_code == 403
    assert isinstance(letter(Notice(person=member)), Dropped)


def test_the_weekly_letter_tells_a_steward_how_the_tables_are() -> None:
    congregation = make_congregation()
    crew = make_bare_crew(parent=congregation, people=2, name="Ferry")
    built = letter(Notice(person=congregation.created_by))
    assert isinstance(built, Letter)
    told = [(one.heading, url) for one, url in built.context["pulse"]]
    assert told[0][0] == "Ferry still looks for people"
    assert told[0][1].endswith(crew.get_absolute_url())
    assert "has no crew" in told[1][0]


def test_a_row_says_how_many_are_missing_and_since_when() -> None:
    congregation = make_congregation()
    crew = make_bare_crew(parent=congregation, people=1, name="Ferry")
    (one, _) = pulse_of([congregation.pk])
    day = f"{localtime(crew.created_at):%-d %B}"
    assert one.words == f"Called on {day}. 2 more people, and it can begin."


def test_another_congregations_tables_are_not_told() -> None:
    ours, theirs = make_congregation(), make_congregation(name="Delta")
    make_bare_crew(parent=theirs, people=1, name="Theirs")
    page = text(signed_in(ours.created_by).get("/steward/"))
    assert "Theirs" not in page


def test_the_panel_asks_as_much_for_many_tables_as_for_few() -> None:
    congregation = make_congregation()
    client = signed_in(congregation.created_by)
    make_bare_crew(parent=congregation, people=1)

    def questions() -> int:
        client.get("/steward/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/steward/")
        return len(asked)

    few = questions()
    for number in range(MOST + 3):
        make_bare_crew(parent=congregation, people=1, name=f"Crew {number}")
    assert questions() == few
    assert "All crews" in text(client.get("/steward/"))
