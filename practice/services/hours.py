"""Asking those who have not said their hours."""

from django.db import transaction
from django.utils import timezone

from circles.models import Circle
from circles.scales import Scale
from circles.services.seats import locked
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person
from practice.services.permission import people_of, require_plan, require_seat


@transaction.atomic
def ask_for_hours(*, circle: Circle, by: Person) -> int:
    """Ask by mail whoever has not said their hours, once a week; returns how many are silent.

    Anybody may ask at a small table, a steward in a congregation. Raises NotAllowed,
    CircleClosed.
    """
    circle = locked(circle)
    if circle.scale == Scale.CONGREGATION:
        require_plan(circle, by)
    else:
        require_seat(circle, by)
    silent = [one for one in people_of(circle) if not one.suitable_hours and one != by]
    about = {"kind": "practice.hours", "ref": circle.pk, "payload": {"who": str(by)}}
    key = f"circle {circle.pk} {timezone.now():%G week %V}"
    owe_all(Notice(key=key, person=person, **about) for person in silent)
    return len(silent)
