"""A standing role of a crew."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pages.forms import ModelForm
from practice.models import StandingRole


class StandingRoleForm(ModelForm[StandingRole]):
    """What it is called, and what for."""

    class Meta:
        model = StandingRole
        fields = ("name", "what_for")
        help_texts = {
            "name": _("A word or two: “tea maker”, “door keeper”."),
            "what_for": _("In one line, so that whoever has it next knows."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
