"""A rhythm rests for a while: what falls into it, what follows at the end, and taking it back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from circles.errors import NotAllowed
from circles.models import Circle
from practice import errors, services
from practice.models import Answer, Pause, PracticeSession, Rhythm
from tests.factories import make_congregation, make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    SOON,
    WEEK,
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    questions,
    signed_in,
    stand,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# The second and the third of a weekly rhythm from SOON on fall into these.
HOLIDAYS = {"first_day": date(2027, 1, 18), "last_day": date(2027, 1, 25)}


def rhythm_of(circle: Circle) -> Rhythm:
    return Rhythm.objects.filter(circle=circle).earliest("pk")


def rest(circle: Circle, **wish: Any) -> Pause:
    wish = {"by": people_of(circle)[0], **HOLIDAYS, **wish}
    return services.pause(rhythm=rhythm_of(circle), **wish)


def address(circle: Circle) -> str:
    return reverse("practice:pause", args=[rhythm_of(circle).pk])


def end(client: Client, pause: Pause) -> Any:
    url = reverse("practice:end_pause", args=[pause.rhythm.pk, pause.pk])
    return client.post(url, follow=True)


def coming(circle: Circle) -> list[datetime]:
    sessions = PracticeSession.objects.filter(circle=circle).to_come(datetime.now(UTC))
    return list(sessions.values_list("starts_at", flat=True))


def weeks(*numbers: int) -> list[datetime]:
    return [SOON + number * WEEK for number in numbers]


# --- resting ----------------------------------------------------------------------------------


def test_what_falls_into_it_rests_and_as_many_follow_at_the_end() -> None:
    crew = make_table()
    meet(crew, meetings=4)
    client = signed_in(people_of(crew)[1])
    assert "Every Monday at 18:30, UTC time" in text(client.get(address(crew)))
    response = client.post(address(crew), HOLIDAYS, follow=True)
    assert "You rest from 18 January to 25 January; as many meetings follow" in text(response)
    assert coming(crew) == weeks(0, 3, 4, 5)
    assert "Meeting 1 of 4" in text(response)


def test_the_page_of_one_that_rests_says_so() -> None:
    crew = make_table()
    second = meet(crew)[1]
    rest(crew)
    words = text(signed_in(people_of(crew)[0]).get(page("session", second)))
    assert "You rest on this day." in words
    assert "Meet after all" not in words


def test_a_single_day_is_called_one() -> None:
    crew = make_table()
    meet(crew)
    day = {"first_day": "2027-01-18", "last_day": "2027-01-18"}
    response = signed_in(people_of(crew)[0]).post(address(crew), day, follow=True)
    assert "You rest on 18 January; as many meetings follow at the end." in text(response)


def test_a_rhythm_without_an_end_just_rests(clock: Traveller) -> None:
    crew = make_table()
    meet(crew, meetings=None)
    rest(crew)
    assert coming(crew) == weeks(0, *range(3, 14))
    # Days further ahead than its meetings are made for.
    rest(crew, first_day=date(2027, 5, 1), last_day=date(2027, 5, 31))
    clock.move_to(SOON + 8 * WEEK)
    services.extend_rhythms(SOON + 8 * WEEK)
    assert coming(crew) == weeks(8, 9, 10, 11, 12, 13, 14, 15, *range(21, 26))


def test_what_was_moved_by_hand_what_was_called_off_and_what_was_stay(clock: Traveller) -> None:
    crew = make_table()
    first, second, third, fourth = meet(crew, meetings=4)
    inês = people_of(crew)[0]
    services.move(session=second, by=inês, starts_at=second.starts_at + DAY, minutes=90)
    services.cancel(session=third, by=inês)
    clock.move_to(first.starts_at + MINUTE)
    before = [stand(one).sequence for one in (first, second, third)]
    rest(crew, first_day=date(2027, 1, 1), last_day=date(2027, 2, 1))
    assert [stand(one).sequence for one in (first, second, third)] == before
    assert not stand(second).is_cancelled
    assert not stand(third).skipped
    assert stand(fourth).is_paused
    assert coming(crew) == [SOON, SOON + WEEK + DAY, SOON + 4 * WEEK]


def test_it_counts_days_by_the_clock_of_the_rhythm() -> None:
    crew = make_table()
    # In Kathmandu it is Tuesday, 00:15.
    meet(crew, time_zone="Asia/Kathmandu", meetings=2)
    rest(crew, first_day=date(2027, 1, 12), last_day=date(2027, 1, 12))
    assert coming(crew) == weeks(1, 2)


def test_a_change_of_all_that_follow_heeds_the_pause() -> None:
    crew = make_table()
    first, *_ = meet(crew, meetings=3)
    rest(crew)
    services.move_following(
        session=first,
        by=people_of(crew)[0],
        day=date(2027, 1, 14),
        at=SOON.time(),
        time_zone="UTC",
        minutes=90,
    )
    on = 3 * DAY
    # The third falls on the 28th now, which is after the holidays.
    assert coming(crew) == [SOON + on, SOON + 2 * WEEK + on, SOON + 3 * WEEK + on]


def test_answers_wait_and_the_added_ones_have_what_was_said_for_all() -> None:
    crew = make_table()
    sessions = meet(crew)
    inês, tomasz, mere = people_of(crew)
    services.answer(session=sessions[0], by=tomasz, choice="no", following=True)
    services.answer(session=sessions[1], by=mere, choice="yes", word="Gladly")
    pause = rest(crew)
    added = PracticeSession.objects.filter(circle=crew, number__gt=3)
    said = Answer.objects.filter(session__in=added).values_list("person", "choice")
    assert sorted(said) == sorted([(inês.pk, "yes"), (tomasz.pk, "no")] * 2)
    services.end_pause(pause=pause, by=inês)
    assert Answer.objects.get(session=sessions[1], person=mere).word == "Gladly"


# --- taking it back ---------------------------------------------------------------------------


def test_taken_back_it_is_as_it_was() -> None:
    crew = make_table()
    sessions = meet(crew, meetings=4)
    pause = rest(crew)
    client = signed_in(people_of(crew)[2])
    words = text(client.get(crew.get_absolute_url()))
    assert "You rest from 18 January to 25 January." in words
    response = end(client, pause)
    assert "You meet as before." in text(response)
    assert "You rest from" not in text(response)
    assert coming(crew) == [one.starts_at for one in sessions]
    # A further pause uses the same rows again.
    rest(crew)
    assert coming(crew) == weeks(0, 3, 4, 5)
    assert PracticeSession.objects.filter(circle=crew).count() == 6


def test_of_two_pauses_the_other_one_holds() -> None:
    crew = make_table()
    meet(crew, meetings=4)
    pause = rest(crew)
    rest(crew, first_day=date(2027, 1, 25), last_day=date(2027, 2, 1))
    assert coming(crew) == weeks(0, 4, 5, 6)
    services.end_pause(pause=pause, by=people_of(crew)[0])
    assert coming(crew) == weeks(0, 1, 4, 5)


def test_what_has_passed_has_passed(clock: Traveller) -> None:
    crew = make_table()
    sessions = meet(crew, meetings=4)
    pause = rest(crew)
    clock.move_to(sessions[1].starts_at + HOUR)
    services.end_pause(pause=pause, by=people_of(crew)[0])
    assert stand(sessions[1]).is_paused
    assert coming(crew) == weeks(2, 3, 4)


def test_of_two_who_take_it_back_the_second_changes_nothing() -> None:
    crew = make_table()
    meet(crew)
    pause = rest(crew)
    client = signed_in(people_of(crew)[0])
    end(client, pause)
    before = coming(crew)
    assert end(client, pause).status_code == 404
    assert services.end_pause(pause=pause, by=people_of(crew)[0]) == 0
    assert coming(crew) == before


def test_what_is_called_off_meanwhile_does_not_come_back_with_it() -> None:
    crew = make_table()
    first, second, *_ = meet(crew)
    inês = people_of(crew)[0]
    pause = rest(crew)
    services.cancel(session=first, by=inês, following=True)
    services.end_pause(pause=pause, by=inês)
    assert coming(crew) == []
    services.take_back(session=second, by=inês, together=True)
    assert coming(crew) == weeks(0, 1, 2)


def test_a_run_that_comes_back_into_a_pause_rests() -> None:
    crew = make_table()
    first, *_ = meet(crew)
    inês = people_of(crew)[0]
    rest(crew)
    services.cancel(session=first, by=inês, following=True)
    services.take_back(session=first, by=inês, together=True)
    assert coming(crew) == weeks(0, 3, 4)


def test_a_rhythm_that_was_called_off_is_not_paused() -> None:
    crew = make_table()
    first, *_ = meet(crew)
    services.cancel(session=first, by=people_of(crew)[0], following=True)
    with pytest.raises(errors.NoRhythm):
        rest(crew)


# --- what stands in the way -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last_day": "2027-01-17"}, "This is before the first day."),
        ({"first_day": "2026-12-01", "last_day": "2027-01-03"}, "These days have passed."),
        ({"last_day": "2028-06-01"}, "That is longer than a year."),
        ({"first_day": "2027-01-19", "last_day": "2027-01-24"}, "would not meet on these days"),
        ({"first_day": "9999-12-30", "last_day": "9999-12-31"}, "more than two years away"),
        ({"first_day": "0001-01-01", "last_day": "9999-12-31"}, "That is longer than a year."),
        ({"first_day": "soon"}, "Choose a day."),
        ({"last_day": ""}, "fill this in"),
    ],
    ids=str,
)
@pytest.mark.parametrize("meetings", [4, None])
def test_days_that_do_not_do_are_explained(
    wrong: dict[str, str], said: str, meetings: int | None
) -> None:
    crew = make_table()
    meet(crew, meetings=meetings)
    before = list(PracticeSession.objects.order_by("pk").values())
    wish = {"first_day": "2027-01-18", "last_day": "2027-01-25", **wrong}
    response = signed_in(people_of(crew)[0]).post(address(crew), wish)
    assert response.status_code == 422
    assert said in text(response)
    assert not Pause.objects.exists()
    assert list(PracticeSession.objects.order_by("pk").values()) == before


def test_an_added_meeting_that_meets_another_is_named_and_nothing_rests() -> None:
    crew = make_table()
    meet(crew, meetings=3)
    meet_once(crew, SOON + 4 * WEEK)
    response = signed_in(people_of(crew)[0]).post(address(crew), HOLIDAYS)
    assert response.status_code == 422
    assert "You already meet at that very time, Monday 8 February at 18:30" in text(response)
    assert not Pause.objects.exists()
    assert PracticeSession.objects.filter(circle=crew, cancelled_at=None).count() == 4


def test_a_pause_cannot_come_back_over_what_took_its_time() -> None:
    crew = make_table()
    meet(crew)
    pause = rest(crew)
    meet_once(crew, SOON + WEEK)
    response = end(signed_in(people_of(crew)[0]), pause)
    assert "You already meet at that very time, Monday 18 January at 18:30" in text(response)
    assert Pause.objects.filter(pk=pause.pk).exists()


def test_only_those_who_plan_pause() -> None:
    crew = make_table()
    meet(crew)
    outsider = make_person(is_staff=True, is_superuser=True)
    with pytest.raises(NotAllowed):
        rest(crew, by=outsider)
    pause = rest(crew)
    with pytest.raises(NotAllowed):
        services.end_pause(pause=pause, by=outsider)
    assert signed_in(outsider).get(address(crew)).status_code == 404
    assert end(signed_in(outsider), pause).status_code == 404
    congregation = make_congregation(people=1)
    steward, member = people_of(congregation)
    meet(congregation, by=steward)
    assert signed_in(member).get(address(congregation)).status_code == 403
    assert signed_in(steward).get(address(congregation)).status_code == 200


def test_a_pause_of_another_rhythm_is_not_taken_back_here() -> None:
    crew, other = make_table(), make_table()
    meet(crew)
    meet(other)
    pause = rest(other)
    url = reverse("practice:end_pause", args=[rhythm_of(crew).pk, pause.pk])
    assert signed_in(people_of(crew)[0]).post(url).status_code == 404
    assert Pause.objects.exists()


def test_the_database_itself_keeps_the_days_in_order() -> None:
    crew = make_table()
    meet(crew)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(
            rhythm=rhythm_of(crew), first_day=date(2027, 2, 2), last_day=date(2027, 2, 1)
        )


def test_a_circle_page_costs_the_same_with_many_rhythms_and_pauses() -> None:
    crew = make_table()
    meet(crew, meetings=2)
    inês = people_of(crew)[0]
    client = signed_in(inês)
    rest(crew, first_day=date(2027, 1, 18), last_day=date(2027, 1, 18))
    few = questions(client, crew.get_absolute_url())
    for hour in range(1, 5):
        meet(crew, SOON + hour * HOUR, meetings=4)
    for rhythm in Rhythm.objects.all():
        for days in (14, 21):
            day = date(2027, 1, 11) + timedelta(days=days)
            services.pause(rhythm=rhythm, by=inês, first_day=day, last_day=day)
    assert questions(client, crew.get_absolute_url()) == few


def test_the_same_pause_twice_is_one(clock: Traveller) -> None:
    circle = make_table()
    meet(circle, meetings=None)
    far = {"first_day": date(2027, 9, 1), "last_day": date(2027, 9, 30)}
    rest(circle, **far)
    with pytest.raises(errors.NothingRests):
        rest(circle, **far)
    assert Pause.objects.count() == 1
