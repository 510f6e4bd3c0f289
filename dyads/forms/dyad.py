"""What people type about a dyad."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from circles.models import Invitation
from dyads.models import Dyad
from dyads.rules.plan import (
    ASKED,
    ASKING,
    LEAST_MEETINGS,
    LEAST_MINUTES,
    LEAST_WEEKS,
    MOST_DYADS,
    MOST_MEETINGS,
    MOST_MINUTES,
    MOST_WEEKS,
    USUAL_MEETINGS,
    USUAL_MINUTES,
    USUAL_WEEKS,
    Plan,
)
from pages.forms import offer
from people.models import one_line
from practice.forms.fields import number_between
from practice.showing.often import how_often


def intention_field() -> forms.CharField:
    """What the two are for."""
    return forms.CharField(
        label=_("What for?"),
        max_length=Dyad._meta.get_field("intention").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("You can find that out together later."),
    )


class PlanForm(forms.Form):
    """What kind of dyad, and how often, how long, how many times."""

    # Asked for beside one of the kinds only, and then not as one likes.
    one_of_several = ("own_kind",)
    kind = forms.ChoiceField(
        label=_("What would you be to each other?"),
        choices=Dyad.Kind.choices,
        initial=Dyad.Kind.PEERS,
        widget=forms.RadioSelect,
    )
    direction = forms.TypedChoiceField(
        label=_("Who supports whom?"),
        choices=[(ASKING, _("I would support them")), (ASKED, _("They would support me"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("It goes one way and stays so; both of you read it before you agree."),
    )
    own_kind = forms.CharField(
        label=_("In your own words"), max_length=40, required=False, validators=[one_line]
    )
    weeks = forms.TypedChoiceField(
        label=_("How often"), coerce=int, initial=USUAL_WEEKS, choices=()
    )
    minutes = number_between(
        LEAST_MINUTES, MOST_MINUTES, label=_("Minutes each time"), initial=USUAL_MINUTES
    )
    meetings = number_between(
        LEAST_MEETINGS, MOST_MEETINGS, label=_("How many times"), initial=USUAL_MEETINGS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(number, how_often(number)) for number in range(LEAST_WEEKS, MOST_WEEKS + 1)]
        offer(self, "weeks", choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind != Dyad.Kind.OWN:
            # What stands there beside another choice does not matter.
            self.errors.pop("own_kind", None)
            cleaned["own_kind"] = ""
        elif not cleaned.get("own_kind") and "own_kind" not in self.errors:
            self.add_error("own_kind", _now("Say what it is, in a word or two."))
        if kind != Dyad.Kind.STEWARDING:
            self.errors.pop("direction", None)
            cleaned["direction"] = None
        elif not cleaned.get("direction") and "direction" not in self.errors:
            self.add_error("direction", _now("Say who would support whom."))
        return cleaned

    @property
    def plan(self) -> Plan:
        """What was typed, of a valid form."""
        typed = self.cleaned_data
        return Plan(
            kind=typed["kind"],
            own_kind=typed["own_kind"],
            steward_seat=typed["direction"],
            weeks=typed["weeks"],
            minutes=typed["minutes"],
            meetings=typed["meetings"],
        )


class AskForm(PlanForm):
    """A few words to somebody of one's congregation, and how it would be."""

    message = forms.CharField(
        label=_("A few words to them"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What made you think of them?"),
    )
    intention = intention_field()
    field_order: tuple[str, ...] = (
        "message",
        "kind",
        "direction",
        "own_kind",
        "intention",
    )

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, in the words of `services.begin`."""
        names = ("email", "message", "intention")
        typed = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return {**typed, "plan": self.plan}


class BeginForm(AskForm):
    """The same to anybody, by mail."""

    email = forms.EmailField(
        label=_("Their e-mail address"), max_length=Invitation._meta.get_field("email").max_length
    )
    field_order = ("email", *AskForm.field_order)


class FindForm(forms.Form):
    """A name, or a piece of one."""

    who = forms.CharField(max_length=80, required=False)


class DyadForm(PlanForm):
    """What the two are for, what they agreed, and how they mean to meet.

    Stewarding neither comes nor goes: who supports whom was agreed at the beginning.
    """

    intention = intention_field()
    agreements = forms.CharField(
        label=_("What you agreed, one a line"),
        max_length=Dyad._meta.get_field("agreements").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What stays between you, who begins, when you look back."),
    )
    field_order = ("intention", "agreements", "kind", "own_kind")

    def __init__(self, *args: Any, dyad: Dyad, **kwargs: Any) -> None:
        names = ("intention", "agreements", "kind", "own_kind", "weeks", "minutes", "meetings")
        kwargs["initial"] = {name: getattr(dyad, name) for name in names}
        super().__init__(*args, **kwargs)
        self.dyad = dyad
        self.fields["intention"].help_text = ""
        self.fields["kind"].label = _("What are you to each other?")
        others = [choice for choice in Dyad.Kind.choices if choice[0] != Dyad.Kind.STEWARDING]
        offer(self, "kind", others)
        del self.fields["direction"]
        if dyad.goes_one_way:
            del self.fields["kind"], self.fields["own_kind"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.dyad.goes_one_way:
            cleaned |= {"kind": self.dyad.kind, "direction": self.dyad.steward_seat}
        return cleaned


class OpennessForm(forms.Form):
    """How many dyads somebody wants at a time."""

    most = forms.TypedChoiceField(
        label=_("How many dyads at a time would be good?"),
        coerce=int,
        choices=[(0, _("none at the moment")), *((n, str(n)) for n in range(1, MOST_DYADS + 1))],
        help_text=_(
            "Once you have so many, nobody of your congregations can ask you for another, and "
            "no round pairs you. You yourself may still ask whom you like."
        ),
    )
