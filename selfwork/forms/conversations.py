"""Something said to a part, or by it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from selfwork.models import Voice

LONGEST_TURN = 20_000


class TurnForm(forms.Form):
    """Who speaks, and what they say; `name` is the part's. For `key` and `version` see `Unsent`."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, required=False, max_value=2**31 - 1
    )
    voice = forms.ChoiceField(
        label=_("Who speaks?"), choices=Voice, initial=Voice.ME, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST_TURN,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if name:
            voices = [(Voice.ME.value, _("You")), (Voice.PART.value, name)]
            self.fields["voice"].widget.choices = voices

    def clean_body(self) -> str:
        """Blank lines around are kept while typing, and dropped when said."""
        body: str = self.cleaned_data["body"].strip()
        if not body:
            raise forms.ValidationError(_("Nothing is said yet."))
        return body

    def clean_version(self) -> int:
        """0 when the page has saved nothing yet."""
        return self.cleaned_data["version"] or 0


class UnsentForm(TurnForm):
    """The same while it is typed: it may be empty."""

    body = forms.CharField(max_length=LONGEST_TURN, strip=False, required=False)

    def clean_body(self) -> str:
        """As it is typed."""
        return str(self.cleaned_data["body"])


class KeyForm(forms.Form):
    """Which words that were typed and not said."""

    key = forms.UUIDField()


def new_key() -> uuid.UUID:
    """A key for something that is about to be typed."""
    return uuid.uuid4()
