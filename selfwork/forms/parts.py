"""What is known of a part. Limits are wide; nothing typed is lost at them."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pages.pictures.around import shape_sign
from selfwork.models import Colour, Shape


def _few_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "dir": "auto"})


class PartForm(forms.Form):
    """A part: its name, and questions that may wait, and how it looks."""

    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=200,
        help_text=_("A name you could say to its face: “the one who checks the door twice”."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
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
    needs = forms.CharField(
        label=_("What does it need?"), max_length=2000, required=False, widget=_few_lines()
    )
    shows_up = forms.CharField(
        label=_("When does it show up?"), max_length=2000, required=False, widget=_few_lines()
    )
    colour = forms.ChoiceField(
        label=_("What colour is it?"), choices=Colour, required=False, widget=forms.RadioSelect
    )
    shape = forms.ChoiceField(
        label=_("What shape?"), choices=Shape, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each with its sign beside its word.
        for name, signs in (
            ("colour", [(one.value, shape_sign(one, "round"), one.label) for one in Colour]),
            ("shape", [(one.value, shape_sign("plain", one), one.label) for one in Shape]),
        ):
            choices = [(value, format_html("{} {}", sign, word)) for value, sign, word in signs]
            self.fields[name].widget.choices = choices
