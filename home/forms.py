"""The day of the weekly letter."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from home.letter import choose_letter_day, letter_day
from notifications.sections import Section


class WeeklyLetterSection(Section):
    """Which day, or none."""

    heading = _("A letter for your week")
    words = _(
        "What comes in the next seven days and what waits for you, at eight in the morning. In a "
        "week with neither there is no letter."
    )
    order = 20

    letter_day = forms.TypedChoiceField(
        label=_("On which day"),
        choices=[*WEEKDAYS.items(), ("never", _("no letter"))],
        coerce=lambda day: None if day == "never" else int(day),
    )

    def now(self) -> dict[str, Any]:
        day = letter_day(self.person)
        return {"letter_day": "never" if day is None else day}

    def save(self) -> None:
        choose_letter_day(person=self.person, weekday=self.cleaned_data["letter_day"])
