"""Saying what one learned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from circles.scales import Scale
from library.forms.writing import Line
from library.models.learning import LONGEST_LEARNING


class LearningForm(forms.Form):
    """One sentence, and whether the circle's name stands beside it."""

    words = Line(
        label=_("What did you learn about it?"),
        max_length=LONGEST_LEARNING,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "About the practice, not about each other: what was said stays in your circle."
        ),
    )
    names_circle = forms.BooleanField(required=False)

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if circle.scale == Scale.DYAD:
            del self.fields["names_circle"]
        else:
            self.fields["names_circle"].label = _("Say that it was {circle}").format(circle=circle)
