"""Who hosts the meetings of a crew: whoever hosted least, unless somebody chose."""

from typing import Any

import pytest
from time_machine import Traveller

from circles.models import Circle
from circles.services import leave, take_seat
from practice import services
from practice.models import PracticeSession
from tests.factories import make_person
from tests.practice.held import begun
from tests.practice.tables import SOON, WEEK, detail, make_table, meet, page, people_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def hosts(circle: Circle) -> list[str]:
    """First names, in the order of the meetings; "" for nobody."""
    sessions = circle.sessions.filter(cancelled_at__isnull=True).order_by("starts_at")
    return [one.host.first_name if one.host else "" for one in sessions.select_related("host")]


def test_a_newcomer_waits_their_turn_and_nobody_else_is_moved() -> None:
    crew = make_table()
    meet(crew, meetings=3)
    take_seat(circle=crew, person=make_person("Wanjiru"))
    assert hosts(crew) == ["Inês", "Tomasz", "Mere"]
    meet(crew, SOON + 3 * WEEK, meetings=5)
    assert hosts(crew)[3:] == ["Wanjiru", "Inês", "Tomasz", "Mere", "Wanjiru"]


def test_whoever_declines_is_passed_and_comes_next() -> None:
    crew = make_table()
    first, second, _ = meet(crew)
    inês, tomasz, _mere = people_of(crew)
    services.answer(session=first, by=inês, choice="no")
    assert hosts(crew) == ["Tomasz", "Inês", "Mere"]
    # To come after all takes nothing from whoever stepped in.
    services.answer(session=first, by=inês, choice="yes")
    assert hosts(crew) == ["Tomasz", "Inês", "Mere"]
    services.answer(session=second, by=tomasz, choice="no")
    assert hosts(crew) == ["Tomasz", "Inês", "Mere"]


def test_where_nobody_can_come_nobody_hosts_until_somebody_can() -> None:
    crew = make_table()
    first = meet(crew, meetings=1)[0]
    for person in people_of(crew):
        services.answer(session=first, by=person, choice="no")
    assert hosts(crew) == [""]
    services.answer(session=first, by=people_of(crew)[2], choice="maybe")
    assert hosts(crew) == ["Mere"]


def test_what_was_chosen_by_hand_stays_whatever_happens() -> None:
    crew = make_table()
    first, second, _ = meet(crew)
    inês, _tomasz, mere = people_of(crew)
    services.swap_roles(session=second, by=inês, chosen={"host": mere.pk})
    assert hosts(crew) == ["Inês", "Mere", "Tomasz"]
    services.answer(session=first, by=inês, choice="no")
    leave(circle=crew, by=inês)
    take_seat(circle=crew, person=make_person("Wanjiru"))
    assert hosts(crew)[1] == "Mere"
    # But for their own “I can’t”.
    services.answer(session=second, by=mere, choice="no")
    assert hosts(crew)[1] != "Mere"


def test_a_choice_on_the_page_of_details_stays_too() -> None:
    crew = make_table()
    _first, second, third = meet(crew)
    inês, _tomasz, mere = people_of(crew)
    signed_in(inês).post(page("details", second), detail(host=inês.pk))
    assert hosts(crew) == ["Inês", "Inês", "Mere"]
    services.answer(session=third, by=mere, choice="no")
    assert hosts(crew) == ["Inês", "Inês", "Tomasz"]


def test_what_has_begun_is_not_changed_any_more(clock: Traveller) -> None:
    crew = make_table()
    first, *_ = meet(crew)
    begun(first, clock)
    services.answer(session=first, by=people_of(crew)[0], choice="no")
    assert hosts(crew)[0] == "Inês"


def test_what_rests_or_is_called_off_is_nobodys_turn() -> None:
    crew = make_table()
    _first, second, third = meet(crew)
    inês, _tomasz, _mere = people_of(crew)
    services.cancel(session=second, by=inês)
    meet(crew, SOON + 3 * WEEK, meetings=2)
    assert hosts(crew) == ["Inês", "Mere", "Tomasz", "Inês"]
    assert PracticeSession.objects.get(pk=third.pk).sequence == third.sequence


def test_a_newcomer_in_the_middle_of_a_long_life_is_not_made_to_catch_up(
    clock: Traveller,
) -> None:
    crew = make_table()
    meet(crew, meetings=9)
    clock.move_to(SOON + 8 * WEEK + WEEK / 2)
    take_seat(circle=crew, person=make_person("Wanjiru"))
    words: dict[str, Any] = {"meetings": 8}
    meet(crew, SOON + 9 * WEEK, **words)
    later = hosts(crew)[9:]
    assert [later.count(name) for name in ("Inês", "Tomasz", "Mere", "Wanjiru")] == [2, 2, 2, 2]
    assert later[:3] == ["Inês", "Tomasz", "Mere"]
