"""What one looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Words, all of which must be there."""

    words = forms.CharField(
        label=_("Words you remember"),
        max_length=200,
        help_text=_("All of them must be there. Capitals and accents do not matter."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
