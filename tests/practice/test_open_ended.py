"""Rhythms without an end: some meetings ahead are always there."""

from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone
from time_machine import Traveller

from circles.services import close, leave
from practice import errors, services
from practice.models import Answer, PracticeSession, Rhythm
from practice.tasks import extend_rhythms
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    WEEK,
    mails_to,
    make_table,
    meet,
    meet_once,
    people_of,
    schedule,
    signed_in,
    text,
    tick,
    typed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def to_come(session: PracticeSession) -> list[datetime]:
    sessions = PracticeSession.objects.filter(rhythm=session.rhythm).to_come(timezone.now())
    return list(sessions.values_list("starts_at", flat=True))


def test_the_next_twelve_are_there_and_each_night_as_many_again(clock: Traveller) -> None:
    first = meet(make_table(), meetings=None, interval=2)[0]
    assert to_come(first) == [SOON + 2 * WEEK * number for number in range(12)]
    clock.move_to(SOON + 5 * WEEK)
    assert services.extend_rhythms(timezone.now()) == 3
    assert services.extend_rhythms(timezone.now()) == 0
    assert to_come(first) == [SOON + 2 * WEEK * number for number in range(3, 15)]


def test_it_keeps_its_clock_when_it_is_carried_on_in_summer(clock: Traveller) -> None:
    winter = datetime(2027, 2, 2, 17, 30, tzinfo=UTC)
    first = meet(make_table(), winter, time_zone="Europe/Berlin", meetings=None)[0]
    clock.move_to(datetime(2027, 10, 1, tzinfo=UTC))
    extend_rhythms()
    shown = {f"{moment.astimezone(first.rhythm.zone):%a %H:%M}" for moment in to_come(first)}  # type: ignore[union-attr]
    assert shown == {"Tue 18:30"}


def test_after_a_long_stand_still_it_goes_on_without_making_up_a_past(clock: Traveller) -> None:
    first = meet(make_table(), meetings=None)[0]
    clock.move_to(SOON + 40 * WEEK + HOUR)
    before = PracticeSession.objects.count()
    assert services.extend_rhythms(timezone.now()) == 12
    assert PracticeSession.objects.count() == before + 12
    assert to_come(first)[-1] == SOON + 52 * WEEK


def test_what_was_said_for_all_that_follow_holds_for_those_that_come_to_be(
    clock: Traveller,
) -> None:
    sessions = meet(make_table(), meetings=None)
    inês, tomasz, mere = people_of(sessions[0].circle)
    services.answer(session=sessions[2], by=tomasz, choice="no", following=True)
    services.answer(session=sessions[-1], by=tomasz, choice="yes")
    services.answer(session=sessions[-1], by=mere, choice="maybe")
    clock.move_to(SOON + 2 * HOUR)
    services.extend_rhythms(timezone.now())
    said = Answer.objects.filter(session__rhythm=sessions[0].rhythm, session__number=13)
    found = {(one.person, one.choice) for one in said.select_related("person")}
    assert found == {(inês, "yes"), (tomasz, "no")}


def test_hosting_goes_on_round_the_table(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=None)
    inês, tomasz, mere = people_of(sessions[0].circle)
    assert sessions[-1].host == mere
    leave(circle=sessions[0].circle, by=mere)
    to_come = PracticeSession.objects.filter(rhythm=sessions[0].rhythm).order_by("number")
    assert [session.host for session in to_come[10:]] == [tomasz, inês]
    clock.move_to(SOON + 2 * WEEK)
    services.extend_rhythms(timezone.now())
    made = PracticeSession.objects.filter(rhythm=sessions[0].rhythm, number__gt=12)
    assert [session.host for session in made.order_by("number")] == [tomasz, inês, tomasz]


def test_a_moment_that_is_taken_is_left_out_at_night_and_refused_by_day(clock: Traveller) -> None:
    crew = make_table()
    first = meet(crew, meetings=None)[0]
    meet_once(crew, SOON + 12 * WEEK)
    clock.move_to(SOON + 2 * HOUR)
    services.extend_rhythms(timezone.now())
    assert to_come(first)[-1] == SOON + 11 * WEEK
    clock.move_to(SOON + WEEK + 2 * HOUR)
    services.extend_rhythms(timezone.now())
    assert to_come(first)[-1] == SOON + 13 * WEEK
    with pytest.raises(errors.AlreadyMeeting, match="Monday 15 February at 18:30"):
        meet(crew, SOON + 5 * WEEK, meetings=None, interval=7)


def test_a_table_that_has_ended_gets_no_more_meetings(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=None)
    close(circle=sessions[0].circle, by=people_of(sessions[0].circle)[0])
    clock.move_to(SOON + 3 * WEEK)
    assert services.extend_rhythms(timezone.now()) == 0


def test_one_rhythm_that_cannot_be_carried_on_does_not_hold_up_the_others(
    clock: Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = (meet(make_table(), meetings=None)[0] for _ in range(2))
    Rhythm.objects.filter(pk=broken.rhythm_id or 0).update(starts_on="9999-12-31")
    PracticeSession.objects.filter(rhythm=broken.rhythm_id).update(number=1, rhythm=None)
    clock.move_to(SOON + 2 * HOUR)
    assert services.extend_rhythms(timezone.now()) == 1
    assert len(to_come(whole)) == 12
    assert f"Rhythm {broken.rhythm_id} could not be carried on" in caplog.text


def test_the_mail_and_the_page_say_that_it_goes_on(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    inês, tomasz, _ = people_of(crew)
    client = signed_in(inês)
    response = client.post(schedule(crew), typed(open_ended="on", meetings=""), follow=True)
    assert "Your rhythm stands, until somebody calls it off." in text(response)
    assert "Every Tuesday at 18:30, Berlin time" in text(response)
    assert "and so on" in text(response)
    tick(clock, NOW + MINUTE)
    (mail,) = mails_to(tomasz, mailoutbox)
    assert "and so on, without an end" in str(mail.body)


def test_beside_a_rhythm_that_goes_on_the_page_does_not_say_that_it_ends() -> None:
    crew = make_table()
    client = signed_in(people_of(crew)[0])
    meet(crew)
    assert "Then it ends" in text(client.get(crew.get_absolute_url()))
    meet(crew, SOON + DAY, meetings=None)
    assert "Then it ends" not in text(client.get(crew.get_absolute_url()))


def test_after_a_year_its_page_still_shows_the_meetings_about_now(clock: Traveller) -> None:
    first = meet(make_table(), meetings=None)[0]
    inês = people_of(first.circle)[0]
    for week in range(0, 60, 10):
        clock.move_to(SOON + week * WEEK + HOUR)
        services.extend_rhythms(timezone.now())
    page = text(signed_in(inês).get(first.circle.get_absolute_url()))
    beads = page[page.index('<ol class="beads">') : page.index("</ol>")]
    assert beads.count("<li") == 9


@pytest.mark.parametrize(
    "wrong", [{"interval": 13}, {"interval": 0}, {"every": "month", "interval": 2}], ids=str
)
def test_the_database_itself_keeps_rhythms_sensible(wrong: dict[str, object]) -> None:
    rhythm = meet(make_table())[0].rhythm
    assert rhythm is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Rhythm.objects.filter(pk=rhythm.pk or 0).update(**wrong)
