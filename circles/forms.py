"""What people type about seats."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from circles.models import Invitation, JoinRequest, Preference
from circles.services.preferences import MOST_REFUSALS, MOST_WISHES
from pages.forms import ModelForm
from people.models import Person


class AskForm(ModelForm[JoinRequest]):
    """A few words with a raised hand."""

    class Meta:
        model = JoinRequest
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "message": _("What draws you here? One sentence is enough. You can leave it empty.")
        }


class InviteForm(ModelForm[Invitation]):
    """Whom to invite, by mail."""

    class Meta:
        model = Invitation
        fields = ["email", "message"]
        labels = {"email": _("Their e-mail address")}
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "message": _("They read this first. A warm sentence does more than a long one.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class LeaveForm(forms.Form):
    """A word to those who stay, for whoever has one."""

    words = forms.CharField(
        label=_("A word to those who stay"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A thank-you, perhaps. It stands in the mail that tells them; no reason needed."
        ),
    )


class PeopleField(forms.TypedMultipleChoiceField):
    """Some people of a list, at most so many; those chosen already stand first."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(coerce=int, required=False, **kwargs)

    def offer(self, people: list[Person], chosen: set[int]) -> None:
        """Fill the list. What is chosen already may stay, also when it is more than so many."""
        self.most = max(self.most, len(chosen))
        first = sorted(people, key=lambda one: one.pk not in chosen)
        self.choices = [(one.pk, f"{one}, {one.city}") for one in first]

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if len(chosen) > self.most:
            said = ngettext("Choose {most} at most.", "Choose {most} at most.", self.most)
            raise forms.ValidationError(said.format(most=self.most))
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
