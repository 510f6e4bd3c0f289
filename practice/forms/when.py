"""A moment, and a rhythm that begins with one."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from people.time_zones import zone_info
from practice.forms.fields import (
    LinkField,
    PlaceField,
    PracticeField,
    date_input,
    time_input,
    zone_choices,
)
from practice.models import PracticeSession, Rhythm
from practice.models.rhythm import LEAST_MINUTES, MOST_MINUTES
from practice.recurrence import MOST_MEETINGS, moment

FURTHEST = timedelta(days=2 * 366)


class WhenForm(forms.Form):
    """A day and a time on the wall of one zone."""

    day = forms.DateField(label=_("Day"), widget=date_input())
    at = forms.TimeField(label=_("Time"), widget=time_input())
    time_zone = forms.ChoiceField(label=_("By the clock of"))
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=90
    )

    def __init__(self, *args: Any, zones: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices(*zones)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        # Days at the ends of the calendar cannot even be turned into a moment.
        if abs(cleaned["day"] - timezone.now().date()) > 2 * FURTHEST:
            self.add_error("day", _("Choose a day within the next two years."))
            return cleaned
        starts_at = moment(cleaned["day"], cleaned["at"], zone_info(cleaned["time_zone"]))
        now = timezone.now()
        if starts_at <= now:
            self.add_error("day", _("That moment has passed. Choose one that is still to come."))
        elif starts_at > now + FURTHEST:
            self.add_error("day", _("That is more than two years away. Choose a nearer day."))
        cleaned["starts_at"] = starts_at
        return cleaned


class RhythmForm(WhenForm):
    """How often a circle meets, from when, and with which practice."""

    every = forms.ChoiceField(label=_("How often"), choices=Rhythm.Every, widget=forms.RadioSelect)
    meetings = forms.IntegerField(
        label=_("How many meetings"),
        min_value=1,
        max_value=MOST_MEETINGS,
        initial=6,
        required=False,
        help_text=_("Six is a good first cycle. Then it ends, unless you all choose otherwise."),
    )
    place = PlaceField()
    link = LinkField()
    field_order = ["every", "day", "at", "time_zone", "minutes", "meetings", "practice"]

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"] = PracticeField(circle)
        self.fields["day"].label = _("First day")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("every") == Rhythm.Every.ONCE:
            cleaned["meetings"] = 1
        elif cleaned.get("meetings") is None and "meetings" not in self.errors:
            self.add_error(
                "meetings",
                _("Say how many times you want to meet, 1 to {most}.").format(most=MOST_MEETINGS),
            )
        return cleaned


def local_initial(session: PracticeSession) -> dict[str, Any]:
    """The meeting's day, time and zone as the move form shows them."""
    local: datetime = session.starts_at.astimezone(zone_info(session.time_zone))
    return {
        "day": local.date(),
        "at": local.time(),
        "time_zone": session.time_zone,
        "minutes": session.minutes,
    }
