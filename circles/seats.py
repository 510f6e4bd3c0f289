"""Where somebody sits, asked once a request; and how many sit where."""

from collections.abc import Callable, Iterable

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from circles.models import Membership
from people.models import Person

MOST = 500


class SeatsMiddleware:
    """Lets the reader's seats be read once for everything that a page shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            request.user.read_once = {}
        return self.get_response(request)


def once[Found](person: Person, name: str, read: Callable[[], Found]) -> Found:
    """What `read` finds: once for the reader of a request, anew for anybody else."""
    if person.read_once is None:
        return read()
    if name not in person.read_once:
        person.read_once[name] = read()
    found: Found = person.read_once[name]
    return found


def seats_of(person: Person) -> list[Membership]:
    """The person's present seats with their circles, by name; also in circles that have ended."""
    seats = Membership.objects.present().of(person).select_related("circle")
    return once(person, "seats", lambda: list(seats.order_by("circle__name", "pk")[:MOST]))


def own_sizes(person: Person) -> dict[int, int]:
    """How many people sit in each of the person's circles."""
    return once(person, "sizes", lambda: sizes(seat.circle_id for seat in seats_of(person)))


def circles_with_seat(person: Person, *scales: str) -> list[int]:
    """Ids of the open circles of these scales in which the person sits."""
    return [
        seat.circle_id
        for seat in seats_of(person)
        if seat.circle.is_open and (not scales or seat.scale in scales)
    ]


def sizes(circles: Iterable[int]) -> dict[int, int]:
    """How many people sit in each of these circles."""
    counted = Membership.objects.present().filter(circle__in=circles).order_by()
    return dict(counted.values_list("circle").annotate(Count("pk")))
