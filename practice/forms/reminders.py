"""When somebody wants to be reminded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.sections import Section
from practice.rules.reminding import Rule
from practice.services import choose_reminders, reminder_rules


class RemindersSection(Section):
    """A rule for each scale."""

    heading = _("Before a meeting")
    words = _(
        "We remind you of meetings to which you said yes or maybe, by your own clock: never of one "
        "you declined."
    )
    order = 10
    template_name = "practice/_reminders.html"

    dyad = forms.ChoiceField(label=_("In a dyad"), choices=Rule)
    crew = forms.ChoiceField(label=_("In a crew"), choices=Rule)
    congregation = forms.ChoiceField(label=_("In a congregation"), choices=Rule)

    def now(self) -> dict[str, Any]:
        return dict(reminder_rules(self.person))

    def save(self) -> None:
        choose_reminders(person=self.person, **self.cleaned_data)
