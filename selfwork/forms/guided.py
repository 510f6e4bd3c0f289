"""What is written in a guided practice, and who it was."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import offer
from selfwork.rules.guides import Step
from selfwork.services.entries import LONGEST_NAME
from selfwork.showing.parts import OpenPart

LONGEST_SHEET = 20_000
MOST_PEOPLE, LONGEST_PERSON = 50, 200
LEAVES = ("back", "later")


class StepForm(forms.Form):
    """A few lines, all of which may stay empty. `key`: this window, `version`: what it has seen."""

    # Everything here may stay empty; that is said once, on the first page.
    one_of_several = ("said",)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    choice = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    said = forms.CharField(
        required=False,
        max_length=LONGEST_SHEET,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].label = str(step.question)
        if step.choices:
            self.fields["choice"].label = _("What is there?")
            offer(self, "choice", list(step.choices))
        else:
            del self.fields["choice"]


class LeaveForm(forms.Form):
    """Where a button leads that keeps what is typed."""

    then = forms.ChoiceField(choices=[(one, one) for one in LEAVES], required=False)


class BesideForm(forms.Form):
    """What becomes of words that were written in another window."""

    key = forms.UUIDField()
    is_wanted = forms.BooleanField(required=False)


class PromptForm(forms.Form):
    """Which question a page of the journal begins with; none is an answer."""

    prompt = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


def _choice_of(parts: list[OpenPart], nobody: Any) -> list[tuple[Any, Any]]:
    return [("", nobody), *((part.pk, part.name) for part in parts)]


class PartChoiceForm(forms.Form):
    """To whom one writes; nobody yet is an answer."""

    part = forms.TypedChoiceField(label=_("To whom?"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, parts: list[OpenPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = _("One that I have not met yet")
        offer(self, "part", _choice_of(parts, nobody))


class WhoForm(forms.Form):
    """Who it was: somebody known, or a name for somebody new."""

    one_of_several = ("name", "part")
    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("A name you could say to its face: “the one who checks the door twice”."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    part = forms.TypedChoiceField(
        label=_("Or is it one you know?"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, parts: list[OpenPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parts:
            choices = _choice_of(parts, _("It is new to me"))
            offer(self, "part", choices)
        else:
            del self.fields["part"]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not found.get("name") and not found.get("part"):
            self.add_error("name", _("Give it a name, even one for today."))
        return found


class WouldCallForm(forms.Form):
    """People in a hard hour, one a line; `seen` are those that were there before."""

    people = forms.CharField(
        label=_("Whom would you call?"),
        required=False,
        max_length=MOST_PEOPLE * LONGEST_PERSON,
        help_text=_("One on each line, with a number if you like: “Ada, 555 0142, also at night”."),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "dir": "auto"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_people(self) -> list[str]:
        """The lines, without empty ones and without saying anybody twice."""
        lines = lines_of(self.cleaned_data["people"])
        if len(lines) > MOST_PEOPLE:
            raise forms.ValidationError(_("Keep it short: those you would really call."))
        return lines

    def clean_seen(self) -> list[str]:
        """The lines that the page showed."""
        return lines_of(self.cleaned_data["seen"])


def lines_of(words: str) -> list[str]:
    """The lines of a text, without empty ones, each once."""
    lines = (" ".join(line.split()) for line in words.splitlines())
    return list(dict.fromkeys(line for line in lines if line))
