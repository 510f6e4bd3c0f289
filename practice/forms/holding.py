"""What is pressed and chosen while a meeting is held."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import offer
from people.models import Person
from practice.rules.roles import HOST
from practice.showing.casting import RoleRow

PRESSES = ("pause", "resume", "next", "back", "extend", "end", "again", "another")


class PressForm(forms.Form):
    """What was pressed, and what the presser saw: the version, and which stretch it was."""

    do = forms.ChoiceField(choices=[(press, press) for press in PRESSES])
    seen = forms.IntegerField(min_value=0)
    step = forms.IntegerField(min_value=0)


class BeginForm(forms.Form):
    """Who is here, and whether to arrive and leave together."""

    here = forms.TypedMultipleChoiceField(coerce=int, required=False)
    framed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "here", [(person.pk, str(person)) for person in people])


class HereForm(forms.Form):
    """Somebody is here after all, or isn't."""

    person = forms.IntegerField(min_value=1)
    here = forms.BooleanField(required=False)
    seen = forms.IntegerField(min_value=0)


class RolesForm(forms.Form):
    """A person for each role; a guest is among the `people`, but not among the `hosts`."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[RoleRow],
        people: Sequence[Person],
        hosts: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.roles = {f"role-{n}": row for n, row in enumerate(rows) if not row.is_others}
        for name, row in self.roles.items():
            able = hosts if row.role == HOST else people
            self.fields[name] = forms.TypedChoiceField(
                label=row.role[:1].upper() + row.role[1:],
                choices=[("", _("Nobody yet")), *((person.pk, str(person)) for person in able)],
                coerce=int,
                required=False,
                empty_value=None,
                initial=row.people[0].pk if row.people else None,
            )

    def chosen(self) -> dict[str, int]:
        """Everybody's role as it was sent, once one of them was changed."""
        if not self.has_changed():
            return {}
        sent = {row.role: self.cleaned_data[name] for name, row in self.roles.items()}
        return {role: person for role, person in sent.items() if person}
