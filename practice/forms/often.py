"""How often, and how many times."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from practice.forms.fields import number_between
from practice.models import Rhythm
from practice.rules.recurrence import MOST_MEETINGS, MOST_WEEKS, OFTEN

# "Every few weeks" asks for a number besides; the others are `practice.rules.recurrence.OFTEN`.
OFTEN_IN_WORDS = (
    ("once", _("just once")),
    ("week", _("every week")),
    ("fortnight", _("every other week")),
    ("weeks", _("every few weeks")),
    ("month", _("every month, on the same weekday")),
)


class OftenForm(forms.Form):
    """How often a circle meets, and when that ends."""

    every = forms.ChoiceField(
        label=_("How often"), choices=OFTEN_IN_WORDS, widget=forms.RadioSelect
    )
    weeks = number_between(
        1,
        MOST_WEEKS,
        label=_("Weeks from one meeting to the next"),
        initial=3,
        required=False,
    )
    meetings = number_between(
        1,
        MOST_MEETINGS,
        label=_("How many meetings"),
        initial=6,
        required=False,
        help_text=_("Six is a good first cycle. Then it ends, unless you all choose otherwise."),
    )
    open_ended = forms.BooleanField(
        label=_("Go on without an end, until somebody calls it off"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        every = cleaned.get("every")
        has_number = every != "once" and not cleaned.get("open_ended")
        if every == "weeks":
            self._require("weeks", _now("Say how many weeks, 1 to {most}."), MOST_WEEKS)
        else:
            self.errors.pop("weeks", None)
        if has_number:
            said = _now("Say how many times you want to meet, 1 to {most}.")
            self._require("meetings", said, MOST_MEETINGS)
        else:
            self.errors.pop("meetings", None)
        return cleaned

    def _require(self, name: str, said: str, most: int) -> None:
        """A number that is only asked for beside some other choice; else it does not matter."""
        if self.cleaned_data.get(name) is None and name not in self.errors:
            self.add_error(name, said.format(most=most))


def often_of(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, in the words of a rhythm."""
    every, interval = OFTEN.get(typed["every"]) or ("week", typed["weeks"])
    once = every == Rhythm.Every.ONCE
    return {
        "every": every,
        "interval": interval,
        "meetings": 1 if once else None if typed["open_ended"] else typed["meetings"],
    }


def often_initial(every: str, interval: int, meetings: int | None) -> dict[str, Any]:
    """The same the other way round: a rule, as the form shows it."""
    said = {rule: word for word, rule in OFTEN.items()}
    return {
        "every": said.get((every, interval), "weeks"),
        "weeks": interval,
        "meetings": meetings,
        "open_ended": meetings is None,
    }
