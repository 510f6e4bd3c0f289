"""What people type about a dyad."""

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.models import Invitation
from dyads.models import Dyad
from pages.forms import ModelForm


class AskForm(forms.Form):
    """A few words to somebody of one's congregation."""

    message = forms.CharField(
        label=_("A few words to them"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What made you think of them? How often would you like to talk?"),
    )
    intention = forms.CharField(
        label=_("What for?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("You can find that out together later."),
    )


class BeginForm(AskForm):
    """The same to anybody, by mail."""

    email = forms.EmailField(
        label=_("Their e-mail address"), max_length=Invitation._meta.get_field("email").max_length
    )
    field_order = ("email", "message", "intention")


class FindForm(forms.Form):
    """A name, or a piece of one."""

    who = forms.CharField(max_length=80, required=False)


class DyadForm(ModelForm[Dyad]):
    """What the two are for, and what they agreed."""

    class Meta:
        model = Dyad
        fields = ("intention", "agreements")
        labels = {"intention": _("What for?"), "agreements": _("What you agreed, one a line")}
        help_texts = {
            "agreements": _("How often, how long, what stays between you, when you look back.")
        }
        widgets = {
            "intention": forms.Textarea(attrs={"rows": 3}),
            "agreements": forms.Textarea(attrs={"rows": 6}),
        }
