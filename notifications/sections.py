"""The page on which a person chooses their mail: one form, to which each app adds a section."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications import services
from notifications.kinds import Kind, ticked
from notifications.models import Switch
from pages.registry import Registry
from people import services as people
from people.models import Person
from people.quiet_hours import MOST_HOURS, length


class Section(forms.Form):
    """A part of that page. `order` says how far down it stands.

    It shows what holds for the person now, and `save` keeps what they chose.
    """

    heading: ClassVar[Promise | str] = ""
    words: ClassVar[Promise | str] = ""
    order: ClassVar[int] = 0
    template_name = "notifications/_section.html"

    def __init__(self, data: Any = None, *, person: Person) -> None:
        self.person = person
        super().__init__(data, initial=self.now())

    def now(self) -> dict[str, Any]:
        """What holds now, by field."""
        raise NotImplementedError

    def save(self) -> None:
        """Keep what was chosen. Called when every section of the page is right."""
        raise NotImplementedError


sections: Registry[type[Section]] = Registry()


def sections_for(person: Person, data: Any = None) -> list[Section]:
    """The page's sections from the top down."""
    in_order = sorted(sections.sources, key=lambda section: section.order)
    return [section(data, person=person) for section in in_order]


HOURS = [("", _("—")), *((hour, f"{hour}:00") for hour in range(24))]


class QuietHoursSection(Section):
    """From one hour until another."""

    heading = _("Quiet hours")
    words = _(
        "Between these hours by your clock we send nothing: what comes up waits for the morning. "
        "A reminder that would be too late by then comes before they begin. Codes for signing in "
        "always come."
    )
    order = 30
    template_name = "notifications/_quiet.html"

    quiet_from = forms.TypedChoiceField(
        label=_("From"), choices=HOURS, required=False, coerce=int, empty_value=None
    )
    quiet_until = forms.TypedChoiceField(
        label=_("Until"), choices=HOURS, required=False, coerce=int, empty_value=None
    )

    def now(self) -> dict[str, Any]:
        return {"quiet_from": self.person.quiet_from, "quiet_until": self.person.quiet_until}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if self.errors or (begins is None and ends is None):
            return cleaned
        if begins is None:
            self.add_error("quiet_from", _("Choose when they begin, or leave both open."))
        elif ends is None:
            self.add_error("quiet_until", _("Choose when they end, or leave both open."))
        elif length(begins, ends) > MOST_HOURS:
            message = _("That is too long: leave at least {hours} hours in which mail may come.")
            self.add_error("quiet_until", message.format(hours=24 - MOST_HOURS))
        return cleaned

    def save(self) -> None:
        begins, ends = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        people.set_quiet_hours(person=self.person, begins=begins, ends=ends)


class Ticks(forms.MultipleChoiceField):
    """Ticked kinds. One that a later version dropped is no mistake of whoever ticked it."""

    def valid_value(self, value: object) -> bool:
        return True


class KindsSection(Section):
    """A tick for each kind of mail that has one."""

    heading = _("What else you hear of")
    words = _(
        "Untick what you don’t want. Mail about your account and answers to what you asked for "
        "always come."
    )
    order = 40
    template_name = "notifications/_kinds.html"

    kinds = Ticks(required=False, widget=forms.CheckboxSelectMultiple)

    def now(self) -> dict[str, Any]:
        switches = Switch.objects.filter(person=self.person, is_on=False)
        off = set(switches.values_list("kind", flat=True))
        return {"kinds": [kind.slug for kind in ticked() if kind.slug not in off]}

    def rows(self) -> list[tuple[Kind, bool]]:
        """Every kind, and whether it is ticked on the page."""
        wanted = self["kinds"].value() or []
        return [(kind, kind.slug in wanted) for kind in ticked()]

    def save(self) -> None:
        for kind in ticked():
            is_on = kind.slug in self.cleaned_data["kinds"]
            services.set_switch(person=self.person, kind=kind, is_on=is_on)


def register() -> None:
    """Make this app's own sections known."""
    sections.register(QuietHoursSection)
    sections.register(KindsSection)
