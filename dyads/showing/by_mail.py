"""The pages behind the links of mails to two who were paired: nothing that an outsider may not
see of them, since whoever holds the mail reads them."""

from django.utils import timezone

from dyads.links import Link
from dyads.services.meeting import first_over, words_since
from dyads.services.shared import sitting
from dyads.showing.introduction import times_for
from people.models import Person
from practice.models import PracticeSession


def _other(link: Link) -> Person | None:
    """The other one, while the two are a dyad."""
    people = sitting(link.introduction.dyad)
    if not link.introduction.dyad.is_open or link.person not in people:
        return None
    return next((one for one in people if one != link.person), None)


def time_page(link: Link) -> dict[str, object]:
    """A time, and whether it can still be taken ("open", "passed"), is theirs ("mine"), or
    another is set ("set"); "ended" when the two are no dyad any more."""
    other, now = _other(link), timezone.now()
    context = {"person": link.person, "circle": link.introduction.dyad, "other": other}
    if other is None or link.at is None:
        return {**context, "state": "ended"}
    session = PracticeSession.objects.filter(circle=link.introduction.dyad_id).to_come(now).first()
    if session is not None:
        state = "mine" if session.starts_at == link.at else "set"
    else:
        state = "passed" if link.at <= now else "open"
    shown = session.starts_at if session else link.at
    time = times_for([shown], link.person, other)[0]
    return {
        **context,
        "state": state,
        "time": time,
        "session": session,
        "minutes": link.introduction.dyad.minutes,
        "practice": link.introduction.practice,
    }


def met_page(link: Link, token: str, choice: str) -> dict[str, object]:
    """The question, and what was said to it; "ended", or "early" before their first meeting."""
    other, now = _other(link), timezone.now()
    context = {"person": link.person, "circle": link.introduction.dyad, "other": other}
    if other is None:
        return {**context, "state": "ended"}
    over = first_over(link.introduction, now)
    coming = PracticeSession.objects.filter(circle=link.introduction.dyad_id).to_come(now)
    said = words_since(link.introduction).filter(person=link.person).first()
    return {
        **context,
        "state": "early" if over is None and coming.exists() else "open",
        "session": over,
        "token": token,
        "wished": choice,
        "said": said,
    }
