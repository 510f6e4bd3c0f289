"""Who speaks first at the next meeting."""

from collections.abc import Collection

from django.db.models import F

from circles.models import Membership
from dyads.showing.now import DyadNow
from practice.showing.opening import Opening, opening_of


def opening(now: DyadNow) -> Opening | None:
    """Who begins next time; None before a meeting is set."""
    if not now.is_complete or now.meetings.next is None:
        return None
    return opening_of(now.meetings.next.session, now.reader, now.people)


def supported(circles: Collection[int]) -> dict[int, int]:
    """Who is supported (an id), of those circles that are dyads with one who stewards."""
    seats = (
        Membership.objects.present()
        .filter(circle__in=circles, circle__dyad__steward_seat__isnull=False)
        .exclude(seat=F("circle__dyad__steward_seat"))
    )
    return dict(seats.values_list("circle", "person"))
