"""What people type about a call, and about two tables."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crews.models import Split
from pages.forms import ModelForm


class LetRestForm(forms.Form):
    """A word to those who are in, for whoever has one."""

    words = forms.CharField(
        label=_("A word to those who are in"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the mail that tells them. No reason is needed."),
    )


class TableNamesForm(ModelForm[Split]):
    """What the two tables will be called."""

    class Meta:
        model = Split
        fields = ("first_name", "second_name")
        labels = {
            "first_name": _("The first table is called"),
            "second_name": _("The second table is called"),
        }
