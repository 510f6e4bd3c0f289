"""What the crews' pages show. Plain dataclasses, a handful of queries."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import JoinRequest, Membership
from circles.scales import LAWS, Scale
from circles.seats import circles_with_seat, own_sizes, seats_of
from circles.services import may_become_two
from crews.models import Crew
from crews.showing.elsewhere import open_tables
from crews.showing.suiting import Suiting, in_common_with, suiting_of
from pages.pictures.table import TableSeat
from pages.registry import Waiting
from people.models import Person
from people.time_zones import city
from practice.showing.meetings import table_seats

MOST_SHOWN = 60
MOST_FORMING = 2
LAW = LAWS[Scale.CREW]


@dataclass(frozen=True, slots=True)
class CrewCard:
    """A crew in a list."""

    crew: Crew
    people: list[Person]
    reader: Person
    has_asked: bool = False
    # How many of its hours suit the reader; None while that is not counted.
    shared: int | None = None

    @property
    def suiting(self) -> Suiting:
        """Its hours by the reader's clock, its languages, its length."""
        return suiting_of(self.crew, self.reader, self.shared)

    @property
    def hears_of_a_seventh(self) -> bool:
        """Whether six sit there: whoever asks now would be the seventh."""
        return not self.open_seats and may_become_two(self.crew)

    @property
    def open_seats(self) -> int:
        """How many chairs are free."""
        return max(0, self.crew.seats - len(self.people))

    @property
    def seats(self) -> list[TableSeat]:
        """The table."""
        return table_seats(self.people, self.reader, self.crew.seats, {})

    @property
    def state(self) -> str:
        """Who sits there, in a sentence."""
        return table_sentence(len(self.people), self.crew.seats)

    @property
    def cities(self) -> str:
        """The clocks its people live by."""
        return ", ".join(sorted({city(person.time_zone) for person in self.people}))


def table_sentence(size: int, seats: int) -> str:
    """How full a table is, and what it lacks."""
    if missing := LAW.missing(size):
        return ngettext(
            "A crew begins with three: one more.",
            "A crew begins with three: {count} more.",
            missing,
        ).format(count=missing)
    if free := seats - size:
        return ngettext("One seat is open.", "{count} seats are open.", free).format(count=free)
    return _("Every seat is taken.")


def _cards(crews: list[Crew], reader: Person, asked: set[int]) -> list[CrewCard]:
    people: dict[int, list[Person]] = {}
    for seat in Membership.objects.present().filter(circle__in=crews).at_table():
        people.setdefault(seat.circle_id, []).append(seat.person)
    return [CrewCard(crew, people.get(crew.pk, []), reader, crew.pk in asked) for crew in crews]


def cards_of(crews: list[Crew], reader: Person) -> list[CrewCard]:
    """These crews with their people."""
    return _cards(crews, reader, set())


def my_crews(person: Person) -> list[CrewCard]:
    """Crews in which the person sits."""
    crews = Crew.objects.open().of(person).select_related("parent").order_by("name")
    return _cards(list(crews[:MOST_SHOWN]), person, set())


def open_crews(person: Person) -> list[CrewCard]:
    """Crews with an open seat in the person's congregations; the fullest come first. Tables at
    rest are not among them."""
    crews = open_tables(person)
    shared = in_common_with(crews, person)
    asked = set(
        JoinRequest.objects.waiting().filter(person=person).values_list("circle_id", flat=True)
    )
    return [replace(card, shared=shared[card.crew.pk]) for card in _cards(crews, person, asked)]


def hands_up(person: Person) -> list[Waiting]:
    """For Today: raised hands this person may answer, in crews."""
    crews = circles_with_seat(person, Scale.CREW)
    if not crews:
        return []
    requests = (
        JoinRequest.objects.waiting()
        .filter(circle__in=crews)
        .select_related("circle", "person")
        .order_by("asked_at")[:5]
    )
    return [
        Waiting(
            scale=Scale.CREW,
            heading=_("{who} raises a hand for {crew}").format(
                who=request.person, crew=request.circle
            ),
            said=request.message,
            url=request.get_absolute_url(),
            action=_("Answer {who}").format(who=request.person.first_name),
            asks=True,
        )
        for request in requests
    ]


def forming(person: Person) -> list[Waiting]:
    """For Today: the person's calls that still lack people."""
    size = own_sizes(person)
    small = [
        seat.circle_id
        for seat in seats_of(person)
        if seat.scale == Scale.CREW and seat.circle.is_open and size[seat.circle_id] < LAW.least
    ]
    if not small:
        return []
    calls = Crew.objects.called().filter(pk__in=small, caller=person).order_by("name")
    crews = calls[:MOST_FORMING]
    return [
        Waiting(
            scale=Scale.CREW,
            heading=_("{crew} is still forming").format(crew=crew),
            words=table_sentence(size[crew.pk], crew.seats),
            url=crew.get_absolute_url(),
            action=_("Go to the table"),
        )
        for crew in crews
    ]
