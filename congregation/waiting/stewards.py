"""What waits for a steward with twenty minutes. Reads only; each list is bounded."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet
from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Circle, JoinRequest, Membership
from circles.models.circle import CircleQuerySet
from circles.scales import LAWS, Scale
from circles.seats import seats_of
from congregation.models import Congregation, CongregationQuerySet
from congregation.pulse import MOST as MOST_PULSE
from congregation.pulse import Need, PulseRow, pulse_of
from pages.registry import Waiting as WaitingForReader
from pages.registry import Way
from people.models import Person

MOST = 10
MOST_ON_TODAY = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the first page of the panel tells."""

    congregations: Sequence[Circle]
    requests: Sequence[JoinRequest]
    more_requests: bool
    pulse: Sequence[PulseRow]
    more_pulse: bool
    without_crew: Sequence[Membership]
    more_without_crew: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.requests or self.pulse or self.without_crew)


def requests_to(congregations: CongregationQuerySet) -> QuerySet[JoinRequest]:
    """Those who ask to join and have no answer, the longest first."""
    waiting = JoinRequest.objects.waiting().filter(circle__in=congregations.values("pk"))
    return waiting.select_related("person", "circle").order_by("asked_at", "pk")


def forming_crews(congregations: Collection[int]) -> CircleQuerySet[Circle]:
    """Crews that still look for their third, the oldest first."""
    crews = Circle.objects.open().filter(scale=Scale.CREW, parent__in=congregations)
    forming = crews.smaller_than(LAWS[Scale.CREW].least)
    return forming.select_related("parent").order_by("created_at", "pk")


def people_without_crew(congregations: Collection[int]) -> QuerySet[Membership]:
    """Seats of those who sit in none of their congregation's crews, the longest there first."""
    crew_seats = Membership.objects.present().filter(
        person=OuterRef("person"),
        scale=Scale.CREW,
        circle__parent=OuterRef("circle"),
        circle__closed_at__isnull=True,
    )
    seats = Membership.objects.present().filter(
        ~Exists(crew_seats), circle__in=congregations, person__is_active=True
    )
    return seats.select_related("person", "circle").order_by(F("joined_at"), "pk")


def waiting_for(person: Person) -> Waiting:
    """Everything for the first page, in a handful of queries."""
    mine: CongregationQuerySet = Congregation.objects.looked_after_by(person)
    requests = list(requests_to(mine)[: MOST + 1])
    ids = list(mine.order_by("pk").values_list("pk", flat=True))
    pulse = [row for row in pulse_of(ids) if row.in_panel]
    without_crew = list(people_without_crew(ids)[: MOST + 1])
    return Waiting(
        congregations=list(mine.with_size().order_by("name")[:MOST]),
        requests=requests[:MOST],
        more_requests=len(requests) > MOST,
        pulse=pulse[:MOST],
        more_pulse=len(pulse) > MOST,
        without_crew=without_crew[:MOST],
        more_without_crew=len(without_crew) > MOST,
    )


# --- in the pulse ---------------------------------------------------------------------------


def forming(congregations: Collection[int]) -> Iterator[PulseRow]:
    """Crews that still look for people."""
    for crew in forming_crews(congregations)[:MOST_PULSE]:
        missing = LAWS[Scale.CREW].missing(crew.size)
        words = ngettext(
            "Called on {day}. One more person, and it can begin.",
            "Called on {day}. {count} more people, and it can begin.",
            missing,
        )
        yield PulseRow(
            need=Need.FORMING,
            since=crew.created_at,
            heading=_("{crew} still looks for people").format(crew=crew),
            words=words.format(day=formatted(localtime(crew.created_at), "j F"), count=missing),
            url=crew.get_absolute_url(),
            action=_("Open {circle}").format(circle=crew),
        )


def alone(congregations: Collection[int]) -> Iterator[PulseRow]:
    """How many people sit at no table; the panel says who."""
    counted = people_without_crew(congregations).order_by("circle__name", "circle")
    rows = counted.values_list("circle__name").annotate(Count("pk"), Min("joined_at"))
    for name, count, since in rows[:MOST_PULSE]:
        heading = ngettext(
            "One person of {circle} has no crew", "{count} people of {circle} have no crew", count
        )
        yield PulseRow(
            need=Need.NO_CREW,
            since=since,
            heading=heading.format(circle=name, count=count),
            words=_("Think of them when a table has an open seat. Some like it so."),
            url=reverse("admin:index"),
            action=_("See who it is"),
            in_panel=False,
        )


# --- on Today -------------------------------------------------------------------------------


def asking(person: Person) -> Iterator[WaitingForReader]:
    """For a steward: that somebody asks to join."""
    stewarded = [seat.circle_id for seat in seats_of(person) if seat.is_steward]
    if not stewarded:
        return
    requests = JoinRequest.objects.waiting().filter(circle__in=stewarded)
    counted = requests.order_by("circle__name").values_list("circle__name").annotate(Count("pk"))
    for name, count in counted[:MOST_ON_TODAY]:
        heading = ngettext(
            "Somebody asks to join {circle}", "{count} people ask to join {circle}", count
        )
        yield WaitingForReader(
            scale=Scale.CONGREGATION,
            heading=heading.format(circle=name, count=count),
            words=_("A yes or a “not now” takes a minute."),
            url=reverse("admin:index"),
            action=_("Read and answer"),
            asks=True,
        )


def panel(person: Person) -> Iterator[Way]:
    """For a steward, and whoever looks after the installation: the way to the panel."""
    if person.is_staff or any(seat.is_steward and seat.circle.is_open for seat in seats_of(person)):
        yield Way(_("Steward’s panel"), reverse("admin:index"))
