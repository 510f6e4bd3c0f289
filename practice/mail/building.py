"""What the mails about meetings share."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import tzinfo
from itertools import islice
from typing import Any, cast

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from circles.models import Circle, Membership
from circles.scales import Scale
from notifications.letters import Attachment, Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from pages.templatetags.dates import day_in_words
from people.models import Person
from practice.calendar import attachment
from practice.concerned import concerned_by, concerned_by_each
from practice.models import Answer, PracticeSession
from practice.reminders import key_of
from practice.replies import links
from practice.rules.letters import is_letter
from practice.rules.roles import HOST
from practice.showing.casting import assigned_each
from practice.showing.opening import Opening, openings_each

MOST_NAMES = 12


def _sessions(notices: Sequence[Notice]) -> dict[int, PracticeSession]:
    sessions = PracticeSession.objects.with_answers().prefetch_related("answers__person")
    found = sessions.in_bulk({notice.ref for notice in notices})
    read_whom_they_concern(found.values())
    return found


def session_of(notice: Notice) -> PracticeSession | None:
    return notice.once(_sessions).get(notice.ref)


def _kept[Found](session: PracticeSession, find: Callable[[PracticeSession], Found]) -> Found:
    """What `find` says of a meeting, found once: the mails of a run share their meetings."""
    found = vars(session).setdefault("found_for_mails", {})
    if find not in found:
        found[find] = find(session)
    return cast("Found", found[find])


def read_whom_they_concern(sessions: Collection[PracticeSession]) -> None:
    """So that `concerns` asks no more for many meetings than for one."""
    people = concerned_by_each(sessions)
    for session in sessions:
        vars(session)["found_for_mails"] = {concerned_by: people[session.pk]}


def concerns(session: PracticeSession, person: Person | None) -> bool:
    """Whether the meeting concerns somebody, as it was when the run was read."""
    return person is not None and person.pk in _kept(session, concerned_by)


def _said(session: PracticeSession) -> dict[int, Answer]:
    """The answers of those whom it concerns, by person."""
    there = _kept(session, concerned_by)
    return {one.person_id: one for one in session.answers.all() if one.person_id in there}


def _file(session: PracticeSession) -> Attachment:
    return attachment([session])


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
    said = _kept(session, _said)
    mine = said.get(reader.pk) if reader else None
    zone = reader.zone if reader else timezone.get_default_timezone()
    return {
        "session": session,
        "circle": session.circle,
        "session_url": absolute(session.get_absolute_url()),
        "circle_url": absolute(session.circle.get_absolute_url()),
        "when": _when(session, zone),
        "coming": _who_says(Answer.Choice.YES, said.values(), reader),
        "perhaps": _who_says(Answer.Choice.MAYBE, said.values(), reader),
        "host": _host(session, said),
        "answers": links(session, reader) if reader else [],
        "choice": mine.choice if mine else "",
        "reader_zone": zone,
    }


def _host(session: PracticeSession, said: Mapping[int, Answer]) -> Person | None:
    """Who hosts, unless they have said that they can't come."""
    answer = said.get(session.host_id or 0)
    return None if answer and answer.choice == Answer.Choice.NO else session.host


def _when(session: PracticeSession, zone: tzinfo) -> str:
    """Tuesday 1 December, 18:30–20:00. Said here, since text and HTML both say it."""
    starts, ends = (moment.astimezone(zone) for moment in (session.starts_at, session.ends_at))
    return f"{date_format(starts, 'l j F, H:i')}–{ends:%H:%M}"


def _who_says(choice: str, said: Iterable[Answer], reader: Person | None) -> str:
    """The first names of the others who said so; of a large gathering the first few."""
    found = (
        answer.person.first_name
        for answer in said
        if answer.choice == choice and answer.person_id != (reader and reader.pk)
    )
    names = list(islice(found, MOST_NAMES + 1))
    return ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")


def roles_for(notice: Notice, reader: Person) -> list[str]:
    """What else than hosting the meeting asks of the reader."""
    found = notice.once(_roles).get(notice.ref, {})
    mine = [role for role, person in found.items() if role != HOST and person == reader.pk]
    return [role for role in mine if not is_letter(role)]


def opening_for(notice: Notice, reader: Person) -> str:
    """Who of two speaks first this time; "" at other tables."""
    found = notice.once(_openings).get(notice.ref)
    return Opening(found[0], reader, found[1]).words if found else ""


def other_for(circle: Circle, notice: Notice) -> str:
    """The first name of the other, where the reader is one of two; else ""."""
    if circle.scale != Scale.DYAD:
        return ""
    two = notice.once(_of_two).get(circle.pk, [])
    names = [person.first_name for person in two if person != notice.person]
    return names[0] if len(two) == 2 and len(names) == 1 else ""


def _of_two(notices: Sequence[Notice]) -> dict[int, list[Person]]:
    """Who sits in the dyads of those who are written to."""
    readers = [notice.person_id for notice in notices if notice.person_id]
    here = Membership.objects.present()
    theirs = here.filter(scale=Scale.DYAD, person__in=readers).values("circle")
    dyads: dict[int, list[Person]] = defaultdict(list)
    for seat in here.filter(circle__in=theirs).at_table():
        dyads[seat.circle_id].append(seat.person)
    return dyads


def _openings(notices: Sequence[Notice]) -> dict[int, tuple[Person, bool]]:
    sessions = [
        one for one in notices[0].once(_sessions).values() if one.circle.scale == Scale.DYAD
    ]
    prefetch_related_objects(sessions, "roles", "practice__steps")
    found = openings_each(sessions)
    people = Person.objects.in_bulk({one for one, _one_way in found.values()}) if found else {}
    return {pk: (people[begins], is_one_way) for pk, (begins, is_one_way) in found.items()}


def _roles(notices: Sequence[Notice]) -> dict[int, dict[str, int]]:
    """Who has which role, where they fall to people: at small tables."""
    sessions = notices[0].once(_sessions).values()
    return assigned_each([one for one in sessions if one.circle.scale != Scale.CONGREGATION])


def letter_about(
    session: PracticeSession, heading: object, template: str, context: dict[str, Any]
) -> Letter:
    with timezone.override(context["reader_zone"]):
        words = str(heading).format(
            circle=context.get("who", session.circle),
            other=context.get("other", ""),
            day=day_in_words(session.starts_at),
            time=f"{timezone.localtime(session.starts_at):%H:%M}",
        )
    context = {**context, "heading": words}
    return Letter(words, template, context, [_kept(session, _file)], session.starts_at)


def quiet_letter(session: PracticeSession, context: dict[str, object]) -> Letter:
    """A reminder of what somebody does for themselves. It names neither that nor a circle nor a
    practice: whoever looks over a shoulder reads an hour."""
    plain = {
        "paragraphs": [_("You asked to be reminded. {when}.").format(when=context["when"])],
        "button": {"label": _("Open it"), "url": context["session_url"]},
        "reader_zone": context["reader_zone"],
    }
    return letter_about(session, _("A reminder: {day} at {time}"), "plain", plain)
