"""What people type about any round: until when, and a word with a no."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congregation.rules.rounds import LEAST_OPEN, MOST_OPEN
from people.time_zones import city, zone_info
from people.wall_clock import moment
from practice.forms.fields import date_input, time_input


class InstantForm(forms.Form):
    """A day and an hour by the clock of `zone`: cleaned, they are the `instant`."""

    most_ahead = MOST_OPEN
    too_far = _("Choose a day within the next ninety.")
    too_near = _("Give people a day at least: choose a later day.")

    day = forms.DateField(widget=date_input())
    at = forms.TimeField(label=_("Hour"), widget=time_input())

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone_info(zone)
        clock = gettext("By the clock of {city}.").format(city=city(zone))
        self.fields["at"].help_text = clock
        self.standing: datetime | None = self.initial.get("instant")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "day" not in cleaned or "at" not in cleaned:
            return cleaned
        now = timezone.now()
        day = cleaned.pop("day")
        # Days at the ends of the calendar cannot even be turned into a moment.
        away = day - now.date()
        if away < -LEAST_OPEN or away > 2 * self.most_ahead:
            self.add_error("day", self.too_far if away > LEAST_OPEN else self.too_near)
            return cleaned
        instant = moment(day, cleaned.pop("at"), self.zone)
        if self.standing and instant == self.standing.replace(second=0, microsecond=0):
            # What stands may stand, however near it is, and to the second.
            instant = self.standing
        elif instant - now < LEAST_OPEN:
            self.add_error("day", self.too_near)
        elif instant - now > self.most_ahead:
            self.add_error("day", self.too_far)
        cleaned["instant"] = instant
        return cleaned


class WordForm(forms.Form):
    """A word with a no, or with calling off."""

    word = forms.CharField(
        label=_("A word with it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
