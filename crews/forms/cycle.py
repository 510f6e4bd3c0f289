"""What people type near the end of a cycle, and at an ending."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from crews.models import Crew, Parting
from crews.models.cycle import LONGEST_THANKS, LONGEST_WORD
from crews.models.learned import LONGEST_LEARNED
from crews.rules.cycles import Choice
from crews.rules.lengths import LEAST_MEETINGS, MOST_MEETINGS, USUAL_MEETINGS
from crews.showing.words import CHOICES
from library.forms.writing import Line
from library.models import Practice
from pages.forms import ModelChoiceField
from people.models import Person
from practice.forms.fields import date_input, number_between


class CycleAnswerForm(forms.Form):
    """One of four, and a word."""

    choice = forms.ChoiceField(
        label=_("What do you wish?"),
        choices=[(one.value, CHOICES[one].label) for one in Choice],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the four. You can change it until they open.")
        },
    )
    word = Line(
        label=_("A word to the others"),
        max_length=LONGEST_WORD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def cards(self) -> list[tuple[Any, Any]]:
        """Each choice with what it means."""
        return [(one, CHOICES[Choice(str(one.data["value"]))]) for one in self["choice"]]


class RenewForm(forms.Form):
    """How many meetings the next cycle has."""

    meetings = number_between(
        LEAST_MEETINGS, MOST_MEETINGS, label=_("How many meetings"), initial=USUAL_MEETINGS
    )


class RestForm(forms.Form):
    """Until when."""

    until = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=date_input(),
        help_text=_("On that day you are all asked whether to begin again. Or leave it open."),
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come, or leave it open."))
        return until


class Whom(ModelChoiceField[Person]):
    """Everybody, or one of those who sat there."""

    def __init__(self, crew: Crew, reader: Person) -> None:
        seats = crew.memberships.present().exclude(person=reader)
        others = Person.objects.filter(pk__in=seats.values("person")).order_by("name", "pk")
        super().__init__(
            label=_("For whom?"),
            queryset=others,
            required=False,
            empty_label=_("Everybody at the table"),
        )


class PartingForm(forms.Form):
    """The last page, for one person."""

    thanks = forms.CharField(
        label=_("What do you want to thank for?"),
        max_length=LONGEST_THANKS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keeps = forms.CharField(
        label=_("What do you keep?"),
        max_length=LONGEST_THANKS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    open_to = forms.ChoiceField(
        label=_("What are you open to next?"),
        choices=[("", _("I don’t know yet")), *Parting.OpenTo.choices],
        required=False,
    )
    word = Line(label=_("A word about that"), max_length=LONGEST_WORD, required=False)
    tells_stewards = forms.BooleanField(
        label=_("The stewards of our congregation may know what I am open to"), required=False
    )
    field_order = ("thanks", "thanked", "keeps", "open_to", "word", "tells_stewards")

    def __init__(self, *args: Any, crew: Crew, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thanked"] = Whom(crew, reader)
        if crew.parent_id is None:
            del self.fields["tells_stewards"]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("thanks") or cleaned.get("keeps") or cleaned.get("open_to")):
            self.add_error("thanks", _("Say one of the three; one sentence is enough."))
        return cleaned


class LearnedForm(forms.Form):
    """A sentence, and where it shall stand."""

    words = Line(
        label=_("What have you learned?"),
        max_length=LONGEST_LEARNED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("About being a crew, not about each other: what was said stays with you."),
    )
    names_crew = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, crew: Crew, home: Circle | None, practices: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        beside = ModelChoiceField[Practice](
            label=_("Where shall it stand?"), queryset=practices, required=home is None
        )
        beside.empty_label = (
            _("On the page of {congregation}").format(congregation=home) if home else _("Beside …")
        )
        self.fields["practice"] = beside
        self.fields["names_crew"].label = _("Say that it was {crew}").format(crew=crew)
        self.order_fields(("words", "practice", "names_crew"))
