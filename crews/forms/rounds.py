"""What people type about a round: when, what its crews begin with, why it is called off."""

from datetime import time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congregation.forms.rounds import InstantForm
from congregation.rules.rounds import USUAL_HOUR
from crews.models import FormingRound
from crews.models.round import (
    LEAST_DAYS,
    LEAST_MINUTES,
    MOST_DAYS,
    MOST_MINUTES,
    MOST_WEEKS,
    USUAL_DAYS,
    USUAL_MINUTES,
)
from crews.rules.lengths import LEAST_MEETINGS, MOST_MEETINGS, USUAL_MEETINGS
from crews.rules.rounds import USUAL_OPEN
from pages.forms import offer
from people.models import Person, one_line
from people.time_zones import zone_info
from practice.forms.fields import number_between
from practice.models import PracticeSession

# Months in which the crews of a round would begin in the northern winter half.
WINTER = {9, 10, 11, 12, 1, 2}


class RoundForm(InstantForm):
    """Opening a round, or changing one; dates by the clock of `zone`."""

    title = forms.CharField(
        label=_("Name"),
        max_length=80,
        validators=[one_line],
        help_text=_("For example “Winter round”."),
    )
    words = forms.CharField(
        label=_("A few words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is this season for? Everybody reads it in the mail that asks them."),
    )
    weeks = number_between(1, MOST_WEEKS, label=_("Weeks from one meeting to the next"), initial=2)
    minutes = number_between(
        LEAST_MINUTES, MOST_MINUTES, label=_("Minutes each time"), initial=USUAL_MINUTES
    )
    meetings = number_between(
        LEAST_MEETINGS, MOST_MEETINGS, label=_("Meetings"), initial=USUAL_MEETINGS
    )
    days_to_answer = number_between(
        LEAST_DAYS, MOST_DAYS, label=_("Days to say yes to a table"), initial=USUAL_DAYS
    )

    field_order = ("title", "words", "day", "at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("Hands until")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "instant" in cleaned:
            cleaned["closes_at"] = cleaned.pop("instant")
        return cleaned


class OpenRoundForm(RoundForm):
    """Opening a round; by hand, or out of something the congregation held of late."""

    gathering = forms.ChoiceField(
        label=_("After a gathering?"),
        required=False,
        help_text=_("Those who were there hear of it first. Everybody may join."),
    )

    def __init__(self, *args: Any, gatherings: list[PracticeSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gatherings = {str(held.pk): held for held in gatherings}
        named = gettext("The gathering of {day}")
        choices = [(key, named.format(day=_day(held))) for key, held in self.gatherings.items()]
        offer(self, "gathering", [("", _("No, by itself")), *choices])
        if not gatherings:
            self.fields["gathering"].widget = forms.HiddenInput()
        self.order_fields(["gathering"])

    def clean_gathering(self) -> PracticeSession | None:
        return self.gatherings.get(self.cleaned_data["gathering"])


def _day(held: PracticeSession) -> str:
    return date_format(timezone.localtime(held.starts_at), "j F")


def usual_round(person: Person, gathering: PracticeSession | None) -> dict[str, Any]:
    """What the form proposes: hands until the evening two weeks on."""
    local = timezone.now().astimezone(person.zone)
    title = gettext("Winter round") if local.month in WINTER else gettext("Summer round")
    if gathering is not None:
        title = gettext("After the gathering of {day}").format(day=_day(gathering))
    return {
        "title": title,
        "day": (local + USUAL_OPEN).date(),
        "at": time(USUAL_HOUR),
        "gathering": str(gathering.pk) if gathering else "",
    }


def standing_round(forming: FormingRound) -> dict[str, Any]:
    """What the form of a change shows: the round as it is, by its own clock."""
    local = forming.closes_at.astimezone(zone_info(forming.time_zone))
    same = ("title", "words", "weeks", "minutes", "meetings", "days_to_answer")
    return {
        **{name: getattr(forming, name) for name in same},
        "instant": forming.closes_at,
        "day": local.date(),
        "at": local.time(),
    }
