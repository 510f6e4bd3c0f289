"""How a circle meets again and again."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from circles.scales import Scale
from practice.forms.fields import LinkField, PlaceField, PracticeField, RoomField
from practice.forms.often import OftenForm, often_of
from practice.forms.when import WhenForm
from practice.rooms import new_room


class RhythmForm(OftenForm, WhenForm):
    """How often a circle meets, from when, and with which practice."""

    place = PlaceField()
    link = LinkField()
    field_order = (
        "every",
        "weeks",
        "day",
        "at",
        "time_zone",
        "minutes",
        "meetings",
        "open_ended",
        "practice",
    )

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("First day")
        if circle.scale == Scale.SELF:
            # What for and where is nobody's business, and a plan is not sealed.
            del self.fields["place"], self.fields["link"]
            self.order_fields(self.field_order)
            self.fields["meetings"].help_text = ""
            self.fields["meetings"].label = _("How many times")
            self.fields["weeks"].label = _("Weeks from one to the next")
            self.fields["open_ended"].label = _("Go on without an end, until you call it off")
            return
        self.fields["practice"] = PracticeField(circle)
        if settings.ROOM_BASE_URL:
            self.fields["room"] = RoomField()
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.pop("room", False):
            cleaned["link"] = new_room()
        return cleaned


def rule_of(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, in the words of `services.set_rhythm`."""
    return {
        **often_of(typed),
        "starts_on": typed["day"],
        "at": typed["at"],
        "time_zone": typed["time_zone"],
        "minutes": typed["minutes"],
    }
