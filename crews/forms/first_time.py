"""Taking one of the times that suit all at a new table."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FirstTimeForm(forms.Form):
    """The time of the button that was pressed."""

    at = forms.DateTimeField(
        error_messages={
            "required": _("Choose one of the times."),
            "invalid": _("Choose one of the times."),
        }
    )
