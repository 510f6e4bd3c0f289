"""What the page of a meeting shows while it happens: the order, where we are, who has what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from circles.scales import Scale
from people.models import Person
from practice.models import Answer, Holding, PracticeSession
from practice.models.session import OPENS
from practice.rules.equal import other_turn
from practice.rules.holding import NONE, Place, left
from practice.rules.letters import with_names
from practice.rules.order import CHECK_IN, CHECK_OUT, MOST_TURNS, Stretch, fits
from practice.services import may_hold
from practice.services.holding import LINGERS, shares_time
from practice.showing.casting import RoleRow, cast, coming, planned, taking_part, together
from practice.showing.meetings import Meeting
from practice.showing.opening import Opening, opening_of
from practice.showing.steps import ShownStep, beside, lettered, names_of, steps_of

# How often a page asks whether somebody pressed, in seconds: while it goes on, and else. The
# step itself needs no asking. Measured on a busy machine with gunicorn and PostgreSQL: 6.5 ms of
# processor for an answer, so six phones take less than a hundredth of a core.
ASKED_EVERY = 5
ASKED_SELDOM = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch as the page lists it."""

    stretch: Stretch
    # Whose turn it is, or "".
    who: str
    is_mine: bool
    # "was", "now" or "later".
    state: str
    seconds: int

    @property
    def minutes(self) -> int:
        """How long it lasts, in minutes."""
        return self.seconds // 60


@dataclass(frozen=True, slots=True)
class Table:
    """A meeting at its table, as one reader sees it now."""

    session: PracticeSession
    reader: Person
    people: Sequence[Person]
    holding: Holding | None
    may_press: bool
    roles: Sequence[RoleRow]
    now: datetime
    rows: Sequence[Row]
    place: Place | None
    # Of the practice, for whoever looks before the beginning.
    steps: Sequence[ShownStep] = ()
    opening: Opening | None = None
    # Whether a minute more for one is a minute more for the other.
    is_shared: bool = False

    @property
    def state(self) -> str:
        """ "before", "on" or "over"."""
        if self.place is None:
            return "before"
        return "over" if self.place.is_over else "on"

    @property
    def version(self) -> int:
        """How often somebody pressed; 0 before the beginning."""
        return self.holding.version if self.holding else 0

    @property
    def step(self) -> int:
        """Which row it is, from 0; the number of rows at the end."""
        return self.place.step if self.place else 0

    @property
    def row(self) -> Row | None:
        """What is now."""
        return self.rows[self.step] if self.state == "on" else None

    @property
    def following(self) -> Row | None:
        """What comes next."""
        return next(iter(self.rows[self.step + 1 :]), None)

    @property
    def has_question(self) -> bool:
        """Whether another question may be asked now."""
        return self.row is not None and self.row.stretch.key.split(":")[0] in {CHECK_IN, CHECK_OUT}

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands."""
        return self.holding is not None and self.holding.paused_at is not None

    @property
    def opens_at(self) -> datetime:
        """From when on one may begin."""
        return self.session.starts_at - OPENS

    @property
    def is_open(self) -> bool:
        """Whether one may press now."""
        closes_at = self.session.ends_at + LINGERS
        return self.session.circle.is_open and self.opens_at <= self.now < closes_at

    @property
    def suggests_frame(self) -> bool:
        """Whether there is time for a check-in and a check-out around the practice."""
        minutes = self.session.minutes
        return fits(planned(self.session), people=len(self.likely), minutes=minutes)

    @property
    def likely(self) -> list[Person]:
        """Who is taken to be here before somebody says so: yes, maybe, and the reader; of two,
        both who did not decline."""
        if self.session.circle.scale == Scale.DYAD:
            return coming(self.session, self.people)
        said = {
            one.person_id
            for one in self.session.answers.all()
            if one.choice in {Answer.Choice.YES, Answer.Choice.MAYBE}
        }
        return [one for one in self.people if one.pk in said or one == self.reader]

    @property
    def host(self) -> Person | None:
        """Who hosts, unless they have said that they can't come."""
        return self.session.host if self.session.host in coming(self.session, self.people) else None

    @property
    def asks_who_is_here(self) -> bool:
        """Whether the beginner says who is here; among many nobody could."""
        return len(self.people) <= MOST_TURNS

    @property
    def here(self) -> list[Person]:
        """Who is at the table, in speaking order."""
        by_id = {person.pk: person for person in self.people}
        ids = self.holding.there if self.holding else []
        return [by_id[pk] for pk in ids if pk in by_id]

    @property
    def away(self) -> list[Person]:
        """Who sits here but is not at the table."""
        here = self.here
        return [person for person in self.people if person not in here]

    @property
    def began_ms(self) -> int:
        """When the present stretch began, for scripts: milliseconds since 1970."""
        return _ms(self.place.began) if self.place else 0

    @property
    def now_ms(self) -> int:
        """The server's clock, for scripts."""
        return _ms(self.now)

    @property
    def stopped_ms(self) -> int | str:
        """When the clock was stopped, or ""."""
        if self.holding is None or self.holding.clock.moment(self.now) == self.now:
            return ""
        return _ms(self.holding.clock.moment(self.now))

    @property
    def minutes_left(self) -> int:
        """Of the present stretch, rounded up."""
        return -(-(self.place.left if self.place else NONE) // timedelta(minutes=1))

    @property
    def spent(self) -> float:
        """How much of the present stretch has passed, of 100."""
        if self.place is None or not self.place.length:
            return 0
        return round(100 * (1 - self.place.left / self.place.length), 1)

    @property
    def ends_at(self) -> datetime:
        """When the order comes to its end, if nobody presses."""
        if self.holding is None:
            return self.session.ends_at
        return self.now + left(self.holding.clock, self.holding.order, self.now)

    @property
    def every(self) -> int:
        """How often the page asks whether somebody pressed, in seconds."""
        return ASKED_EVERY if self.state == "on" or self.is_open else ASKED_SELDOM


def roles_of(meeting: Meeting, there: Sequence[int] | None) -> list[RoleRow]:
    """Every role of a meeting as its page shows it; `there` are ids once the table began."""
    session, people = meeting.session, meeting.people
    if meeting.circle.scale == Scale.SELF:
        return []
    return cast(session, taking_part(session, people, there), meeting.reader)


def table_of(session: PracticeSession, reader: Person, people: Sequence[Person]) -> Table:
    """The table of a meeting loaded `with_answers()`, for its reader."""
    now = timezone.now()
    holding = Holding.objects.filter(session=session).first()
    if holding is not None:
        holding.session = session
    there = holding.there if holding else None
    roles = cast(session, taking_part(session, people, there), reader)
    place = holding.place(now) if holding else None
    order = holding.order if holding else []
    return Table(
        session=session,
        reader=reader,
        people=people,
        holding=holding,
        may_press=may_hold(session, reader),
        roles=roles,
        now=now,
        rows=_rows(order, place, reader, people, roles),
        place=place,
        steps=steps_of(session, roles) if place is None else [],
        opening=opening_of(session, reader, people) if place is None else None,
        is_shared=_is_shared(holding, place),
    )


def _is_shared(holding: Holding | None, place: Place | None) -> bool:
    if holding is None or place is None or not shares_time(holding):
        return False
    return other_turn(holding.planned, holding.order, place.step) is not None


def _rows(
    order: Sequence[Stretch],
    place: Place | None,
    reader: Person,
    people: Sequence[Person],
    roles: Sequence[RoleRow],
) -> list[Row]:
    by_id = {person.pk: person for person in people}
    by_role = {row.role: row for row in roles}
    letters = lettered(roles)
    names = names_of(letters)
    now, is_over = (place.step, place.is_over) if place else (0, False)
    rows = []
    for step, stretch in enumerate(order):
        turn = [by_id[stretch.person]] if stretch.person in by_id else []
        if stretch.role in by_role:
            turn = list(by_role[stretch.role].people)
        stretch = replace(
            stretch,
            title=with_names(stretch.title, names, whose=stretch.role),
            words=with_names(stretch.words, names, whose=stretch.role),
        )
        who = _whose(stretch, turn, reader)
        if stretch.role in letters and stretch.kind != "silent":
            who = beside(letters[stretch.role], stretch.title)
        seconds = stretch.seconds
        if place is not None and step == place.step:
            seconds = int(place.length.total_seconds())
        rows.append(
            Row(
                stretch=stretch,
                who=who,
                is_mine=turn == [reader],
                state="now" if step == now and not is_over else "was" if step < now else "later",
                seconds=seconds,
            )
        )
    return rows


def _whose(stretch: Stretch, turn: Sequence[Person], reader: Person) -> str:
    """ "Your turn", "Inês", "Mere, case giver" or the bare role."""
    if stretch.kind == "silent":
        said = _("In silence")
        return "" if said.split()[-1].casefold() in stretch.title.casefold() else said
    if not turn:
        return stretch.role
    if turn == [reader]:
        name = _("Your turn")
    else:
        together_ = together(turn, reader)
        name = together_[:1].upper() + together_[1:]
    return _("{name}, {role}").format(name=name, role=stretch.role) if stretch.role else name


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
