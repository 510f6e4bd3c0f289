"""Inviting somebody to one meeting."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import Person, one_line


class GuestForm(forms.Form):
    """Whom, and a word with it."""

    word = forms.CharField(
        label=_("A word with it"),
        max_length=200,
        required=False,
        validators=[one_line],
        help_text=_("What you wish for: “Come and listen to Ama’s case with us.”"),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ModelChoiceField(
            people, label=_("Whom?"), empty_label=_("Choose somebody")
        )
        self.order_fields(["person", "word"])
