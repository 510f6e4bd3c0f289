"""What somebody says with a raised hand: hours, interests, with whom, a word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.forms import PreferencesForm
from crews.models import Participant
from crews.rules.interests import LONGEST, MOST_OWN, TOPICS, own_in, own_words, topics_in
from pages.converters import row_in
from people.forms import HoursForm, grid
from people.models import Person


class HandForm(PreferencesForm, HoursForm):
    """A hand in a round."""

    keeps_hours = forms.BooleanField(
        label=_("Keep these hours as my usual ones, too"), required=False
    )
    interests = forms.MultipleChoiceField(
        label=_("What would you like to do or talk about?"),
        choices=list(TOPICS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = forms.CharField(
        label=_("Something else"),
        max_length=MOST_OWN * (LONGEST + 2),
        required=False,
        help_text=_("Up to three, with commas between them."),
    )
    word = forms.CharField(
        label=_("A word for the others"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody in the congregation can read it beside your name."),
    )

    def clean_hours(self) -> list[int]:
        hours: list[int] = self.cleaned_data["hours"]
        if not hours:
            raise forms.ValidationError(
                _("Without hours nobody can find you a table. Tick at least one.")
            )
        return hours

    def clean_own(self) -> list[str]:
        own = own_words(self.cleaned_data["own"])
        if len(own_in(own)) > MOST_OWN:
            raise forms.ValidationError(_("Three of your own at most."))
        if any(len(one) > LONGEST for one in own):
            raise forms.ValidationError(_("A few words each: forty letters at most."))
        return own

    @property
    def rows(self) -> list[tuple[int, list[tuple[int, bool]]]]:
        """The grid of the week, as it was sent or as it stands."""
        if self.is_bound:
            sent = self.data.getlist("hours") if hasattr(self.data, "getlist") else []
            return grid([hour for one in sent if (hour := row_in(one)) is not None])
        return grid(list(self.initial.get("hours", ())))

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        cleaned = self.cleaned_data
        return {
            "hours": self.chosen(),
            "interests": list(dict.fromkeys([*cleaned["interests"], *cleaned["own"]])),
            "word": cleaned["word"],
            "wishes": cleaned["wishes"],
            "refusals": cleaned["refusals"],
            "keeps_hours": cleaned["keeps_hours"],
        }


def standing_hand(hand: Participant | None, person: Person) -> dict[str, Any]:
    """What the form begins with: the hand that is up, or the person's usual hours."""
    if hand is None or hand.withdrawn_at is not None:
        return {"hours": person.suitable_hours}
    return {
        "hours": hand.hours,
        "interests": topics_in(hand.interests),
        "own": ", ".join(own_in(hand.interests)),
        "word": hand.word,
    }
