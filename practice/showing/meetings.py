"""What a circle's page, a meeting's page and Today show of a meeting.

Plain dataclasses, so that templates ask no questions of the database.

A circle's page does this:

    meetings = meetings_of(circle, person)        # a handful of queries, whatever the numbers
    {% include "practice/_meeting.html" with meeting=meetings.next %}   the next one, one-tap answer
    {% include "practice/_zones.html" with meeting=meetings.next %}     the same hour in each place
    {% include "practice/_polls.html" with polls=meetings.polls %}      times that are looked for
    {% include "practice/_rhythm.html" with meetings=meetings %}        beads, and setting a rhythm
    {% table_picture meetings.seats … %}                                 seats with cups
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Circle
from circles.scales import Scale, may_practise
from circles.seats import seats_of
from pages.pictures.table import TableSeat
from people.models import Person
from people.time_zones import city, zone_info
from practice.models import Answer, Poll, PracticeSession, Rhythm
from practice.services.permission import people_of as people_of
from practice.showing.naming import in_one_breath
from practice.showing.rhythms import Running, running

MOST_SHOWN = 60
# Of a rhythm without an end: a few that were, and some of those to come.
BEADS_BEFORE, BEADS_AHEAD = 2, 6


@dataclass(frozen=True, slots=True)
class Place:
    """The same moment on somebody's wall."""

    who: str
    city: str
    local: datetime
    is_me: bool
    # Whether the calendar shows another day there than the reader's.
    other_day: bool

    @property
    def clock(self) -> str:
        """ "07:30", with the weekday where it is another day there: "07:30 Wed"."""
        return f"{self.wall} {self.day}" if self.other_day else self.wall

    @property
    def wall(self) -> str:
        """What the clock on the wall shows there."""
        return f"{self.local:%H:%M}"

    @property
    def day(self) -> str:
        """The weekday there, short."""
        return formatted(self.local, "D")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as one reader sees it."""

    session: PracticeSession
    circle: Circle
    people: Sequence[Person]
    choices: dict[int, str]
    reader: Person
    words: dict[int, str] = field(default_factory=dict)
    # Whether the reader is there for this one meeting, without a seat in the circle.
    is_guest: bool = False

    @property
    def choice(self) -> str:
        """The reader's own answer, or ""."""
        return self.choices.get(self.reader.pk, "")

    @property
    def word(self) -> str:
        """The reader's own word why, or ""."""
        return self.words.get(self.reader.pk, "")

    @property
    def host(self) -> Person | None:
        """Who hosts, unless they have said that they can't come."""
        declined = self.choices.get(self.session.host_id or 0) == Answer.Choice.NO
        return None if declined else self.session.host

    @property
    def reasons(self) -> list[tuple[Person, str]]:
        """Those who added a word why, with it."""
        return [(one, self.words[one.pk]) for one in self.people if one.pk in self.words]

    def who(self, choice: str) -> list[Person]:
        """Those at the table who gave this answer; "" for none yet."""
        return [person for person in self.people if self.choices.get(person.pk, "") == choice]

    @property
    def coming(self) -> list[Person]:
        """Who said yes."""
        return self.who(Answer.Choice.YES)

    @property
    def cups(self) -> str:
        """The table in a sentence: whose cups are out, who is not sure, who is yet to answer."""
        if not self.people:
            return ""
        sentences = []
        if yes := self.who(Answer.Choice.YES):
            sentences.append(
                ngettext("A cup is out for {names}.", "Cups are out for {names}.", len(yes)).format(
                    names=in_one_breath(yes, self.reader)
                )
            )
        if maybe := self.who(Answer.Choice.MAYBE):
            others = [person for person in maybe if person != self.reader]
            if len(others) < len(maybe):
                sentences.append(_("You aren’t sure yet."))
            if others:
                sentences.append(
                    ngettext(
                        "{names} isn’t sure yet.", "{names} aren’t sure yet.", len(others)
                    ).format(names=in_one_breath(others, self.reader))
                )
        if no := self.who(Answer.Choice.NO):
            others = [person for person in no if person != self.reader]
            if len(others) < len(no):
                sentences.append(_("You can’t come."))
            if others:
                sentences.append(
                    _("{names} can’t come.").format(names=in_one_breath(others, self.reader))
                )
        if not sentences:
            return _("Nobody has answered yet.")
        return " ".join(sentences)

    @property
    def places(self) -> list[Place]:
        """The beginning in each person's own zone, in the order of the clocks."""
        return places(self.session.starts_at, self.people, self.reader)

    @property
    def seats(self) -> list[TableSeat]:
        """The table, with a cup for those who come; for small circles."""
        return table_seats(self.people, self.reader, self.circle.seats, self.choices)

    @property
    def has_table(self) -> bool:
        """Whether the circle fits one table."""
        return self.circle.scale in {Scale.DYAD, Scale.CREW}

    @property
    def spans_zones(self) -> bool:
        """Whether the clocks of those at the table differ at that moment."""
        return len({place.local.utcoffset() for place in self.places}) > 1

    @property
    def elsewhere(self) -> list[Place]:
        """One place for each wall time that differs from the reader's; short, for one line."""
        seen = {self.session.starts_at.astimezone(self.reader.zone).utcoffset()}
        found = []
        for place in self.places:
            if place.local.utcoffset() not in seen:
                seen.add(place.local.utcoffset())
                found.append(place)
        return found[:8]


@dataclass(frozen=True, slots=True)
class Meetings:
    """Everything a circle's page shows of its meetings."""

    circle: Circle
    reader: Person
    people: Sequence[Person]
    next: Meeting | None
    # The run of meetings the next one belongs to, or the last run: for the string of beads.
    cycle: Sequence[PracticeSession]
    to_come: Sequence[PracticeSession]
    last_past: PracticeSession | None
    # The rhythm of that run; None for what stands outside of any.
    rhythm: Rhythm | None = None
    # Times the circle looks for just now.
    polls: Sequence[Poll] = ()

    # All rhythms that go on, with their pauses.
    running: Sequence[Running] = ()

    @property
    def seats(self) -> list[TableSeat]:
        """The table, with the cups of the next meeting."""
        choices = self.next.choices if self.next else {}
        return table_seats(self.people, self.reader, self.circle.seats, choices)

    @property
    def may_schedule(self) -> bool:
        """Whether enough people sit here to set a rhythm."""
        return self.circle.is_open and may_practise(self.circle.scale, len(self.people))

    @property
    def has_open_evening(self) -> bool:
        """Whether it is still open what will be done at some coming meeting."""
        return any(session.practice_id is None for session in self.to_come)

    @property
    def position(self) -> int:
        """Which of its run the next meeting is, from 1; 0 when there is none."""
        if self.next is None or self.next.session not in self.cycle:
            return 0
        return self.cycle.index(self.next.session) + 1


def table_seats(
    people: Sequence[Person], reader: Person, seats: int, choices: dict[int, str]
) -> list[TableSeat]:
    """The chairs of a small table: the reader's first, the open ones last."""
    ordered = sorted(people, key=lambda person: person != reader)
    taken = [
        TableSeat(
            name=_("You") if person == reader else person.first_name,
            initials=person.initials,
            cup=choices.get(person.pk, ""),
            is_me=person == reader,
        )
        for person in ordered
    ]
    return taken + [TableSeat()] * max(0, seats - len(taken))


def places(moment: datetime, people: Iterable[Person], reader: Person) -> list[Place]:
    """The same moment for each of them, earliest clock first."""
    here = moment.astimezone(reader.zone).date()
    found = [
        Place(
            who=_("You") if person == reader else person.first_name,
            city=city(person.time_zone),
            local=moment.astimezone(zone_info(person.time_zone)),
            is_me=person == reader,
            other_day=moment.astimezone(zone_info(person.time_zone)).date() != here,
        )
        for person in people
    ]
    return sorted(found, key=lambda place: (place.local.replace(tzinfo=None), not place.is_me))


def meeting_of(session: PracticeSession, reader: Person, people: Sequence[Person]) -> Meeting:
    """A meeting loaded `with_answers()`, for its reader."""
    answers = session.answers.all()
    return Meeting(
        session=session,
        circle=session.circle,
        people=people,
        choices={answer.person_id: answer.choice for answer in answers},
        reader=reader,
        words={answer.person_id: answer.word for answer in answers if answer.word},
        is_guest=session.circle_id not in {seat.circle_id for seat in seats_of(reader)},
    )


def meetings_of(circle: Circle, reader: Person) -> Meetings:
    """What a circle's page shows of its meetings to somebody who has a seat there."""
    now = timezone.now()
    people = people_of(circle)
    sessions = PracticeSession.objects.filter(circle=circle)
    soonest = sessions.to_come(now).select_related("practice", "host", "rhythm")
    to_come = list(soonest[:MOST_SHOWN])
    for session in to_come:
        session.circle = circle
    prefetch_related_objects(to_come[:1], "answers")
    last_past = sessions.past(now).select_related("rhythm").first()
    first = to_come[0] if to_come else last_past
    rhythm = first.rhythm if first else None
    return Meetings(
        circle=circle,
        reader=reader,
        people=people,
        next=meeting_of(to_come[0], reader, people) if to_come else None,
        cycle=_cycle(rhythm, now) if rhythm else [],
        to_come=to_come,
        last_past=last_past,
        rhythm=rhythm,
        polls=open_polls(circle),
        running=running(circle, now),
    )


def _cycle(rhythm: Rhythm, now: datetime) -> list[PracticeSession]:
    """The meetings of a rhythm that take or took place; without an end, those about now."""
    run = PracticeSession.objects.filter(rhythm=rhythm, cancelled_at__isnull=True)
    if not rhythm.is_open_ended:
        return list(run.order_by("number")[:MOST_SHOWN])
    before = list(run.past(now)[:BEADS_BEFORE])
    return [*reversed(before), *run.filter(ends_at__gt=now).order_by("starts_at")[:BEADS_AHEAD]]


def coming_in(circles: Iterable[Circle], limit: int = 10) -> list[PracticeSession]:
    """The next meetings of some circles, soonest first: that they meet, not what they say."""
    sessions = PracticeSession.objects.filter(circle__in=circles)
    return list(sessions.to_come(timezone.now()).select_related("circle")[:limit])


def open_polls(circle: Circle) -> list[Poll]:
    """The times a circle looks for just now; a few at most (`services.open_poll` sees to it)."""
    return list(Poll.objects.open().filter(circle=circle))
