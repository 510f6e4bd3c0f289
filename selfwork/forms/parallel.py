"""A note to a meeting, and the one sentence that is carried out."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from pages.forms import ModelChoiceField, offer
from selfwork.models.parallel import LONGEST_LINE
from selfwork.showing.parts import OpenPart

LONGEST_NOTE = 5000


class NoticedForm(forms.Form):
    """Parts that were there, and a few words."""

    parts = forms.TypedMultipleChoiceField(
        label=_("Who of you was there?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("A few words"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, parts: Iterable[OpenPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(part.pk, part.name) for part in parts]
        offer(self, "parts", choices)
        if not choices:
            del self.fields["parts"]

    def clean(self) -> dict[str, Any]:
        """Something of it is wanted; parts may be unknown yet."""
        cleaned = super().clean() or {}
        cleaned.setdefault("parts", [])
        if not self.errors and not (cleaned["parts"] or cleaned.get("words")):
            said = _("Write a few words, or leave it.")
            if "parts" in self.fields:
                said = _("Tick a part or write a few words, or leave it.")
            self.add_error("words", said)
        return cleaned


class CarryForm(forms.Form):
    """One sentence, chosen from something written or typed, and where to."""

    chosen = forms.ChoiceField(
        label=_("Choose one sentence"), required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("The sentence"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "dir": "auto"}),
    )
    circle: ModelChoiceField[Circle] = ModelChoiceField(
        queryset=Circle.objects.none(),
        label=_("Where to?"),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        circles: QuerySet[Circle],
        sentences: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "circle", circles)
        offer(self, "chosen", [(one, one) for one in sentences])
        if sentences:
            self.fields["words"].label = _("Or say it in other words")
        else:
            del self.fields["chosen"]
            self.fields["words"].required = True

    def clean(self) -> dict[str, Any]:
        """What is typed comes first. It is one line, however it was broken."""
        cleaned = super().clean() or {}
        words = " ".join((cleaned.get("words") or cleaned.get("chosen") or "").split())
        if not words and not self.errors.keys() & {"words", "chosen"}:
            self.add_error("words", _("Which sentence? Choose one or write it."))
        return {**cleaned, "words": words}


class SureForm(forms.Form):
    """Whom the owner was shown as those who will read it: their ids."""

    readers = forms.RegexField(r"^\d{1,12}(,\d{1,12}){0,9}$", widget=forms.HiddenInput)

    def clean_readers(self) -> set[int]:
        """As numbers."""
        return {int(one) for one in self.cleaned_data["readers"].split(",")}
