"""What people type when they look back, and at an end."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dyads.models.ending import LONGEST_RECEIVED, LONGEST_WORD
from dyads.rules.ending import LONGEST_PAUSE, Choice
from dyads.showing.ending import CHOICES
from library.forms.writing import Line
from practice.forms.fields import date_input


class ThanksForm(forms.Form):
    """What one received from the other."""

    received = forms.CharField(
        label=_("What I received from you"),
        max_length=LONGEST_RECEIVED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("An evening, a question, a way of listening. Small things count."),
    )
    word = Line(
        label=_("A word more"),
        max_length=LONGEST_WORD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LookBackForm(ThanksForm):
    """One of three, what one received, and a word."""

    choice = forms.ChoiceField(
        label=_("How does it go on for you?"),
        choices=[(one.value, CHOICES[one].label) for one in Choice],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three. You can change it until both have answered.")
        },
    )
    field_order = ("choice", "received", "word")

    @property
    def cards(self) -> list[tuple[Any, Any]]:
        """Each choice with what it means."""
        return [(one, CHOICES[Choice(str(one.data["value"]))]) for one in self["choice"]]


class PauseForm(forms.Form):
    """Until when."""

    until = forms.DateField(
        label=_("You are both asked on"),
        widget=date_input(),
        help_text=_("Either of you can begin again before."),
    )

    def clean_until(self) -> Any:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if not today < until <= today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day that is still to come, within a year."))
        return until


class ConsentForm(forms.Form):
    """Whether the congregation may know."""

    allows = forms.BooleanField(
        label=_("I am fine with our congregation knowing that we practise together."),
        required=False,
    )
