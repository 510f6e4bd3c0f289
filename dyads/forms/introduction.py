"""What one of two who were paired says: a time, and whether they met."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dyads.models import Introduction
from dyads.services.introducing import offered
from pages.forms import offer


class TimeForm(forms.Form):
    """One of the times that are offered."""

    at = forms.TypedChoiceField(
        coerce=datetime.fromisoformat,
        error_messages={
            "invalid_choice": _("That time has passed, or there are new ones. Look once more."),
            "required": _("Choose one of the times."),
        },
    )

    def __init__(self, *args: Any, introduction: Introduction, now: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        moments = [one.isoformat() for one in offered(introduction, now)]
        offer(self, "at", [(one, one) for one in moments])


class MetForm(forms.Form):
    """Yes or no."""

    met = forms.TypedChoiceField(
        choices=[("yes", _("Yes, we met")), ("no", _("No, not yet"))],
        coerce=lambda said: said == "yes",
        error_messages={
            "invalid_choice": _("Say yes or no."),
            "required": _("Say yes or no."),
        },
    )
