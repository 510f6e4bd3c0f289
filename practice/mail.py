"""The mails about meetings, each built from the state at the moment it goes."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from circles.models import Membership
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from pages.templatetags.dates import day_in_words
from people.models import Person
from practice.calendar import attachment
from practice.models import Answer, PracticeSession, Rhythm
from practice.reminders import DAY_BEFORE, HOUR_BEFORE, change_of, key_of, reminders, unanswered


def _session(notice: Notice) -> PracticeSession | None:
    sessions = PracticeSession.objects.with_answers().prefetch_related("answers__person")
    return sessions.filter(pk=notice.ref).first()


def _has_seat(session: PracticeSession, person: Person | None) -> bool:
    seats = Membership.objects.present().filter(circle=session.circle_id, person=person)
    return seats.exists()


def _still_to_come(notice: Notice) -> PracticeSession | Dropped:
    """The meeting, or why nobody needs to be told of it any more."""
    session = _session(notice)
    if session is None:
        return Dropped("gone")
    if session.is_cancelled:
        return Dropped("cancelled")
    if not session.circle.is_open:
        return Dropped("the circle has ended")
    if key_of(session) != notice.key:
        return Dropped("moved")
    if session.has_begun:
        return Dropped("already begun")
    if not _has_seat(session, notice.person):
        return Dropped("no longer in the circle")
    return session


def _context(session: PracticeSession, reader: Person | None) -> dict[str, object]:
    there = set(session.circle.memberships.present().values_list("person", flat=True))
    said = {one.person_id: one for one in session.answers.all() if one.person_id in there}
    mine = said.get(reader.pk) if reader else None
    return {
        "session": session,
        "circle": session.circle,
        "session_url": absolute(session.get_absolute_url()),
        "circle_url": absolute(session.circle.get_absolute_url()),
        "coming": [
            answer.person
            for answer in said.values()
            if answer.choice == Answer.Choice.YES and answer.person_id != (reader and reader.pk)
        ],
        "choice": mine.choice if mine else "",
        "reader_zone": reader.zone if reader else timezone.get_default_timezone(),
    }


def reminder(before: timedelta) -> Callable[[Notice], Letter | Dropped]:
    """Builder of a reminder to somebody who comes, or may."""

    def build(notice: Notice) -> Letter | Dropped:
        session = _still_to_come(notice)
        if isinstance(session, Dropped):
            return session
        context = _context(session, notice.person)
        if context["choice"] not in {Answer.Choice.YES, Answer.Choice.MAYBE}:
            return Dropped("not coming")
        if before == DAY_BEFORE and session.starts_at - timezone.now() < 2 * HOUR_BEFORE:
            return Dropped("the hour before is near")
        if before == HOUR_BEFORE and session.starts_at - timezone.now() > HOUR_BEFORE / 2:
            heading = _("{circle} meets in an hour")
        else:
            heading = _("{circle} meets {day} at {time}")
        return _letter(session, heading, "reminder", context)

    return build


def question(notice: Notice) -> Letter | Dropped:
    """To somebody who has not answered: asked once."""
    session = _still_to_come(notice)
    if isinstance(session, Dropped):
        return session
    context = _context(session, notice.person)
    if context["choice"]:
        return Dropped("answered")
    heading = _("Will you be there? {circle} meets {day} at {time}")
    return _letter(session, heading, "reminder", context)


def changed(notice: Notice) -> Letter | Dropped:
    """A meeting was moved or called off: its last state."""
    session = _session(notice)
    if session is None:
        return Dropped("gone")
    if notice.key != change_of(session):
        return Dropped("changed again since")
    if session.is_over or not session.circle.is_open:
        return Dropped("over")
    if not _has_seat(session, notice.person):
        return Dropped("no longer in the circle")
    context = _context(session, notice.person)
    if not session.is_cancelled:
        return _letter(session, _("{circle}: a meeting has moved"), "changed", context)
    together = list(
        PracticeSession.objects.following(session)
        .filter(cancelled_at=session.cancelled_at)
        .select_related("circle", "practice")
        .order_by("starts_at")
    )
    heading = ngettext(
        "{circle}: a meeting is called off",
        "{circle}: {count} meetings are called off",
        len(together),
    ).format(circle=session.circle, count=len(together))
    context = {**context, "sessions": together, "heading": heading}
    return Letter(heading, "called_off", context, [attachment(together)])


def scheduled(notice: Notice) -> Letter | Dropped:
    """A rhythm was set: all its meetings, and one place to answer."""
    rhythm = Rhythm.objects.select_related("circle", "made_by").filter(pk=notice.ref).first()
    if rhythm is None:
        return Dropped("gone")
    sessions = list(
        PracticeSession.objects.select_related("circle", "practice")
        .filter(rhythm=rhythm)
        .to_come(timezone.now())
    )
    if not sessions:
        return Dropped("nothing left of it")
    if not _has_seat(sessions[0], notice.person):
        return Dropped("no longer in the circle")
    heading = _("{circle} has a rhythm").format(circle=rhythm.circle)
    if len(sessions) == 1:
        heading = _("{circle} has a date").format(circle=rhythm.circle)
    context = {
        "rhythm": rhythm,
        "circle": rhythm.circle,
        "sessions": sessions,
        "session_url": absolute(sessions[0].get_absolute_url()),
        "heading": heading,
    }
    return Letter(heading, "scheduled", context, [attachment(sessions)])


def _letter(
    session: PracticeSession, heading: object, template: str, context: dict[str, object]
) -> Letter:
    with timezone.override(context["reader_zone"]):  # type: ignore[arg-type]
        words = str(heading).format(
            circle=session.circle,
            day=day_in_words(session.starts_at),
            time=f"{timezone.localtime(session.starts_at):%H:%M}",
        )
    return Letter(words, template, {**context, "heading": words}, [attachment([session])])


def register() -> None:
    """Make the kinds known, with their clocks."""
    register_kind(
        Kind(
            "practice.reminder_day",
            _("A day before a meeting"),
            reminder(DAY_BEFORE),
            _("When you said yes or maybe."),
            due=reminders("practice.reminder_day", DAY_BEFORE),
        )
    )
    register_kind(
        Kind(
            "practice.reminder_hour",
            _("An hour before a meeting"),
            reminder(HOUR_BEFORE),
            _("When you said yes or maybe."),
            due=reminders("practice.reminder_hour", HOUR_BEFORE),
        )
    )
    register_kind(
        Kind(
            "practice.question",
            _("Will you be there?"),
            question,
            _("Once, a day before, when you have not answered."),
            due=unanswered("practice.question", DAY_BEFORE),
        )
    )
    register_kind(
        Kind(
            "practice.scheduled",
            _("New meetings"),
            scheduled,
            _("When somebody sets a rhythm or a date for one of your circles."),
        )
    )
    register_kind(
        Kind(
            "practice.changed",
            _("Meetings moved or called off"),
            changed,
            _("One mail with how it stands, a few minutes after the change."),
        )
    )
