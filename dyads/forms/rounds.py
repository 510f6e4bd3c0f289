"""What people type about pairing: when, what the dyads begin with, until when they pause."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from congregation.forms.rounds import InstantForm
from congregation.rules.rounds import USUAL_HOUR
from dyads.models import PairingRhythm, PairingRound, Place
from dyads.models.round import (
    LEAST_APART,
    LEAST_NOTICE,
    MOST_APART,
    MOST_HOURS_TO_LOOK,
    MOST_NOTICE,
    USUAL_APART,
    USUAL_NOTICE,
)
from dyads.rules.plan import (
    LEAST_MEETINGS,
    LEAST_MINUTES,
    LEAST_WEEKS,
    MOST_MEETINGS,
    MOST_MINUTES,
    MOST_WEEKS,
    USUAL_MEETINGS,
    USUAL_MINUTES,
    USUAL_WEEKS,
)
from dyads.rules.rounds import MOST_AHEAD, USUAL_OPEN, notice_fits, pause_fits
from pages.forms import offer
from people.models import Person
from practice.forms.fields import date_input, number_between
from practice.showing.often import how_often

HOURS_TO_LOOK = (6, 24, 48, MOST_HOURS_TO_LOOK)
# For a round that a steward publishes, however long that takes.
WAIT = "wait"
USUAL_PAUSE = timedelta(weeks=8)
SAME = ("weeks", "minutes", "meetings")


class PlanForm(InstantForm):
    """When the pairing is made, by the clock of `zone`, and what its dyads begin with."""

    weeks = forms.TypedChoiceField(
        label=_("How often the two meet"), coerce=int, initial=USUAL_WEEKS, choices=()
    )
    minutes = number_between(
        LEAST_MINUTES, MOST_MINUTES, label=_("Minutes each time"), initial=USUAL_MINUTES
    )
    meetings = number_between(
        LEAST_MEETINGS, MOST_MEETINGS, label=_("How many times"), initial=USUAL_MEETINGS
    )
    hours_to_look = forms.TypedChoiceField(
        label=_("How the pairs are published"),
        coerce=lambda said: None if said == WAIT else int(said),
        help_text=_("Stewards see them first either way, and may change them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("Day of the pairing")
        standing = self.initial.get("hours_to_look")
        hours = sorted({*HOURS_TO_LOOK, *([standing] if isinstance(standing, int) else [])})
        waits = (WAIT, gettext("By a steward"))
        choices = [waits, *((hour, _after(hour)) for hour in hours)]
        offer(self, "hours_to_look", choices)
        choices = [(number, how_often(number)) for number in range(LEAST_WEEKS, MOST_WEEKS + 1)]
        offer(self, "weeks", choices)


def _after(hours: int) -> str:
    return ngettext(
        "By themselves after {hours} hour",
        "By themselves after {hours} hours",
        hours,
    ).format(hours=hours)


class RoundForm(PlanForm):
    """Opening a round, or changing one."""

    words = forms.CharField(
        label=_("A few words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads them in the mail that tells of the pairing."),
    )
    field_order = ("words", "day", "at")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "instant" in cleaned:
            cleaned["pairs_at"] = cleaned.pop("instant")
        return cleaned


class RhythmForm(PlanForm):
    """Pairing again and again."""

    most_ahead = MOST_AHEAD
    too_far = _("Choose a day within a year.")

    apart = number_between(
        LEAST_APART, MOST_APART, label=_("Weeks between pairings"), initial=USUAL_APART
    )
    notice = number_between(
        LEAST_NOTICE,
        MOST_NOTICE,
        label=_("Days of notice"),
        initial=USUAL_NOTICE,
        help_text=_("So long before, everybody hears of it."),
    )
    field_order = ("day", "at", "apart", "notice")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("Day of the next pairing")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "instant" in cleaned:
            cleaned["next_at"] = cleaned.pop("instant")
        if {"notice", "apart"} <= cleaned.keys() and not notice_fits(
            cleaned["notice"], cleaned["apart"]
        ):
            self.add_error(
                "notice",
                _("That notice would begin before the pairing before it. Choose fewer days."),
            )
        return cleaned


def usual_round(person: Person) -> dict[str, Any]:
    """What the form proposes: the evening five days on."""
    return {"day": (timezone.now().astimezone(person.zone) + USUAL_OPEN).date(), **_evening()}


def usual_rhythm(person: Person) -> dict[str, Any]:
    """The same evening of the next week, so that there is notice before the first one."""
    day = timezone.now().astimezone(person.zone) + timedelta(days=USUAL_NOTICE + 2)
    return {"day": day.date(), **_evening()}


def _evening() -> dict[str, Any]:
    return {"at": time(USUAL_HOUR), "hours_to_look": WAIT}


def standing(round: PairingRound) -> dict[str, Any]:
    """What the form of a change shows: the round as it is, by its own clock."""
    return {"words": round.words, **_standing(round, round.pairs_at)}


def standing_rhythm(rhythm: PairingRhythm) -> dict[str, Any]:
    """What the form of a change shows: the rhythm as it is."""
    return {
        "apart": rhythm.apart,
        "notice": rhythm.notice,
        **_standing(rhythm, rhythm.next_at),
    }


def _standing(plan: PairingRound | PairingRhythm, instant: datetime) -> dict[str, Any]:
    local = instant.astimezone(plan.zone)
    same = {name: getattr(plan, name) for name in SAME}
    hours = WAIT if plan.hours_to_look is None else plan.hours_to_look
    when = {"instant": instant, "day": local.date(), "at": local.time()}
    return {**same, **when, "hours_to_look": hours}


class AnswerForm(forms.Form):
    """Yes to a round, or skipping it."""

    answer = forms.ChoiceField(choices=[(one.value, one.label) for one in Place.Answer if one])

    def clean_answer(self) -> Place.Answer:
        return Place.Answer(self.cleaned_data["answer"])


class PauseForm(forms.Form):
    """Until when somebody is paired by no round."""

    until = forms.DateField(label=_("No pairing before"), widget=date_input())

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.now().astimezone(person.zone).date()
        self.fields["until"].initial = self.today + USUAL_PAUSE

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if not pause_fits(until, self.today):
            raise forms.ValidationError(_("Choose a day that is still to come, within a year."))
        return until
