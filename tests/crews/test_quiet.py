"""A crew gone quiet is asked once, all at once; the first answer settles it, nobody is removed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from time_machine import Traveller

from circles.errors import AlreadyAnswered, NotAllowed
from circles.services import leave, take_seat
from congregation.pulse import Need, pulse_of
from crews import services
from crews.models import Crew, Cycle, QuietQuestion
from crews.showing.quiet import waiting_when_quiet
from notifications.models import Notice
from people.models import Person
from practice import services as practice
from practice.models import Attendance, PracticeSession
from tests.crews.cycles import make_going
from tests.crews.tables import make_crew
from tests.factories import make_congregation, make_person
from tests.practice.tables import DAY, HOUR, NOW, SOON, WEEK, meet, people_of, signed_in, text, tick

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def ask(clock: Traveller, moment: datetime) -> int:
    clock.move_to(moment)
    return services.ask_the_quiet(moment)


def gone_quiet(clock: Traveller, **fields: Any) -> tuple[Crew, QuietQuestion]:
    """A crew that met three Mondays and then no more, asked two weeks later."""
    crew = make_going(make_person("Inês"), make_person("Tomasz"), make_person("Mere"), **fields)
    last = meet(crew, SOON)[-1]
    assert ask(clock, last.ends_at + 2 * WEEK) == 1
    return crew, QuietQuestion.objects.get(crew=crew)


def quiet_page(crew: Crew) -> str:
    return reverse("crews:quiet", args=[crew.pk])


# --- when -----------------------------------------------------------------------------------


def test_it_is_asked_after_twice_its_rhythm_and_once(clock: Traveller) -> None:
    crew = make_going()
    last = meet(crew, SOON)[-1]
    quiet = last.ends_at + 2 * WEEK
    assert ask(clock, quiet - timedelta(minutes=1)) == 0
    assert ask(clock, quiet) == 1
    assert ask(clock, quiet + HOUR) == ask(clock, quiet + 30 * DAY) == 0
    assert QuietQuestion.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "after"),
    [({"every": "week", "interval": 2}, 4 * WEEK), ({"every": "month"}, 8 * WEEK)],
)
def test_fortnightly_and_monthly_crews_have_longer(
    clock: Traveller, fields: dict[str, Any], after: timedelta
) -> None:
    crew = make_going()
    last = meet(crew, SOON, **fields)[-1]
    # The second Monday of March, and two months on that of May: eight weeks and a week, or so.
    assert ask(clock, last.ends_at + after - DAY) == 0
    assert ask(clock, last.ends_at + after + WEEK) == 1


def test_summer_time_makes_it_no_hour_earlier(clock: Traveller) -> None:
    crew = make_going()
    before = datetime(2027, 3, 8, 19, 30, tzinfo=UTC)
    last = meet(crew, before, time_zone="Europe/Lisbon")[-1]
    assert last.ends_at == datetime(2027, 3, 22, 21, tzinfo=UTC)
    assert ask(clock, datetime(2027, 4, 5, 19, 59, tzinfo=UTC)) == 0
    assert ask(clock, datetime(2027, 4, 5, 20, 0, tzinfo=UTC)) == 1


def test_without_a_rhythm_eight_weeks_after_it_began(clock: Traveller) -> None:
    make_going()
    assert ask(clock, NOW + 8 * WEEK - HOUR) == 0
    assert ask(clock, NOW + 8 * WEEK) == 1


def test_calls_resting_ended_and_small_crews_are_not_asked(clock: Traveller) -> None:
    make_crew(people=3)
    resting, ended, small = make_going(), make_going(), make_going()
    services.rest(crew=resting, by=people_of(resting)[0])
    services.end(crew=ended, by=people_of(ended)[0])
    leave(circle=small, by=people_of(small)[0])
    assert ask(clock, NOW + 30 * WEEK) == 0


def test_a_pause_is_no_silence(clock: Traveller) -> None:
    crew = make_going()
    meetings = meet(crew, SOON, meetings=4)
    rhythm = meetings[0].rhythm
    assert rhythm is not None
    practice.pause(
        rhythm=rhythm,
        by=people_of(crew)[0],
        first_day=date(2027, 1, 18),
        last_day=date(2027, 3, 31),
    )
    for session in crew.sessions.happening().filter(starts_at__gt=SOON):
        practice.cancel(session=session, by=people_of(crew)[0])
    assert ask(clock, datetime(2027, 3, 31, 12, tzinfo=UTC)) == 0
    assert ask(clock, datetime(2027, 4, 14, 12, tzinfo=UTC)) == 0
    assert ask(clock, datetime(2027, 4, 15, 12, tzinfo=UTC)) == 1


def test_a_meeting_to_which_nobody_came_was_none(clock: Traveller) -> None:
    crew = make_going()
    first, second, third = meet(crew, SOON)
    clock.move_to(third.ends_at)
    for session in (second, third):
        for person in people_of(crew):
            Attendance.objects.create(session=session, person=person, was_there=False)
    assert ask(clock, third.ends_at) == 1
    assert first.ends_at + 2 * WEEK == third.ends_at


def test_where_the_end_of_a_cycle_is_asked_about_nothing_else_is(clock: Traveller) -> None:
    crew = make_going()
    Cycle.objects.create(crew=crew, asked_at=NOW, answers_due=NOW + WEEK)
    assert ask(clock, NOW + 20 * WEEK) == 0


def test_the_database_keeps_it_at_one_question_at_a_time(clock: Traveller) -> None:
    crew, question = gone_quiet(clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuietQuestion.objects.create(crew=crew)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuietQuestion.objects.filter(pk=question.pk).update(answer="meets")


def test_as_many_questions_for_many_crews_as_for_few(clock: Traveller) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            ask(clock, NOW + 7 * WEEK)
        return len(asked)

    make_going()
    few = count()
    for _ in range(5):
        make_going()
    assert count() == few


# --- the question and its answer ------------------------------------------------------------


def test_all_are_asked_at_once_kindly(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    crew, _ = gone_quiet(clock)
    tick(clock, timezone.now() + HOUR)
    told = [mail for mail in mailoutbox if mail.subject == "How is Slow Kettle 🫖?"]
    assert len(told) == 3
    for person in people_of(crew):
        assert [mail for mail in told if person.email in mail.to[0]]
    assert "nobody loses a seat" in " ".join(str(told[0].body).split())


def headings(person: Person) -> list[str]:
    return [one.heading for one in waiting_when_quiet(person)]


def test_today_and_the_crews_page_ask_those_inside(clock: Traveller) -> None:
    crew, _ = gone_quiet(clock)
    for person in people_of(crew):
        assert headings(person) == ["Slow Kettle 🫖 has been quiet for a while"]
    assert headings(make_person()) == []
    words = text(signed_in(people_of(crew)[1]).get(crew.get_absolute_url()))
    assert "How is your crew?" in words
    assert quiet_page(crew) in words


def test_one_tap_and_it_still_meets_for_all(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew, question = gone_quiet(clock)
    inês, tomasz, mere = people_of(crew)
    answer = signed_in(tomasz).post(quiet_page(crew), {"meets": "1"}, follow=True)
    assert "Good to hear" in text(answer)
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("meets", tomasz)
    assert headings(inês) == []
    with pytest.raises(AlreadyAnswered):
        services.rests(crew=crew, by=mere)
    tick(clock, timezone.now() + HOUR)
    still = [mail for mail in mailoutbox if "still meets" in mail.subject]
    assert len(still) == 2
    assert "Tomasz has said so" in str(still[0].body)
    assert not [mail for mail in mailoutbox if mail.subject.startswith("How is")]


def test_whoever_still_meets_is_not_asked_for_twice_the_rhythm(clock: Traveller) -> None:
    crew, question = gone_quiet(clock)
    clock.move_to(timezone.now() + 3 * DAY)
    services.still_meets(crew=crew, by=people_of(crew)[0])
    answered = timezone.now()
    assert ask(clock, answered + 2 * WEEK - HOUR) == 0
    assert ask(clock, answered + 2 * WEEK) == 1
    assert QuietQuestion.objects.exclude(pk=question.pk).filter(crew=crew).exists()


@pytest.mark.parametrize(("until", "day"), [("", None), ("2027-05-01", date(2027, 5, 1))])
def test_or_it_rests_until_a_day_or_until_somebody_wakes_it(
    clock: Traveller, until: str, day: date | None
) -> None:
    crew, question = gone_quiet(clock)
    mere = people_of(crew)[2]
    signed_in(mere).post(quiet_page(crew), {"rests": "1", "until": until})
    crew.refresh_from_db()
    question.refresh_from_db()
    assert crew.is_resting
    assert (crew.resting_until, question.answer) == (day, "rests")
    assert ask(clock, timezone.now() + 20 * WEEK) == 0
    services.wake(crew=crew, by=mere)
    assert ask(clock, timezone.now() + WEEK) == 0
    assert ask(clock, timezone.now() + 2 * WEEK) == 1


def test_a_day_that_has_passed_is_said_beside_the_field(clock: Traveller) -> None:
    crew, _ = gone_quiet(clock)
    client = signed_in(people_of(crew)[0])
    answer = client.post(quiet_page(crew), {"rests": "1", "until": "2020-01-01"})
    assert answer.status_code == 422
    assert "still to come" in text(answer)


def test_an_end_is_pressed_twice_and_puts_the_question_away(clock: Traveller) -> None:
    crew, question = gone_quiet(clock)
    client = signed_in(people_of(crew)[0])
    end = reverse("crews:end", args=[crew.pk])
    assert end in text(client.get(quiet_page(crew)))
    crew.refresh_from_db()
    assert crew.is_open
    client.post(end)
    assert headings(people_of(crew)[1]) == []
    ask(clock, timezone.now() + HOUR)
    question.refresh_from_db()
    assert question.answer == "ended"


def test_a_meeting_that_is_planned_answers_it(clock: Traveller) -> None:
    crew, question = gone_quiet(clock)
    (session,) = meet(crew, timezone.now() + WEEK, every="once")
    assert headings(people_of(crew)[0]) == []
    assert signed_in(people_of(crew)[0]).get(quiet_page(crew)).status_code == 303
    ask(clock, timezone.now() + HOUR)
    question.refresh_from_db()
    assert question.answer == "planned"
    practice.cancel(session=PracticeSession.objects.get(pk=session.pk), by=people_of(crew)[0])
    assert ask(clock, timezone.now() + DAY) == 0


def test_only_those_inside_answer(clock: Traveller) -> None:
    estuary = make_congregation()
    crew, question = gone_quiet(clock, parent=estuary)
    outsider, neighbour = make_person(), make_person()
    take_seat(circle=estuary, person=neighbour)
    assert signed_in(outsider).get(quiet_page(crew)).status_code == 404
    assert signed_in(neighbour).get(quiet_page(crew)).status_code == 403
    for person in (outsider, neighbour):
        with pytest.raises(NotAllowed):
            services.still_meets(crew=crew, by=person)
    question.refresh_from_db()
    assert question.answered_at is None


def test_the_pulse_tells_that_it_is_quiet_until_it_is_answered(clock: Traveller) -> None:
    estuary = make_congregation()
    crew, _ = gone_quiet(clock, parent=estuary)
    rows = [row for row in pulse_of([estuary.pk]) if row.need == Need.GONE_QUIET]
    assert [row.heading for row in rows] == ["Slow Kettle 🫖 has gone quiet"]
    services.still_meets(crew=crew, by=people_of(crew)[0])
    assert all(row.need != Need.GONE_QUIET for row in pulse_of([estuary.pk]))


def test_what_one_answered_is_ones_own_data(clock: Traveller) -> None:
    crew, _ = gone_quiet(clock)
    one, other, _ = people_of(crew)
    services.still_meets(crew=crew, by=one)
    assert '"answer": "meets"' in text(signed_in(one).get("/you/my-data/"))
    assert '"answer": "meets"' not in text(signed_in(other).get("/you/my-data/"))
    assert not Notice.objects.filter(kind="crews.quiet_settled", person=one).exists()
