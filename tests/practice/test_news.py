"""What people hear of changes: once, of what others did, as it stands."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from time_machine import Traveller

from circles.services import leave
from notifications.models import Notice
from practice import services
from practice.models import Change, News
from practice.tasks import extend_rhythms
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    dropped,
    mails_to,
    make_table,
    meet,
    meet_once,
    people_of,
    stand,
    tick,
)
from tests.practice.two import make_two

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def _an_empty_box(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    tick(clock, NOW)
    mailoutbox.clear()


def wait(clock: Traveller, minutes: int = 12) -> None:
    for minute in range(1, minutes):
        tick(clock, NOW + minute * MINUTE)


def of_changes(person: object, outbox: list[EmailMessage]) -> list[str]:
    mails = mails_to(person, outbox)  # type: ignore[arg-type]
    return [mail.subject.removeprefix("Slow Kettle 🫖: ") for mail in mails if ": " in mail.subject]


def test_each_hears_what_the_others_did(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    first, second, _ = meet(make_table())
    inês, tomasz, mere = people_of(first.circle)
    services.move(session=first, by=inês, starts_at=first.starts_at + HOUR, minutes=90)
    clock.move_to(NOW + MINUTE)
    services.cancel(session=second, by=tomasz)
    wait(clock)
    assert of_changes(inês, mailoutbox) == ["a meeting is called off"]
    assert of_changes(tomasz, mailoutbox) == ["a meeting has moved"]
    assert of_changes(mere, mailoutbox) == ["your meetings have changed"]


def test_a_mail_to_one_of_two_names_the_other(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    """Also where a name looks like a place to fill in."""
    dyad = make_two("{Inês}", "Mere")
    first, second, third = meet(dyad)
    inês, mere = people_of(dyad)
    services.move(session=first, by=inês, starts_at=first.starts_at + HOUR, minutes=90)
    services.cancel(session=second, by=mere)
    services.cancel(session=third, by=mere)
    wait(clock)
    subjects = [[mail.subject for mail in mails_to(one, mailoutbox)] for one in (inês, mere)]
    assert subjects == [
        ["You and Mere: 2 meetings are called off"],
        ["{Inês} has set when you two meet", "You and {Inês}: a meeting has moved"],
    ]
    off = mails_to(inês, mailoutbox)[-1]
    assert isinstance(off, EmailMultiAlternatives)
    assert "Open your dyad" in str(off.alternatives[0][0])
    assert str(dyad) not in str(off.body)


def test_of_one_meeting_changed_by_two_the_first_hears_how_it_stands(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, tomasz, mere = people_of(session.circle)
    services.move(session=session, by=inês, starts_at=SOON + HOUR, minutes=90)
    services.move(session=session, by=tomasz, starts_at=SOON + 2 * HOUR, minutes=90)
    wait(clock)
    assert of_changes(inês, mailoutbox) == ["a meeting has moved"]
    assert of_changes(tomasz, mailoutbox) == []
    assert "20:30–22:00" in str(mails_to(mere, mailoutbox)[-1].body)


def test_a_typo_that_is_put_right_in_time_is_not_told(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    tick(clock, NOW)
    mailoutbox.clear()
    services.move(session=session, by=inês, starts_at=SOON + DAY, minutes=90)
    clock.move_to(NOW + 2 * MINUTE)
    services.move(session=session, by=inês, starts_at=SOON, minutes=90)
    wait(clock)
    assert mailoutbox == []
    assert "it stands as it was told" in dropped("changed")


def test_a_change_after_the_mail_is_told_in_another(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    services.move(session=session, by=inês, starts_at=SOON + HOUR, minutes=90)
    tick(clock, NOW + 4 * MINUTE)
    services.move(session=session, by=inês, starts_at=SOON, minutes=90)
    tick(clock, NOW + 8 * MINUTE)
    assert of_changes(tomasz, mailoutbox) == ["a meeting has moved"] * 2
    assert "18:30–20:00" in str(mails_to(tomasz, mailoutbox)[-1].body)


def test_a_following_move_and_a_correction_of_one_are_one_mail(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    first, second, _ = meet(make_table())
    inês, tomasz, _ = people_of(first.circle)
    services.move_following(
        session=first,
        by=inês,
        day=SOON.date() + timedelta(days=1),
        at=SOON.time(),
        time_zone="UTC",
        minutes=90,
    )
    services.move(session=stand(second), by=inês, starts_at=second.starts_at, minutes=90)
    services.cancel(session=first, by=inês)
    wait(clock)
    (mail,) = [one for one in mails_to(tomasz, mailoutbox) if "changed" in one.subject]
    body = str(mail.body)
    assert "- Monday 11 January, 18:30 (is called off)" in body
    assert "- Tuesday 26 January, 18:30–20:00 (was Mon 25 Jan, 18:30)" in body
    assert "18 January" not in body


def test_times_are_the_readers_own(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    tomasz.time_zone = "Asia/Kathmandu"
    tomasz.save()
    services.move(session=session, by=inês, starts_at=SOON + HOUR, minutes=90)
    wait(clock)
    assert "Tuesday 12 January, 01:15–02:45" in str(mails_to(tomasz, mailoutbox)[-1].body)


def test_who_has_left_or_what_is_over_is_not_told(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    soon = NOW + 2 * MINUTE
    session = meet_once(make_table(), soon, minutes=5)
    inês, tomasz, mere = people_of(session.circle)
    services.cancel(session=session, by=inês)
    leave(circle=session.circle, by=tomasz)
    tick(clock, NOW + 10 * MINUTE)
    assert of_changes(tomasz, mailoutbox) + of_changes(mere, mailoutbox) == []
    assert set(dropped("changed")) == {"it stands as it was told"}


def test_news_of_one_circle_are_not_told_to_another(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session, other = meet_once(make_table()), meet_once(make_table())
    services.cancel(session=session, by=people_of(session.circle)[0])
    services.cancel(session=other, by=people_of(other.circle)[0])
    wait(clock)
    assert News.objects.count() == 2
    for person in people_of(other.circle)[1:]:
        assert of_changes(person, mailoutbox) == ["a meeting is called off"]


def test_old_news_are_forgotten(clock: Traveller) -> None:
    session = meet_once(make_table())
    services.move(
        session=session, by=people_of(session.circle)[0], starts_at=SOON + HOUR, minutes=90
    )
    clock.move_to(NOW + 89 * DAY)
    extend_rhythms()
    assert Change.objects.count() == 1
    clock.move_to(NOW + 91 * DAY)
    extend_rhythms()
    assert not News.objects.exists()
    assert Notice.objects.filter(kind="practice.changed").exists()
