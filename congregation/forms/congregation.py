"""What people type about a congregation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congregation.models import FEWEST, MOST, Congregation
from pages.forms import ModelForm

BOUNDS = {
    "min_value": _("Fewer than %(limit_value)s is a crew or two. Choose at least that many."),
    "max_value": _("More than %(limit_value)s are strangers. Choose at most that many."),
}


class FoundForm(ModelForm[Congregation]):
    """What a congregation needs on its first day."""

    class Meta:
        model = Congregation
        fields = ["name", "intention", "about", "is_listed"]
        labels = {
            "name": _("What is it called?"),
            "intention": _("What is it for?"),
            "about": _("About it, for people who think of joining"),
            "is_listed": _("Let people find it and ask to join"),
        }
        help_texts = {
            "intention": _("One or two sentences that you would say aloud."),
            "is_listed": _(
                "Anybody signed in can find it, read what it is about and ask. A steward answers. "
                "Left empty, only those you invite know of it."
            ),
        }
        widgets = {
            "intention": forms.Textarea(attrs={"rows": 2}),
            "about": forms.Textarea(attrs={"rows": 5}),
        }


class EditForm(FoundForm):
    """The same, and its own bounds."""

    least = forms.IntegerField(
        label=_("From how many people on is it a congregation?"),
        min_value=FEWEST,
        max_value=MOST,
        error_messages=BOUNDS,
        help_text=_("Below that it says that it is still beginning. Thirty is a good number."),
    )
    seats = forms.IntegerField(
        label=_("How many people can it hold?"),
        min_value=FEWEST,
        max_value=MOST,
        error_messages=BOUNDS,
        help_text=_(
            "Up to two hundred; beyond that people are strangers. Around sixty is often right."
        ),
    )

    class Meta(FoundForm.Meta):
        fields = ["name", "intention", "about", "is_listed", "least", "seats"]


class SearchForm(forms.Form):
    """Words to look for; empty shows everything."""

    q = forms.CharField(label=_("Look for"), max_length=80, required=False)
