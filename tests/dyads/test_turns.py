"""Your turns, on the page of the two: who begins, and giving and receiving."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from time_machine import Traveller

from circles.services import take_seat
from dyads.models import Dyad
from dyads.services import begin
from people.models import Person
from practice.models import PracticeSession
from tests.factories import make_congregation, make_person
from tests.practice.held import begun, press
from tests.practice.tables import MINUTE, NOW, meet, page, questions, signed_in, text
from tests.practice.two import looping

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def two(clock: Traveller) -> tuple[Dyad, Person, Person]:
    nina, oisín = make_person("Nina"), make_person("Oisín")
    estuary = make_congregation(by=nina)
    take_seat(circle=estuary, person=oisín)
    dyad = begin(by=nina, person=oisín, parent=estuary)
    take_seat(circle=dyad, person=oisín)
    return dyad, nina, oisín


def hold(session: PracticeSession, clock: Traveller, minutes: dict[str, float]) -> None:
    """Each speaks for so long at the check-in, and that is all."""
    session.circle.refresh_from_db()
    found = begun(session, clock)
    for pk in found.there:
        person = Person.objects.get(pk=pk)
        for _ in range(20):
            press(session, "extend")
        clock.shift(minutes[person.first_name] * MINUTE)
        press(session, "next")
    press(session, "end")
    clock.move_to(session.ends_at)


def turns(dyad: Dyad, reader: Person) -> str:
    words = text(signed_in(reader).get(dyad.get_absolute_url()))
    return words.split("Your turns</h2>")[1].split("</section>")[0]


def test_before_they_have_met_it_says_how_turns_go(two: tuple[Dyad, Person, Person]) -> None:
    dyad, nina, _ = two
    words = turns(dyad, nina)
    assert "Who speaks first alternates" in words
    assert "<svg" not in words


def test_each_sees_their_own_side_and_no_numbers(
    two: tuple[Dyad, Person, Person], clock: Traveller
) -> None:
    dyad, nina, oisín = two
    first, second, third, _ = meet(dyad, meetings=4)
    hold(first, clock, {"Nina": 5, "Oisín": 5})
    hold(second, clock, {"Nina": 9, "Oisín": 4})
    hold(third, clock, {"Nina": 5, "Oisín": 6})
    hers, his = turns(dyad, nina), turns(dyad, oisín)
    most = "At most of your meetings you were listened to about as long as each other."
    assert most in hers
    assert most in his
    assert "18 January: you were listened to longer." in hers
    assert "18 January: Nina was listened to longer." in his
    assert "11 January: about as long as each other." in his
    assert hers.count("facing-left") == his.count("facing-right") == 3
    assert "min" not in hers.partition("<svg")[2].partition("</svg>")[0]


def test_a_habit_is_asked_about_kindly(two: tuple[Dyad, Person, Person], clock: Traveller) -> None:
    dyad, nina, oisín = two
    for session in meet(dyad, meetings=3):
        hold(session, clock, {"Nina": 2, "Oisín": 8})
    assert "Lately Oisín was listened to longer. Is that as you both like it?" in turns(dyad, nina)
    assert "Lately you were listened to longer." in turns(dyad, oisín)


def test_turns_by_roles_are_counted_for_whoever_has_the_role(
    two: tuple[Dyad, Person, Person], clock: Traveller
) -> None:
    dyad, nina, _oisín = two
    (session, *_) = meet(dyad, meetings=2, practice=looping())
    begun(session, clock, with_frame=False)
    clock.shift(timedelta(minutes=2))
    press(session, "end")
    clock.move_to(session.ends_at)
    assert "11 January: you were listened to longer." in turns(dyad, nina)


def test_what_was_called_off_alone_or_still_goes_on_is_not_drawn(
    two: tuple[Dyad, Person, Person], clock: Traveller
) -> None:
    dyad, nina, _ = two
    first, second, _ = meet(dyad)
    begun(first, clock, here=[nina.pk])
    clock.shift(5 * MINUTE)
    press(first, "end")
    begun(second, clock)
    clock.shift(MINUTE)
    assert "<svg" not in turns(dyad, nina)


def test_in_stewarding_it_is_said_who_the_time_is_for_and_nothing_is_drawn(
    two: tuple[Dyad, Person, Person], clock: Traveller
) -> None:
    dyad, nina, oisín = two
    Dyad.objects.update(kind=Dyad.Kind.STEWARDING, steward_seat=1)
    first, second = meet(dyad, meetings=2)
    hold(first, clock, {"Nina": 2, "Oisín": 4})
    assert "You are here for Oisín: Oisín speaks first, and the time is theirs." in turns(
        dyad, nina
    )
    assert "Nina is here for you: you speak first, and the time is yours." in turns(dyad, oisín)
    assert "<svg" not in turns(dyad, nina)
    words = text(signed_in(nina).get(page("session", second)))
    assert "Oisín speaks first: you are here for Oisín this time." in words
    begun(second, clock)
    assert "for each of you" not in text(signed_in(nina).get(page("hold", second)))


def test_twelve_meetings_ask_as_much_as_two(
    two: tuple[Dyad, Person, Person], clock: Traveller
) -> None:
    dyad, nina, _ = two
    sessions = meet(dyad, meetings=14)
    for session in sessions[:2]:
        hold(session, clock, {"Nina": 2, "Oisín": 2})
    few = questions(signed_in(nina), dyad.get_absolute_url())
    for session in sessions[2:13]:
        hold(session, clock, {"Nina": 2, "Oisín": 2})
    assert questions(signed_in(nina), dyad.get_absolute_url()) == few
    assert turns(dyad, nina).count("facing-left") == 12
