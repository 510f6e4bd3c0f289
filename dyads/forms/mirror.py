"""What somebody says, alone, in a partnership mirror."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dyads.models import Dyad
from dyads.rules.mirror import LONGEST_TRY, STEPS, Asked, Question
from library.forms.writing import Line


class MirrorForm(forms.Form):
    """Four questions with five sentences each, and a sentence of one's own."""

    would_try = Line(
        label=_("What I would like to try"),
        max_length=LONGEST_TRY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Small enough to do before you meet again. You may leave it out."),
    )

    def __init__(self, *args: Any, asked: Mapping[Question, Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one, words in asked.items():
            self.fields[one.value] = forms.TypedChoiceField(
                label=str(words.title),
                choices=[(step, str(words.step(step))) for step in STEPS],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the sentence that is nearest to it.")},
            )
        self.order_fields([one.value for one in asked])

    @property
    def questions(self) -> list[forms.BoundField]:
        """The four, as the page shows them."""
        return [self[one.value] for one in Question]

    @property
    def steps(self) -> dict[Question, int]:
        """What was chosen."""
        return {one: self.cleaned_data[one.value] for one in Question}


class OftenForm(forms.Form):
    """How often the two are asked."""

    often = forms.TypedChoiceField(
        label=_("How often?"),
        choices=Dyad.MirrorEvery.choices,
        coerce=int,
        help_text=_("Either of you may change it."),
    )
