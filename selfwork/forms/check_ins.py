"""How am I, which parts are here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import offer
from selfwork.rules.feelings import FEELINGS
from selfwork.showing.parts import OpenPart


class CheckInForm(forms.Form):
    """One tap is enough; the rest may stay empty."""

    how = forms.ChoiceField(label=_("How are you?"), choices=FEELINGS, widget=forms.RadioSelect)
    parts = forms.TypedMultipleChoiceField(
        label=_("Who in you is here?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("A word"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, parts: list[OpenPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [(part.pk, part.name) for part in parts if not part.is_aside]
        if here:
            offer(self, "parts", here)
        else:
            del self.fields["parts"]
