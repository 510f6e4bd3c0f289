"""When the private place asks who is there."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _


class DoorForm(forms.Form):
    """One choice of a few: minutes, 0 for each time, "" for never."""

    CHOICES: ClassVar = [
        ("", _("Never: being signed in is enough")),
        (60, _("After an hour without doing anything here")),
        (15, _("After 15 minutes without doing anything here")),
        (5, _("After 5 minutes without doing anything here")),
        (0, _("Each time I come in from another page")),
    ]

    asks_after = forms.TypedChoiceField(
        label=_("When does the door ask?"),
        choices=CHOICES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
