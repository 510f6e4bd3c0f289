"""What is known of a part. Limits are wide; nothing typed is lost at them."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _few_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})


class PartForm(forms.Form):
    """A part: its name, and three questions that may wait."""

    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=200,
        help_text=_("A name you could say to its face: “the one who checks the door twice”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body_place = forms.CharField(
        label=_("Where in your body do you notice it?"),
        max_length=2000,
        required=False,
        widget=_few_lines(),
    )
    does_for_me = forms.CharField(
        label=_("What does it do for you?"), max_length=2000, required=False, widget=_few_lines()
    )
    fears = forms.CharField(
        label=_("What is it afraid would happen if it stopped?"),
        max_length=2000,
        required=False,
        widget=_few_lines(),
    )
