"""The mails about help: to those concerned only, each step once, and nothing private in them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from circles.services import close, leave, take_seat
from congregation.mail import helping_clock as clock
from congregation.rules.mornings import STILL_HELPS, has_come
from congregation.services import help as services
from notifications import kinds
from notifications.models import Notice
from notifications.services import queue_due_notices
from people.models import Person
from tests.congregation.helped import (
    NOON,
    WORDS,
    Estuary,
    closed,
    make_estuary,
    mediated,
    mediation,
    now,
    say_no,
    say_yes,
    session_of,
    steps,
    visit,
    written,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def home() -> Estuary:
    return make_estuary()


def kinds_of(person: Person) -> list[str]:
    rows = Notice.objects.filter(person=person, kind__startswith="congregation.help")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def test_those_who_are_glad_to_are_asked_without_a_word_of_it(home: Estuary) -> None:
    services.be_glad(congregation=home.circle, by=home.rory, to_visit=True, to_mediate=False)
    services.be_glad(congregation=home.circle, by=home.mere, to_visit=True, to_mediate=True)
    mediation(home)
    for person in (home.ngozi, home.ama):
        mail = written(person, kind="congregation.help_wanted")
        assert mail.startswith("Somebody asks for a mediator\n")
        for secret in (WORDS, "Slow Kettle", "Inês", "Tomasz"):
            assert secret not in mail
    for person in (home.rory, home.mere, home.steward):
        assert kinds_of(person) == []


def test_it_is_not_asked_any_more_when_somebody_has_offered(home: Estuary) -> None:
    request = visit(home, timezone.now() + 4 * DAY)
    assert written(home.ama, kind="congregation.help_wanted").startswith("Somebody asks for a vis")
    services.offer(request=request, by=home.ngozi)
    assert written(home.ama, kind="congregation.help_wanted") == ""


def test_a_side_hears_that_it_is_named_and_a_crewmate_nothing(home: Estuary) -> None:
    request = mediation(home)
    mail = written(home.tomasz, "named")
    assert mail.startswith("A question waits for you\n")
    assert "Nothing happens unless each of you says yes" in mail
    assert WORDS not in mail
    assert kinds_of(home.mere) == kinds_of(home.steward) == []
    services.take_back(request=request, by=home.inês)
    assert written(home.tomasz, "named") == ""


def test_who_offers_is_told_to_those_who_answer_while_it_is_so(home: Estuary) -> None:
    request = mediation(home)
    services.offer(request=request, by=home.ngozi)
    for side in (home.inês, home.tomasz):
        assert "Ngozi Eze would sit between you" in written(side, "offered")
    say_no(request, home.tomasz, home.ngozi)
    assert written(home.inês, "offered") == ""
    services.offer(request=request, by=home.ama)
    assert steps(home.inês) == ["offered", "not_yet", "offered"]
    assert "Ama Owusu" in written(home.inês, "offered")


def test_the_thank_you_is_kind_and_tells_nothing(home: Estuary) -> None:
    request = mediation(home)
    services.offer(request=request, by=home.ngozi)
    say_no(request, home.tomasz, home.ngozi)
    mail = written(home.ngozi, "thanks")
    assert mail.startswith("Not this time, and thank you\n")
    for secret in ("Tomasz", "Inês", "Slow Kettle", WORDS):
        assert secret not in mail
    # Both sides read the same, and nobody else anything.
    assert written(home.inês, "not_yet").replace("Inês", "") == written(
        home.tomasz, "not_yet"
    ).replace("Tomasz", "")
    take_seat(circle=home.crew, person=home.ngozi)
    assert written(home.ngozi, "thanks") == ""


def test_with_the_last_yes_all_hear(home: Estuary) -> None:
    request = mediated(home)
    assert "Ngozi Eze will tell you" in written(home.inês, "came")
    assert "Everybody has said yes to you" in written(home.ngozi, "welcome")
    services.step_back(request=request, by=home.ngozi)
    assert written(home.inês, "came") == written(home.ngozi, "welcome") == ""


@time_machine.travel(NOON)
def test_the_talk_is_told_in_each_readers_own_time() -> None:
    home = make_estuary()
    for person, zone in ((home.inês, "Asia/Kathmandu"), (home.tomasz, "America/St_Johns")):
        person.time_zone = zone
        person.save()
    request = mediated(home)
    # The night on which clocks change in St John's: 8 November has passed, 14 March comes.
    at = datetime(2027, 3, 14, 18, tzinfo=UTC)
    services.set_talk(request=request, by=home.ngozi, at=at, where="https://meet.example.org/a")
    assert "Sunday 14 March, 23:45, Kathmandu time" in written(home.inês, "talk")
    assert "Sunday 14 March, 15:30, St John’s time" in written(home.tomasz, "talk")
    assert "https://meet.example.org/a" in written(home.tomasz, "talk")
    old = Notice.objects.filter(person=home.inês, payload__step="talk").get()
    services.set_talk(request=request, by=home.ngozi, at=at + DAY, where="The boathouse")
    found = kinds.find(old.kind)
    assert found is not None
    assert found.build(old).reason == "set anew"  # type: ignore[union-attr]
    assert "Monday 15 March" in written(home.inês, "talk")


def test_of_what_was_written_the_mail_says_that_it_is_there(home: Estuary) -> None:
    request = closed(home)
    for side in (home.inês, home.tomasz):
        mail = written(side, "closed")
        assert mail.startswith("Something was written down for you\n")
        assert "A walk on Sunday" not in mail
    for side in (home.inês, home.tomasz):
        services.let_go(request=request, by=side)
    assert written(home.inês, "closed") == ""


def test_no_subject_tells_what_it_is_about(home: Estuary) -> None:
    request = closed(home)
    del request
    visit(home, timezone.now() + 4 * DAY)
    for notice in Notice.objects.filter(kind__startswith="congregation.help"):
        found = kinds.find(notice.kind)
        assert found is not None
        letter = found.build(notice)
        subject = getattr(letter, "subject", "")
        for secret in ("Inês", "Tomasz", "Ngozi", "Slow Kettle", "between"):
            assert secret not in str(subject)


# --- what the clock brings ------------------------------------------------------------------


def queued(kind: str, moment: datetime) -> list[Person]:
    """To whom this kind is owed after the worker's minute at a moment."""
    with time_machine.travel(moment, tick=False):
        queue_due_notices(moment)
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return [notice.person for notice in rows if notice.person]


@time_machine.travel(NOON, tick=False)
def test_after_a_week_the_stewards_and_the_asker_are_told_once() -> None:
    home = make_estuary()
    mediation(home)
    assert queued(clock.WAITS, NOON + 7 * DAY - timedelta(minutes=1)) == []
    for moment in (NOON + 7 * DAY, NOON + 7 * DAY + timedelta(minutes=1), NOON + 9 * DAY):
        assert queued(clock.WAITS, moment) == [home.steward]
        assert queued(clock.MEANWHILE, moment) == [home.inês]
    with time_machine.travel(NOON + 8 * DAY, tick=False):
        mail = written(home.steward, kind=clock.WAITS)
        assert "help was asked for a week ago or more" in mail
        for secret in (WORDS, "Inês", "Tomasz", "Slow Kettle", "mediator between"):
            assert secret not in mail
        assert "a dyad with you" in written(home.inês, kind=clock.MEANWHILE)


@time_machine.travel(NOON, tick=False)
def test_nobody_is_told_when_somebody_offered_and_the_week_counts_anew() -> None:
    home = make_estuary()
    request = mediation(home)
    with time_machine.travel(NOON + 6 * DAY, tick=False):
        services.offer(request=request, by=home.ngozi)
    assert queued(clock.WAITS, NOON + 8 * DAY) == []
    with time_machine.travel(NOON + 9 * DAY, tick=False):
        say_no(request, home.inês, home.ngozi)
    assert queued(clock.WAITS, NOON + 15 * DAY) == []
    assert queued(clock.WAITS, NOON + 16 * DAY) == [home.steward]
    with time_machine.travel(NOON + 16 * DAY, tick=False):
        services.take_back(request=request, by=home.inês)
        assert written(home.steward, kind=clock.WAITS) == ""
        assert written(home.inês, kind=clock.MEANWHILE) == ""


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_no_steward_is_told_at_night(zone: str) -> None:
    home = make_estuary()
    Person.objects.filter(pk=home.steward.pk).update(time_zone=zone)
    mediation(home)
    assert queued(clock.WAITS, NOON + 7 * DAY) == []
    assert queued(clock.WAITS, NOON + 8 * DAY + timedelta(hours=9)) != []


@time_machine.travel(NOON, tick=False)
def test_what_came_too_late_or_ended_is_not_looked_for() -> None:
    home = make_estuary()
    visit(home, NOON + 5 * DAY)
    assert queued(clock.WAITS, NOON + 8 * DAY) == []
    mediation(home)
    close(circle=home.crew, by=home.mere)
    assert queued(clock.WAITS, NOON + 9 * DAY) == []


@time_machine.travel(NOON, tick=False)
def test_on_that_day_sides_and_mediator_are_asked_to_look_again() -> None:
    home = make_estuary()
    request = closed(home)
    day = datetime.combine(request.look_again_on or date.max, datetime.min.time(), UTC)
    assert queued(clock.LOOK_AGAIN, day + timedelta(hours=8, minutes=59)) == []
    morning = day + timedelta(hours=9)
    assert set(queued(clock.LOOK_AGAIN, morning)) == {home.inês, home.tomasz, home.ngozi}
    assert len(queued(clock.LOOK_AGAIN, morning + DAY)) == 3
    with time_machine.travel(morning, tick=False):
        mail = written(home.inês, kind=clock.LOOK_AGAIN)
        assert mail.startswith("A day to look again\n")
        assert "A walk on Sunday" not in mail
        services.let_go(request=request, by=home.inês)
        services.let_go(request=request, by=home.tomasz)
        assert written(home.inês, kind=clock.LOOK_AGAIN) == ""


@time_machine.travel(NOON, tick=False)
def test_a_visit_is_told_to_those_it_concerns() -> None:
    home = make_estuary()
    request = visit(home, NOON + 3 * DAY)
    services.offer(request=request, by=home.ngozi)
    for person in (home.inês, home.tomasz, home.mere):
        assert "Ngozi Eze would come to your meeting" in written(person, "offered")
    say_yes(request, home.mere, home.ngozi)
    assert steps(home.ngozi) == []
    assert Notice.objects.filter(kind="practice.guest", person=home.ngozi).exists()
    assert session_of(now(request)).guests.count() == 1
    assert written(home.inês, "offered") == ""
    leave(circle=home.crew, by=home.mere)
    assert written(home.mere, "offered") == ""


ZONES = ["Europe/London", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Pacific/Chatham"]


@given(
    day=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    hours=st.integers(-48, 120),
    zone=st.sampled_from(ZONES),
)
def test_a_day_comes_in_the_morning_of_who_reads_and_does_not_last(
    day: date, hours: int, zone: str
) -> None:
    moment = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hours)
    there = moment.astimezone(ZoneInfo(zone))
    if has_come(day, moment, ZoneInfo(zone)):
        assert day <= there.date() < day + STILL_HELPS
        assert there.date() > day or there.hour >= 9
    else:
        assert there.date() < day or there.date() >= day + STILL_HELPS or there.hour < 9
