"""A rhythm or a date that was set."""

from collections.abc import Sequence

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.scales import Scale
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person
from practice.calendar import attachment
from practice.mail.building import concerns, read_whom_they_concern
from practice.models import Answer, PracticeSession, Rhythm
from practice.replies import links


def _rhythms(notices: Sequence[Notice]) -> dict[int, Rhythm]:
    """Each with its meetings still to come."""
    sessions = PracticeSession.objects.to_come(timezone.now()).select_related("circle", "practice")
    rhythms = Rhythm.objects.select_related("circle", "made_by", "poll")
    rhythms = rhythms.prefetch_related(Prefetch("sessions", sessions))
    found = rhythms.in_bulk({notice.ref for notice in notices})
    read_whom_they_concern([one for rhythm in found.values() for one in rhythm.sessions.all()])
    return found


def scheduled(notice: Notice) -> Letter | Dropped:
    """A rhythm was set: all its meetings, and one place to answer."""
    rhythm = notice.once(_rhythms).get(notice.ref)
    if rhythm is None:
        return Dropped("gone")
    if rhythm.circle.scale == Scale.SELF:
        return Dropped("nobody else is told")
    sessions = list(rhythm.sessions.all())
    if not sessions:
        return Dropped("nothing left of it")
    if not concerns(sessions[0], notice.person):
        return Dropped("no longer in the circle")
    heading = _("{circle} has a rhythm").format(circle=rhythm.circle)
    if len(sessions) == 1:
        heading = _("{circle} has a date").format(circle=rhythm.circle)
    if rhythm.circle.scale == Scale.DYAD and rhythm.made_by not in {None, notice.person}:
        heading = _("{who} has set when you two meet").format(who=rhythm.made_by.first_name)
    context = {
        "rhythm": rhythm,
        "circle": rhythm.circle,
        "sessions": sessions,
        "session_url": absolute(sessions[0].get_absolute_url()),
        "said": _said_in_a_poll(rhythm, sessions[0], notice.person),
        "answers": links(sessions[0], notice.person) if notice.person else [],
        "heading": heading,
    }
    return Letter(heading, "scheduled", context, [attachment(sessions)], sessions[0].starts_at)


def _said_in_a_poll(rhythm: Rhythm, first: PracticeSession, reader: Person | None) -> str:
    """That everybody was asked for this time, and what became of the reader's word; else ""."""
    if not hasattr(rhythm, "poll"):
        return ""
    answer = Answer.objects.filter(session=first, person=reader).first()
    said = {
        Answer.Choice.YES: _("You said yes to it, so a cup is out for you."),
        Answer.Choice.MAYBE: _("You said “if need be”, so you stand there as not sure yet."),
        Answer.Choice.NO: _("You said it does not suit you, so nobody expects you the first time."),
    }
    found = str(_("It is the time that was chosen from those you were all asked about."))
    if answer is None:
        return f"{found} {_('Will you be there?')}"
    return f"{found} {said[Answer.Choice(answer.choice)]} {_('You may still change that:')}"
