"""What somebody left over chooses, and what the pair that is asked says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dyads.models import Place

SAY = {"invalid_choice": _("Choose one of the two."), "required": _("Choose one of the two.")}


class LeftOverForm(forms.Form):
    """Three this time, or first place next time."""

    wants = forms.ChoiceField(
        choices=[(Place.Wants.TRIO.value, ""), (Place.Wants.FIRST.value, "")], error_messages=SAY
    )


class TrioForm(forms.Form):
    """Yes or no."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")], error_messages=SAY)
