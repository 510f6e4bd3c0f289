"""Where a part stands, and how it relates to another."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import offer
from selfwork.showing.parts import OpenPart

STEPS = (
    ("left", _("Left")),
    ("right", _("Right")),
    ("up", _("Up")),
    ("down", _("Down")),
    ("nearer", _("Nearer to you")),
    ("farther", _("Farther from you")),
)
# As they are said of a part: selfwork.rules.ties.WAYS.
WAYS = (
    ("protects", _("protects")),
    ("is_protected", _("is protected by")),
    ("quarrels", _("quarrels with")),
    ("comforts", _("comforts")),
    ("is_comforted", _("is comforted by")),
)
FAR = 100_000


class PlaceForm(forms.Form):
    """A step by a button, or a point from the script."""

    step = forms.ChoiceField(choices=STEPS, required=False)
    x = forms.IntegerField(min_value=-FAR, max_value=FAR, required=False)
    y = forms.IntegerField(min_value=-FAR, max_value=FAR, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        found = self.cleaned_data
        if not found.get("step") and (found.get("x") is None or found.get("y") is None):
            raise forms.ValidationError(_("Say where it goes."))
        return found


class WayForm(forms.Form):
    """How this part relates to another."""

    way = forms.ChoiceField(label=_("This part"), choices=WAYS)

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if name:
            self.fields["way"].label = name


class TieForm(WayForm):
    """How this part relates, and to which; `others` are ids with names."""

    other = forms.TypedChoiceField(label=_("the part"), coerce=int)

    def __init__(self, *args: Any, others: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "other", others)


def tie_form(part: OpenPart, everyone: Iterable[OpenPart], sent: Any = None) -> TieForm:
    """For one of the owner's parts, and all the others."""
    others = [(one.pk, one.name) for one in everyone if one.pk != part.pk]
    return TieForm(sent, name=part.name, others=others)
