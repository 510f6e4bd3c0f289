"""What somebody says with a raised hand: hours, interests, with whom, a word."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from circles.models import Preference
from circles.services.preferences import MOST_REFUSALS, MOST_WISHES
from crews.models import Participant
from crews.rules.interests import LONGEST, MOST_OWN, TOPICS, own_in, own_words, topics_in
from people.forms import HoursForm, grid
from people.models import Person


class PeopleField(forms.TypedMultipleChoiceField):
    """Some people of a list, at most so many; those chosen already stand first."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(coerce=int, required=False, **kwargs)

    def offer(self, people: list[Person], chosen: set[int]) -> None:
        """Fill the list."""
        first = sorted(people, key=lambda one: one.pk not in chosen)
        self.choices = [(one.pk, f"{one}, {one.city}") for one in first]

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if len(chosen) > self.most:
            said = ngettext_lazy("Choose {most} at most.", "Choose {most} at most.", self.most)
            raise forms.ValidationError(str(said).format(most=self.most))
        return chosen


class PreferencesForm(forms.Form):
    """With whom somebody would like to sit, and with whom rather not."""

    wishes = PeopleField(
        MOST_WISHES,
        label=_("With whom would you like to sit?"),
        help_text=_(
            "Up to five people. Your wishes are yours; where two wish for each other, both are "
            "told once they sit at one table."
        ),
    )
    refusals = PeopleField(
        MOST_REFUSALS,
        label=_("With whom would you rather not?"),
        help_text=_(
            "Up to ten people. Nobody ever sees this: not the stewards, not the person. It is "
            "used for putting tables together and for nothing else, and kept until you change it."
        ),
    )

    def __init__(
        self, *args: Any, people: list[Person], said: dict[int, str], **kwargs: Any
    ) -> None:
        """`said` is what stands: the kind of preference by the id of the person."""
        initial = {
            "wishes": [pk for pk, kind in said.items() if kind == Preference.Kind.WISH],
            "refusals": [pk for pk, kind in said.items() if kind == Preference.Kind.RATHER_NOT],
        }
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name in initial:
            field = cast("PeopleField", self.fields[name])
            field.offer(people, set(initial[name]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if set(cleaned.get("wishes", ())) & set(cleaned.get("refusals", ())):
            self.add_error("refusals", _("Somebody stands in both lists. Leave them in one."))
        return cleaned


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
            return grid([int(hour) for hour in sent if str(hour).isdecimal()])
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
