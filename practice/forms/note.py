"""A note about a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.models.note import LONGEST_NOTE


class NoteForm(forms.Form):
    """A few words for the circle."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands on a page with other forms.
        kwargs.setdefault("auto_id", "note_%s")
        super().__init__(*args, **kwargs)
