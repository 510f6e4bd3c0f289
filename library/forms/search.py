"""Looking for a practice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from library.models import Practice


class SearchForm(forms.Form):
    """By words, scale, people and time; everything may stay empty."""

    words = forms.CharField(label=_("Words"), max_length=80, required=False)
    scale = forms.ChoiceField(
        label=_("Scale"), choices=[("", _("any")), *Practice.Scale.choices], required=False
    )
    people = forms.IntegerField(
        label=_("How many are you?"), min_value=1, max_value=200, required=False
    )
    minutes = forms.IntegerField(
        label=_("Minutes you have"), min_value=1, max_value=1440, required=False
    )
