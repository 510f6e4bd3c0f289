"""Taking on a programme."""

from typing import Any

from django import forms

from pages.forms import offer
from practice.showing.programmes import Plan


class TakeOnForm(forms.Form):
    """Which meetings to use although they have a practice, and the state that was looked at."""

    over = forms.TypedMultipleChoiceField(coerce=int, required=False)
    seen = forms.CharField(required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [state.partition(".")[0] for state in plan.seen.split()]
        offer(self, "over", [(pk, pk) for pk in ids])


class FirstPartForm(forms.Form):
    """From which part of the programme on."""

    part = forms.IntegerField(min_value=1, max_value=100, required=False)
