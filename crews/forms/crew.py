"""What people type about a crew."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from circles.scales import LAWS, Scale
from crews.models import Crew
from pages.forms import ModelForm
from people.models import Person

LAW = LAWS[Scale.CREW]


class CrewForm(ModelForm[Crew]):
    """Name, intention, seats, rhythm in words."""

    seats = forms.TypedChoiceField(
        label=_("Seats at the table"),
        coerce=int,
        choices=[(number, str(number)) for number in range(LAW.least, LAW.most + 1)],
        initial=LAW.ideal,
        help_text=_("Four or five hold one conversation with ease; with eight, a table breaks."),
    )

    class Meta:
        model = Crew
        fields: tuple[str, ...] = ("name", "intention", "seats", "rhythm_in_words")
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
    """Calling a crew: also, out of which congregation, if any."""

    parent = forms.ModelChoiceField(
        Circle.objects.none(),
        label=_("Where do you look for people?"),
        required=False,
        empty_label=_("I invite people myself, by mail"),
    )

    class Meta(CrewForm.Meta):
        fields = ("name", "intention", "seats", "rhythm_in_words")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Circle.objects.open().of(person).filter(scale=Scale.CONGREGATION).order_by("name")
        field = self.fields["parent"]
        field.queryset = mine  # type: ignore[attr-defined]
        if not mine.exists():
            field.widget = forms.HiddenInput()
        if self.initial.get("parent") is None and not self.is_bound:
            first = mine.first()
            self.initial["parent"] = first.pk if first else None


class AgreementsForm(ModelForm[Crew]):
    """What the crew agreed, one a line."""

    class Meta:
        model = Crew
        fields = ("agreements",)
        labels = {"agreements": _("What you agreed, one a line")}
        help_texts = {
            "agreements": _(
                "Talk about it first: how you want to be together, what would spoil it, what you "
                "commit to and for how long."
            )
        }
        widgets = {"agreements": forms.Textarea(attrs={"rows": 8})}
