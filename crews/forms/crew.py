"""What people type about a crew."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from circles.models import Circle
from circles.scales import LAWS, Scale
from crews.models import Crew
from crews.rules.lengths import LEAST_MEETINGS, MOST_MEETINGS, USUAL_MEETINGS
from pages.converters import row_in
from pages.forms import ModelForm, offer
from people.forms import Grid, grid
from people.languages import LANGUAGES, names, with_first
from people.models import Person
from people.week import HOURS_IN_WEEK, cleaned

LAW = LAWS[Scale.CREW]
FOLDED = ("languages", "hours")


class CrewForm(ModelForm[Crew]):
    """What a call says: name, intention, rhythm in words, seats, and whom it would suit."""

    seats = forms.TypedChoiceField(
        label=_("Seats at the table"),
        coerce=int,
        choices=[(number, str(number)) for number in range(LAW.least, LAW.most + 1)],
        initial=LAW.ideal,
        help_text=_("Four or five hold one conversation with ease; with eight, a table breaks."),
    )
    meetings = forms.TypedChoiceField(
        label=_("Meetings until you look back"),
        coerce=int,
        choices=[(number, str(number)) for number in range(LEAST_MEETINGS, MOST_MEETINGS + 1)],
        initial=USUAL_MEETINGS,
        help_text=_("Six are common. Then it ends, unless you choose otherwise."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages at the table"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.TypedMultipleChoiceField(
        choices=[(hour, "") for hour in range(HOURS_IN_WEEK)], coerce=int, required=False
    )

    class Meta:
        model = Crew
        fields: tuple[str, ...] = (
            "name",
            "intention",
            "rhythm_in_words",
            "seats",
            "meetings",
            "languages",
            "hours",
        )
        labels = {"intention": _("What for?"), "rhythm_in_words": _("How often, and when?")}
        help_texts = {
            "name": _("Something you would like to say aloud: “Slow Kettle”."),
            "intention": _("One or two sentences. What would you like company for?"),
            "rhythm_in_words": _("For example: every other Tuesday evening, six times."),
        }
        widgets = {"intention": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intention"].required = True
        first = self["languages"].value() or ()
        offer(self, "languages", with_first(first))

    def clean_hours(self) -> list[int]:
        """Sorted, each once."""
        return cleaned(self.cleaned_data["hours"])

    @property
    def grid(self) -> Grid:
        """The hours as rows of a week, as they were ticked."""
        ticked = self["hours"].value() or ()
        return grid([hour for one in ticked if (hour := row_in(one)) is not None])

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What everybody fills in; hours and languages lie below, folded."""
        return [field for field in self.visible_fields() if field.name not in FOLDED]

    @property
    def has_folded_errors(self) -> bool:
        """Whether something folded is to be put right."""
        return any(name in self.errors for name in FOLDED)

    @property
    def folded_in_words(self) -> str:
        """What is chosen below, so that it need not be unfolded to be known."""
        hours = sum(ticked for _hour, cells in self.grid for _value, ticked in cells)
        said = names(list(self["languages"].value() or ()))
        if hours:
            said.append(ngettext("one hour", "{count} hours", hours).format(count=hours))
        return ", ".join(said)


class CrewEditForm(CrewForm):
    """Also, whether a free seat is offered to people who come late."""

    class Meta(CrewForm.Meta):
        fields = (*CrewForm.Meta.fields, "takes_newcomers")
        labels = {**CrewForm.Meta.labels, "takes_newcomers": _("We take newcomers")}
        help_texts = {
            **CrewForm.Meta.help_texts,
            "takes_newcomers": _(
                "Once you have begun, a free seat is offered to people whose hours fit. They raise "
                "a hand, and you say yes or not now."
            ),
        }


class CallForm(CrewForm):
    """Calling a crew: also, out of which congregation, if any. It begins with what the caller
    speaks, and with the hours that suit them."""

    parent = forms.ModelChoiceField(
        Circle.objects.none(),
        label=_("Where do you look for people?"),
        required=False,
        empty_label=_("I invite people myself, by mail"),
    )

    class Meta(CrewForm.Meta):
        pass

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        own = {"languages": person.languages, "hours": person.suitable_hours}
        kwargs["initial"] = {**own, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        mine = Circle.objects.open().of(person).filter(scale=Scale.CONGREGATION).order_by("name")
        offer(self, "parent", mine)
        if not mine.exists():
            self.fields["parent"].widget = forms.HiddenInput()
        if self.initial.get("parent") is None and not self.is_bound:
            first = mine.first()
            self.initial["parent"] = first.pk if first else None
