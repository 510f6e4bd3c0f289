"""What a round shows once its tables are published, and when it is over.

Who has said yes is for those at the table only; who stepped out or has not answered, for nobody.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import JoinRequest
from circles.scales import LAWS, Scale
from crews.models import Crew, FormingRound, Participant, ProposedCrew, ProposedSeat
from crews.rules.explaining import explain_to
from crews.services.beginning import shared_moment
from crews.services.second import without_a_seat
from crews.services.seekers import gather
from crews.showing.tables import CrewCard, cards_of
from crews.showing.wording import why_you
from pages.pictures.table import TableSeat
from pages.registry import Waiting
from people.models import Person
from practice.showing.meetings import Place, places, table_seats
from practice.showing.naming import in_one_breath
from practice.showing.often import hour, how_often
from practice.showing.wording import in_words

LAW = LAWS[Scale.CREW]
MOST_WAITING = 3
Answer = ProposedSeat.Answer


@dataclass(frozen=True, slots=True)
class MyTable:
    """The table that a round proposes to the reader, and how it stands there."""

    forming: FormingRound
    reader: Person
    seat: ProposedSeat
    people: Sequence[Person]
    said_yes: frozenset[int]
    at: datetime | None
    why: Sequence[str]
    is_open: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.crew or self.seat.proposed)

    @property
    def crew(self) -> Crew | None:
        """The crew that it has become."""
        return self.seat.proposed.crew

    @property
    def has_said_yes(self) -> bool:
        """Whether the reader has."""
        return self.seat.answer == Answer.YES

    @property
    def has_stepped_out(self) -> bool:
        """Whether the reader has, in words or by silence."""
        return self.seat.answer == Answer.OUT

    @property
    def when(self) -> str:
        """The hour they share, by the reader's clock."""
        often = how_often(self.forming.weeks)
        if self.at is None:
            return often[:1].upper() + often[1:]
        when = hour(self.at, self.reader.zone)
        return _("{when} your time, {often}").format(when=when, often=often)

    @property
    def places(self) -> list[Place]:
        """That hour on everybody's wall."""
        return places(self.at, self.people, self.reader) if self.at else []

    @property
    def spans_zones(self) -> bool:
        """Whether their clocks differ then."""
        return len({place.local.utcoffset() for place in self.places}) > 1

    @property
    def seats(self) -> list[TableSeat]:
        """The picture: a cup for those who have said yes."""
        cups = dict.fromkeys(self.said_yes, "yes")
        return table_seats(self.people, self.reader, max(LAW.ideal, len(self.people)), cups)

    @property
    def standing(self) -> str:
        """Who has said yes, and how many more it takes."""
        yes = [one for one in self.people if one.pk in self.said_yes]
        said = _("Nobody has said yes yet.")
        if yes:
            names = in_one_breath(yes, self.reader)
            said = _("Yes so far: {names}.").format(names=names)
        if missing := LAW.missing(len(yes)):
            more = ngettext(
                "With one more yes the crew begins.",
                "With {count} more the crew begins.",
                missing,
            )
            return f"{said} {more.format(count=in_words(missing))}"
        return said


@dataclass(frozen=True, slots=True)
class Published:
    """The round as one reader sees it."""

    forming: FormingRound
    mine: MyTable | None
    waits_for_second: bool
    hands: Sequence[JoinRequest]
    tables: int
    begun: int
    answers: Counter[str]

    @property
    def is_being_mended(self) -> bool:
        """Whether the first answers are counted, and the second proposal is on its way."""
        return self.forming.settled_at is not None and self.forming.mended_at is None

    @property
    def is_second(self) -> bool:
        """Whether the second proposal is out."""
        return self.forming.mended_at is not None

    @property
    def may_settle(self) -> bool:
        """Whether all have answered before the day."""
        return self.forming.settled_at is None and not self.answers[Answer.WAITING]

    @property
    def yes(self) -> int:
        """How many have said yes."""
        return self.answers[Answer.YES]

    @property
    def waiting(self) -> int:
        """How many have not answered."""
        return self.answers[Answer.WAITING]

    @property
    def free(self) -> int:
        """How many seats are free again."""
        return self.answers[Answer.OUT]

    @property
    def news(self) -> str:
        """How many crews have begun."""
        if not self.begun:
            return _("No crew has begun yet")
        return ngettext("One crew has begun", "{count} crews have begun", self.begun).format(
            count=in_words(self.begun).capitalize()
        )


def published(
    forming: FormingRound, reader: Person, hand: Participant | None, now: datetime
) -> Published:
    """The same number of queries, however many tables there are."""
    tables = ProposedCrew.objects.filter(round=forming, dissolved_at__isnull=True)
    states = list(tables.values_list("crew", flat=True))
    answers = ProposedSeat.objects.filter(proposed__in=tables).values_list("answer", flat=True)
    mine = _my_table(forming, reader, hand, now) if hand else None
    waits = bool(hand) and without_a_seat(forming).filter(pk=hand.pk).exists() if hand else False
    hands = JoinRequest.objects.waiting().filter(
        person=reader, circle__parent=forming.congregation_id
    )
    return Published(
        forming=forming,
        mine=mine,
        waits_for_second=waits,
        hands=list(hands.select_related("circle").order_by("asked_at")[:3]),
        tables=len(states),
        begun=sum(crew is not None for crew in states),
        answers=Counter(answers),
    )


def _my_table(
    forming: FormingRound, reader: Person, hand: Participant, now: datetime
) -> MyTable | None:
    seats = ProposedSeat.objects.filter(participant=hand).exclude(answer=Answer.FREED)
    seat = seats.select_related("proposed__crew").order_by("-proposed__is_second", "-pk").first()
    if seat is None:
        return None
    table = seat.proposed
    table.round = forming
    people: list[Person] = []
    said_yes: set[int] = set()
    if seat.answer != Answer.OUT:
        for other in table.seats.kept().select_related("participant__person").order_by("pk"):
            people.append(other.participant.person)
            if other.answer == Answer.YES:
                said_yes.add(other.participant.person_id)
    gathered = gather(forming)
    ids = [one.pk for one in people]
    at = table.meets_at or shared_moment(gathered, ids)
    told = explain_to(
        reader.pk, [gathered.seekers[one] for one in ids if one in gathered.seekers], gathered.known
    )
    why = why_you(told, {one.pk: one for one in people}, reader, at) if people else []
    return MyTable(
        forming=forming,
        reader=reader,
        seat=seat,
        people=people,
        said_yes=frozenset(said_yes),
        at=at,
        why=why,
        is_open=table.takes_answers(now),
    )


def crews_of_round(forming: FormingRound, reader: Person) -> list[CrewCard]:
    """The crews that came of it and go on."""
    crews = Crew.objects.open().filter(proposal__round=forming).order_by("name", "pk")
    return cards_of(list(crews.select_related("parent")[:60]), reader)


def my_crew(hand: Participant | None) -> Crew | None:
    """The crew in which the reader has taken a seat."""
    if hand is None:
        return None
    crews = Crew.objects.open().of(hand.person)
    return crews.filter(proposal__round=hand.round_id).first()


def seat_waits(person: Person) -> Iterator[Waiting]:
    """For Today: a proposed table that waits for the reader's word."""
    waiting = ProposedSeat.objects.waiting().filter(
        participant__person=person, participant__in=Participant.objects.up()
    )
    published = waiting.filter(
        proposed__round__answers_due__gt=timezone.now(),
        proposed__round__ended_at__isnull=True,
        proposed__round__called_off_at__isnull=True,
    )
    for seat in published.select_related("proposed__round")[:MOST_WAITING]:
        forming = seat.proposed.round
        until = formatted(timezone.localtime(forming.answers_due), "l j F, H:i")
        yield Waiting(
            scale=Scale.CREW,
            heading=_("A table for you: {table}").format(table=seat.proposed),
            words=_("{round} keeps the seat until {until}.").format(round=forming, until=until),
            url=forming.get_absolute_url(),
            action=_("Look at your table"),
            asks=True,
        )
