"""What the mails about meetings share."""

from django.utils import timezone

from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from pages.templatetags.dates import day_in_words
from people.models import Person
from practice.calendar import attachment
from practice.concerned import concerned_by, concerns
from practice.models import Answer, PracticeSession
from practice.reminders import key_of
from practice.replies import links


def session_of(notice: Notice) -> PracticeSession | None:
    sessions = PracticeSession.objects.with_answers().prefetch_related("answers__person")
    return sessions.filter(pk=notice.ref).first()


def still_to_come(notice: Notice) -> PracticeSession | Dropped:
    """The meeting, or why nobody needs to be told of it any more."""
    session = session_of(notice)
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
    if not concerns(session, notice.person):
        return Dropped("no longer in the circle")
    return session


def context_for(session: PracticeSession, reader: Person | None) -> dict[str, object]:
    there = set(concerned_by(session))
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
        "answers": links(session, reader) if reader else [],
        "choice": mine.choice if mine else "",
        "reader_zone": reader.zone if reader else timezone.get_default_timezone(),
    }


def letter_about(
    session: PracticeSession, heading: object, template: str, context: dict[str, object]
) -> Letter:
    with timezone.override(context["reader_zone"]):  # type: ignore[arg-type]
        words = str(heading).format(
            circle=session.circle,
            day=day_in_words(session.starts_at),
            time=f"{timezone.localtime(session.starts_at):%H:%M}",
        )
    context = {**context, "heading": words}
    return Letter(words, template, context, [attachment([session])], session.starts_at)
