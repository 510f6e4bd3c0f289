"""Mails to somebody who is invited to a single meeting."""

from django.utils.translation import gettext_lazy as _

from notifications.letters import Dropped, Letter
from notifications.models import Notice
from practice.mail.building import context_for, letter_about, session_of
from practice.models import Guest, PracticeSession
from practice.services.guests import key_of_guest


def invited(notice: Notice) -> Letter | Dropped:
    """An invitation to one meeting, with the three answers."""
    guest = Guest.objects.select_related("invited_by").filter(pk=notice.ref).first()
    if guest is None or key_of_guest(guest) != notice.key:
        return Dropped("taken back")
    session = PracticeSession.objects.with_answers().get(pk=guest.session_id)
    if why := _too_late(session):
        return Dropped(why)
    heading = _("{circle} asks you to be their guest {day} at {time}")
    context = {**context_for(session, notice.person), "guest": guest}
    return letter_about(session, heading, "guest", context)


def taken_back(notice: Notice) -> Letter | Dropped:
    """The invitation is no more; without a reason, and kindly."""
    session = session_of(notice)
    if session is None or (why := _too_late(session)):
        return Dropped("gone" if session is None else why)
    if session.guests.filter(person=notice.person).exists():
        return Dropped("invited again")
    heading = _("{circle} needs no guest {day} after all")
    context = {
        **context_for(session, notice.person),
        "paragraphs": [
            _("The crew has changed its plans for that meeting, so you keep your evening. Thank "
              "you for being somebody they thought of."),
        ],
    }  # fmt: skip
    letter = letter_about(session, heading, "plain", context)
    # A file would put the meeting into a calendar it should leave.
    return Letter(letter.subject, letter.template, letter.context)


def _too_late(session: PracticeSession) -> str:
    if session.is_cancelled:
        return "cancelled"
    if session.has_begun:
        return "already begun"
    return "" if session.circle.is_open else "the circle has ended"
