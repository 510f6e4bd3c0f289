"""Writing a practice: a form, and a row for each step.

What stands in it is kept as it is typed, complete or not, as plain strings (`Content`); only
`Writing.text` asks for all of it.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from circles.scales import LAWS, Scale
from library.models import Practice, Step
from library.reading import (
    ALL_OTHERS,
    LONGEST,
    MOST_MINUTES,
    MOST_ROLES,
    MOST_STEPS,
    NOT_IN_NAMES,
    NOT_IN_ROLES,
    PracticeText,
    TextStep,
    flowing,
    on_one_line,
)

Content = dict[str, Any]
# A new practice begins with the frame that nearly every meeting has.
FIRST_STEPS = 3
MORE = ("roles", "others", "caution", "source")
SAID = ("minutes", "who", "title", "words")
STEP_FIELDS = ("minutes", "kind", "who", "title", "words")
# In letters, of everything typed together; a complete practice of the largest size fits.
MOST_LETTERS = 150_000
NO_SIGNS = RegexValidator(
    NOT_IN_NAMES, _("Without “:” and “·”. Say more in the words below."), inverse_match=True
)
NO_ROLE_SIGNS = RegexValidator(NOT_IN_ROLES, _("Without “:”, “·” and commas."), inverse_match=True)


class Line(forms.CharField):
    """Words on one line."""

    def to_python(self, value: Any) -> str:
        return on_one_line(super().to_python(value) or "")


class Paragraphs(forms.CharField):
    """Paragraphs, as many as wanted."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return flowing(super().to_python(value) or "")


class PracticeForm(forms.Form):
    """Everything but the steps."""

    use_required_attribute = False

    title = Line(label=_("What is it called?"), max_length=LONGEST["title"])
    scale = forms.ChoiceField(label=_("For whom?"), choices=Practice.Scale, initial=Scale.CREW)
    purpose = Line(
        label=_("What is it for?"),
        max_length=LONGEST["purpose"],
        help_text=_("One sentence. Whoever chooses a practice reads this first."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    people_least = forms.IntegerField(label=_("People, at least"), min_value=1, max_value=200)
    people_most = forms.IntegerField(label=_("People, at most"), min_value=1, max_value=200)
    opening = Paragraphs(
        label=_("How does it work?"),
        rows=5,
        max_length=LONGEST["opening"],
        required=False,
        help_text=_("As you would tell it to the table before you begin."),
    )
    roles = Line(
        label=_("Roles"),
        max_length=(LONGEST["role"] + 2) * MOST_ROLES,
        required=False,
        help_text=_("With commas between them: case giver, timekeeper."),
    )
    others = Line(
        label=_("What are all the others?"),
        max_length=LONGEST["role"],
        required=False,
        validators=[NO_ROLE_SIGNS],
        help_text=_("If the rest of you have a name, too: coaches."),
    )
    caution = Paragraphs(
        label=_("What needs care?"), rows=2, max_length=LONGEST["caution"], required=False
    )
    source = Line(
        label=_("Where do you have it from?"),
        max_length=LONGEST["source"],
        required=False,
        help_text=_("A person, a book, your own table."),
    )

    def first(self) -> list[forms.BoundField]:
        """What nobody can do without, and how it works."""
        return [self[name] for name in self.fields if name not in MORE]

    def more(self) -> list[forms.BoundField]:
        """What many practices do without."""
        return [self[name] for name in MORE]

    def has_more(self) -> bool:
        """Whether any of that is filled in, or wrong."""
        return any(field.value() or field.errors for field in self.more())

    def clean_roles(self) -> list[str]:
        roles = [role.strip() for role in self.cleaned_data["roles"].split(",") if role.strip()]
        if len(roles) > MOST_ROLES:
            raise forms.ValidationError(_("More than twelve roles nobody remembers."))
        if len(set(roles)) < len(roles):
            raise forms.ValidationError(_("One of them stands there twice."))
        for role in roles:
            NO_ROLE_SIGNS(role)
            if len(role) > LONGEST["role"] or role.endswith(ALL_OTHERS):
                raise forms.ValidationError(_("Give each role a short name."))
        return roles

    def clean_source(self) -> str:
        return str(self.cleaned_data["source"] or _("our own table"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("others") and cleaned["others"] in cleaned.get("roles", []):
            self.add_error("others", _("That is one of the roles already."))
        if "scale" in cleaned:
            self._clean_people(cleaned, LAWS[cleaned["scale"]].most)
        return cleaned

    def _clean_people(self, cleaned: dict[str, Any], most: int) -> None:
        """One alone and two together need not be counted; the law of the scale bounds the rest."""
        if most <= LAWS[Scale.DYAD].most:
            for name in ("people_least", "people_most"):
                self.errors.pop(name, None)
                cleaned[name] = most
            return
        for name in ("people_least", "people_most"):
            if cleaned.get(name, 0) > most:
                self.add_error(name, _("There are at most {most} of you.").format(most=most))
        least, highest = cleaned.get("people_least"), cleaned.get("people_most")
        if least and highest and least > highest:
            self.add_error("people_most", _("This is the larger of the two numbers."))


class StepForm(forms.Form):
    """One step."""

    use_required_attribute = False

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES)
    kind = forms.ChoiceField(label=_("Who speaks?"), choices=Step.Kind, initial=Step.Kind.TALK)
    who = Line(
        label=_("Whose turn?"),
        max_length=LONGEST["role"],
        required=False,
        help_text=_("One of the roles, or empty."),
    )
    title = Line(label=_("Its name"), max_length=LONGEST["step"], validators=[NO_SIGNS])
    words = Line(
        label=_("What do you do?"),
        max_length=LONGEST["words"],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChangeForm(forms.Form):
    """What an edition changes."""

    what_changed = Line(
        label=_("What is different now?"),
        max_length=200,
        required=False,
        help_text=_("A few words for the practice’s history."),
    )


class Writing:
    """A practice as far as it is written."""

    def __init__(self, content: Content, *, checked: bool = False) -> None:
        """Draw what stands in `content`; `checked` says what is missing, beside the fields."""
        self.content = content
        rows = content.get("steps", [])
        self.form = PracticeForm(content if checked else None, initial=content)
        self.steps = [
            StepForm(_prefixed(row, number) if checked else None, initial=row, prefix=_row(number))
            for number, row in enumerate(rows, start=1)
        ]

    def is_complete(self) -> bool:
        """Whether nothing is missing; of a checked one. Fills in the errors that it finds."""
        good = all([self.form.is_valid(), *[step.is_valid() for step in self.steps]])
        if not self.steps:
            self.form.add_error(None, _("It needs at least one step."))
            return False
        return good and self._roles_are_known() and self._ends_in_time()

    def text(self) -> PracticeText:
        """The practice; only of a complete one."""
        fields = self.form.cleaned_data
        steps = tuple(TextStep(**step.cleaned_data) for step in self.steps)
        return PracticeText(
            **{**fields, "roles": tuple(fields["roles"])},
            steps=steps,
            minutes=self._minutes(steps),
        )

    def _minutes(self, steps: tuple[TextStep, ...]) -> int:
        return sum(step.minutes_for(self.form.cleaned_data["people_most"]) for step in steps)

    def _roles_are_known(self) -> bool:
        known = {"", self.form.cleaned_data["others"], *self.form.cleaned_data["roles"]}
        strangers = [step for step in self.steps if step.cleaned_data["who"] not in known]
        for step in strangers:
            step.add_error("who", _("Name it among the roles, too, or leave this empty."))
        return not strangers

    def _ends_in_time(self) -> bool:
        minutes = self._minutes(tuple(TextStep(**step.cleaned_data) for step in self.steps))
        if minutes > MOST_MINUTES:
            self.form.add_error(
                None,
                _("The steps take {minutes} minutes; a meeting has at most {most}.").format(
                    minutes=minutes, most=MOST_MINUTES
                ),
            )
        return minutes <= MOST_MINUTES


def typed(data: Mapping[str, Any]) -> Content:
    """What somebody has typed so far, from the form's own fields."""
    rows = sorted({int(m[1]) for key in data if (m := re.match(r"step-([0-9]{1,3})-", key))})
    return {
        **{name: _plain(data.get(name, "")) for name in PracticeForm.base_fields},
        "steps": [
            {name: _plain(data.get(f"{_row(number)}-{name}", "")) for name in STEP_FIELDS}
            for number in rows[:MOST_STEPS]
        ],
    }


def blank() -> Content:
    """An empty form with a few rows."""
    return {"steps": [{"kind": Step.Kind.TALK.value} for _row in range(FIRST_STEPS)]}


def content_of(text: PracticeText) -> Content:
    """A finished practice as what would be typed into the form."""
    fields = {name: str(getattr(text, name)) for name in PracticeForm.base_fields}
    return {
        **fields,
        "roles": ", ".join(text.roles),
        "steps": [{name: str(getattr(step, name)) for name in STEP_FIELDS} for step in text.steps],
    }


def without_empty_rows(content: Content) -> Content:
    """Rows in which nothing is said yet are no steps; one stays to begin with."""
    said = [row for row in content["steps"] if any(row.get(name) for name in SAID)]
    return {**content, "steps": said or [{"kind": Step.Kind.TALK.value}]}


def rearranged(content: Content, wish: str) -> Content:
    """With a row more, one less, or one moved up: "add", "remove-2", "up-2"."""
    steps = list(content["steps"])
    verb, _dash, number = wish.partition("-")
    at = int(number) - 1 if number.isdecimal() and len(number) < 4 else -1
    if verb == "add" and len(steps) < MOST_STEPS:
        steps.append({"kind": Step.Kind.TALK.value})
    elif verb == "remove" and 0 <= at < len(steps):
        del steps[at]
    elif verb == "up" and 0 < at < len(steps):
        steps[at - 1], steps[at] = steps[at], steps[at - 1]
    return {**content, "steps": steps}


def letters_in(content: Content) -> int:
    """How much was typed altogether."""
    rows = [value for row in content.get("steps", []) for value in row.values()]
    return sum(map(len, [*rows, *(value for value in content.values() if isinstance(value, str))]))


def _row(number: int) -> str:
    return f"step-{number}"


def _prefixed(row: Mapping[str, str], number: int) -> dict[str, str]:
    return {f"{_row(number)}-{name}": value for name, value in row.items()}


def _plain(value: Any) -> str:
    """Without the sign that no database keeps."""
    return str(value).replace("\x00", "")
