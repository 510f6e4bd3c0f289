"""What the pages show of a congregation. Plain dataclasses, a handful of queries."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Circle, JoinRequest, Membership
from circles.scales import LAWS, Scale, relationships
from circles.seats import circles_with_seat, sizes
from congregation.models import Congregation
from people.models import Person

MOST_CREWS = 120
# How many crews beside the reader's own stand unfolded.
AT_FIRST = 3
MOST_FACES = 8
MOST_SHARED = 20


@dataclass(frozen=True, slots=True)
class CrewRow:
    """One crew of the congregation, as one reader sees it."""

    circle: Circle
    size: int
    is_mine: bool
    has_asked: bool

    @property
    def open_seats(self) -> int:
        """How many seats are free."""
        return max(0, self.circle.seats - self.size)

    @property
    def missing(self) -> int:
        """How many people it still needs before it can meet."""
        return LAWS[Scale.CREW].missing(self.size)

    @property
    def seats(self) -> str:
        """Its seats in one sentence."""
        taken = ngettext("{size} person at the table", "{size} people at the table", self.size)
        sentences = [taken.format(size=self.size)]
        if self.missing:
            words = ngettext(
                "{count} more and it can begin", "{count} more and it can begin", self.missing
            )
            sentences.append(words.format(count=self.missing))
        elif self.open_seats:
            words = ngettext("{count} seat is open", "{count} seats are open", self.open_seats)
            sentences.append(words.format(count=self.open_seats))
        else:
            sentences.append(_("every seat is taken"))
        return ", ".join(sentences)

    @property
    def may_ask(self) -> bool:
        """Whether the reader could raise a hand."""
        return self.open_seats > 0 and not self.is_mine and not self.has_asked


def crews_of(congregation: Circle, reader: Person) -> list[CrewRow]:
    """Its crews: mine, then those with a free seat, then the others; within each the newest."""
    mine = set(circles_with_seat(reader, Scale.CREW))
    asked = set(
        JoinRequest.objects.filter(
            person=reader, state=JoinRequest.State.WAITING, circle__parent=congregation
        ).values_list("circle", flat=True)
    )
    called = congregation.children.open().filter(scale=Scale.CREW)
    crews = list(called.order_by("-created_at", "-pk")[:MOST_CREWS])
    size = sizes(crew.pk for crew in crews)
    rows = [
        CrewRow(crew, size.get(crew.pk, 0), crew.pk in mine, crew.pk in asked) for crew in crews
    ]
    return sorted(rows, key=lambda row: (not row.is_mine, row.open_seats == 0))


def unfolded(rows: list[CrewRow]) -> int:
    """How many of these rows stand on the page at once; a single one is never folded away."""
    most = sum(row.is_mine for row in rows) + AT_FIRST
    return most if len(rows) > most + 1 else len(rows)


def seats_in_order(congregation: Circle, words: str = "") -> QuerySet[Membership]:
    """Who is there, by name; `words` must all occur in the name or the place."""
    seats = congregation.memberships.present().filter(person__is_active=True)
    for word in words.split():
        place = word.replace(" ", "_")
        seats = seats.filter(person__name__icontains=word) | seats.filter(
            person__time_zone__icontains=place
        )
    return seats.select_related("person").order_by("person__name", "pk")


def newest_faces(congregation: Circle, reader: Person) -> list[Person]:
    """The last few who sat down, without the reader."""
    seats = congregation.memberships.present().filter(person__is_active=True)
    newest = seats.exclude(person=reader).select_related("person").order_by("-joined_at", "-pk")
    return [seat.person for seat in newest[:MOST_FACES]]


def shared_circles(one: Person, other: Person) -> list[Circle]:
    """Dyads, crews and congregations in which both have a seat."""
    both = Circle.objects.open().of(one).of(other).exclude(scale=Scale.SELF)
    return list(both.order_by("name", "pk")[:MOST_SHARED])


def size_in_words(congregation: Congregation, people: int) -> str:
    """A gentle sentence about how many are here, and why there are crews."""
    if people <= 1:
        return _("You are the first one here. Who should be beside you?")
    here = _("{people} people are here").format(people=people)
    if people < congregation.least:
        return _(
            "{here}. From about {least} on there are enough for crews to find their people; "
            "small crews can begin before that."
        ).format(here=here, least=congregation.least)
    pairs = number_format(relationships(people), force_grouping=True)
    return _(
        "{here}, and {pairs} pairs among them. Nobody can know everybody: that is what crews "
        "are for."
    ).format(here=here, pairs=pairs)
