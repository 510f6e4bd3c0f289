"""Days on which a circle does not meet."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practice.forms.fields import date_input


class PauseForm(forms.Form):
    """The first day without a meeting, and the last."""

    first_day = forms.DateField(label=_("First day without a meeting"), widget=date_input())
    last_day = forms.DateField(label=_("Last day without a meeting"), widget=date_input())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This is before the first day. Choose a later one."))
        elif last and last < timezone.localdate():
            self.add_error("last_day", _("These days have passed. Choose some that are to come."))
        return cleaned
