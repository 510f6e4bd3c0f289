"""What the two agreed with the invitation, for the form that sets their rhythm."""

from typing import Any

from circles.models import Circle
from circles.scales import Scale
from dyads.models import Dyad
from library.models import Practice
from practice.forms.often import often_initial

STEWARDING_TALK = "stewarding-talk"


def planned(circle: Circle) -> dict[str, Any]:
    """How often, how long, how many times; in stewarding, the practice made for it."""
    if circle.scale != Scale.DYAD:
        return {}
    dyad = Dyad.objects.get(pk=circle.pk)
    found = {**often_initial("week", dyad.weeks, dyad.meetings), "minutes": dyad.minutes}
    if dyad.meetings == 1:
        found["every"] = "once"
    if dyad.goes_one_way:
        talk = Practice.objects.filter(slug=STEWARDING_TALK).values_list("pk", flat=True).first()
        found["practice"] = talk
    return found
