"""A moment on somebody’s wall."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.forms import offer
from people.time_zones import zone_info
from practice.forms.fields import (
    WhichField,
    date_input,
    number_between,
    time_input,
    zone_choices,
)
from practice.models import PracticeSession
from practice.models.rhythm import LEAST_MINUTES, MOST_MINUTES
from practice.rules.recurrence import moment
from practice.services import FURTHEST


class WhenForm(forms.Form):
    """A day and a time on the wall of one zone."""

    day = forms.DateField(label=_("Day"), widget=date_input())
    at = forms.TimeField(label=_("Time"), widget=time_input())
    time_zone = forms.ChoiceField(label=_("By the clock of"))
    minutes = number_between(LEAST_MINUTES, MOST_MINUTES, label=_("Minutes"), initial=90)

    def __init__(self, *args: Any, zones: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", zone_choices(*zones))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"day", "at", "time_zone"} <= cleaned.keys():
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


class MoveForm(WhenForm):
    """Another moment: for one meeting, or for it and the `more` that follow."""

    def __init__(self, *args: Any, more: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if more:
            self.fields["which"] = WhichField(more)
            self.order_fields(["which"])

    @property
    def is_for_following(self) -> bool:
        """Whether all that follow are meant, too."""
        return self.cleaned_data.get("which") == "following"


def local_initial(session: PracticeSession) -> dict[str, Any]:
    """The meeting's day, time and zone as the move form shows them."""
    local: datetime = session.starts_at.astimezone(zone_info(session.time_zone))
    return {
        "day": local.date(),
        "at": local.time(),
        "time_zone": session.time_zone,
        "minutes": session.minutes,
    }
