"""What people type about themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pages.forms import ModelForm, offer
from people.languages import LANGUAGES, with_first
from people.models import Person, one_line
from people.time_zones import former_names, known_zones, places, validate_zone
from people.week import FIRST_HOUR, HOURS_IN_WEEK, LAST_HOUR, cleaned, hour_of_week


class ZoneSelect(forms.Select):
    """Every place by name; the browser's own guess is chosen by `time-zone.js`."""

    def __init__(self) -> None:
        named = [(zone, zone.replace("_", " ")) for zone in places()]
        choices = [("", _("Choose the place nearest to you")), *named]
        super().__init__(choices=choices, attrs={"data-zone": ""})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if former := former_names().get(value):
            option["attrs"]["data-formerly"] = " ".join(former)
        return option


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )


class SignupNameForm(forms.Form):
    """What we ask besides e-mail and password, at the door."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        validators=[one_line],
        help_text=_("As you want to be called at a table."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = forms.CharField(
        label=_("Your time zone"),
        max_length=64,
        validators=[validate_zone],
        widget=ZoneSelect(),
        help_text=_("We show you every hour by this clock."),
    )
    field_order = ("name", "email", "password1", "time_zone")

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by allauth once the person is stored."""
        user.name = self.cleaned_data["name"]
        user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["name", "time_zone"])


class ProfileForm(ModelForm[Person]):
    """Name, pronouns, languages, a few words, the time zone."""

    languages = forms.MultipleChoiceField(
        label=_("Languages you like to speak"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Person
        fields = ("name", "pronouns", "about", "time_zone", "languages")
        widgets = {"about": forms.Textarea(attrs={"rows": 3}), "time_zone": ZoneSelect()}
        help_texts = {
            "pronouns": _("For example she/her, they/them."),
            "about": _("Two sentences for people you have not met yet."),
        }

    def __init__(self, *args: Any, spoken: Iterable[str] = (), **kwargs: Any) -> None:
        """`spoken` are codes of languages the browser asks for; they stand first, unticked."""
        super().__init__(*args, **kwargs)
        first = self.instance.languages or spoken
        offer(self, "languages", with_first(first))
        own = self.instance.time_zone
        if own in known_zones() and own not in places():
            widget = self.fields["time_zone"].widget
            widget.choices = [(own, own), *widget.choices]


class HoursForm(forms.Form):
    """The week as a grid of whole hours."""

    hours = forms.TypedMultipleChoiceField(
        choices=[(hour, "") for hour in range(HOURS_IN_WEEK)], coerce=int, required=False
    )

    def chosen(self) -> list[int]:
        """The hours ticked, sorted."""
        return cleaned(self.cleaned_data["hours"])


Grid = list[tuple[int, list[tuple[int, bool]]]]


def grid(chosen: list[int]) -> Grid:
    """Rows of the picture: an hour of the day, and for each day its hour of the week and tick."""
    ticked = set(chosen)
    return [
        (hour, [(hour_of_week(day, hour), hour_of_week(day, hour) in ticked) for day in range(7)])
        for hour in range(FIRST_HOUR, LAST_HOUR + 1)
    ]


class FarewellForm(forms.Form):
    """Typing one's own address, so that nobody deletes themselves by a slip of the thumb."""

    email = forms.EmailField(label=_("Type your e-mail address to confirm"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if email != self.person.email:
            raise forms.ValidationError(_("This is not the address you sign in with."))
        return email
