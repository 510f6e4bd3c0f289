"""What people type about seats."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.models import Invitation, JoinRequest
from pages.forms import ModelForm


class AskForm(ModelForm[JoinRequest]):
    """A few words with a raised hand."""

    class Meta:
        model = JoinRequest
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "message": _("What draws you here? One sentence is enough. You can leave it empty.")
        }


class InviteForm(ModelForm[Invitation]):
    """Whom to invite, by mail."""

    class Meta:
        model = Invitation
        fields = ["email", "message"]
        labels = {"email": _("Their e-mail address")}
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "message": _("They read this first. A warm sentence does more than a long one.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class LeaveForm(forms.Form):
    """A word to those who stay, for whoever has one."""

    words = forms.CharField(
        label=_("A word to those who stay"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A thank-you, perhaps. It stands in the mail that tells them; no reason needed."
        ),
    )
