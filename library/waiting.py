"""What of the library waits on Today."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from circles.seats import seats_of
from library.models import Draft
from pages.registry import Waiting
from people.models import Person

MOST = 3


def offered(person: Person) -> Iterator[Waiting]:
    """For those who publish: what somebody has written."""
    homes = {
        seat.circle_id: seat.circle
        for seat in seats_of(person)
        if seat.is_steward or seat.scale == "crew"
    }
    if not homes:
        return
    drafts = Draft.objects.offered().filter(home__in=homes).exclude(written_by=person)
    for draft in drafts.select_related("written_by").order_by("offered_at")[:MOST]:
        home = homes[draft.home_id or 0]
        yield Waiting(
            scale=home.scale,
            heading=_("{who} has written a practice for {circle}").format(
                who=draft.written_by.first_name, circle=home
            ),
            said=str(draft),
            url=draft.get_absolute_url(),
            action=_("Read it"),
        )
