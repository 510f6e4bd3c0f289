"""What people type about help from outside."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from circles.scales import Scale
from congregation.models import HelpRequest
from pages.forms import ModelChoiceField, ModelForm
from people.models import Person, one_line
from people.time_zones import zone_info
from people.wall_clock import moment
from practice.forms.fields import date_input, time_input
from practice.models import PracticeSession

FURTHEST = timedelta(days=366)
ALL = "all"


class GladForm(forms.Form):
    """What somebody is glad to do for other tables."""

    to_visit = forms.BooleanField(
        label=_("I am glad to visit a crew"),
        help_text=_("You leave your own table for one evening, and sit at another."),
        required=False,
    )
    to_mediate = forms.BooleanField(
        label=_("I am glad to mediate"),
        help_text=_("You sit between two sides, belong to neither, and help them hear."),
        required=False,
    )


class _Meeting(ModelChoiceField[PracticeSession]):
    def label_from_instance(self, obj: PracticeSession) -> str:
        return formatted(timezone.localtime(obj.starts_at), "l j F, H:i")


class _WordsForm(ModelForm[HelpRequest]):
    class Meta:
        model = HelpRequest
        fields = ("words",)
        labels = {"words": _("What you ask for, in words for outside")}
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class VisitorForm(_WordsForm):
    """Which meeting, and what for."""

    class Meta(_WordsForm.Meta):
        help_texts = {
            "words": _(
                "Those who are glad to visit read this, with the crew’s name, the day and the "
                "hour. For example: “Come and keep time for us, we drift.”"
            )
        }

    def __init__(self, *args: Any, sessions: QuerySet[PracticeSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"] = _Meeting(sessions, label=_("Which meeting?"), empty_label=None)
        self.order_fields(["session", "words"])


class MediatorForm(_WordsForm):
    """Between whom, and what for."""

    class Meta(_WordsForm.Meta):
        help_texts = {
            "words": _(
                "Those who are glad to mediate read this and the name of the crew, and nobody’s "
                "name. Say no more than you would say aloud there: “Two of us would like help to "
                "hear each other.”"
            )
        }

    def __init__(
        self, *args: Any, circle: Circle, by: Person, people: list[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(person.pk): person for person in people if person != by}
        if circle.scale == Scale.CREW:
            choices = [
                *((key, _("{who} and me").format(who=who)) for key, who in self.by_key.items()),
                (ALL, _("All of us at the table")),
            ]
            self.fields["between"] = forms.ChoiceField(
                label=_("Between whom?"),
                choices=choices,
                widget=forms.RadioSelect,
                help_text=_(
                    "Whoever is named hears of it, and nothing happens without their yes. The "
                    "others at the table hear nothing."
                ),
            )
            self.order_fields(["between", "words"])

    @property
    def other(self) -> Person | None:
        """The other side, when it is one person; None for everybody."""
        return self.by_key.get(self.cleaned_data.get("between", ALL))


class TalkForm(forms.Form):
    """When and where, by the mediator's own clock."""

    day = forms.DateField(label=_("Day"), widget=date_input())
    at = forms.TimeField(label=_("Time, by your own clock"), widget=time_input())
    where = forms.CharField(
        label=_("A link, or a place"),
        max_length=300,
        validators=[one_line],
        help_text=_("Only the sides and you see it."),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone_info(zone)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        # Days at the ends of the calendar cannot even be turned into a moment.
        if not abs(day - timezone.localdate()) < FURTHEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"day", "at"} <= cleaned.keys():
            found: datetime = moment(cleaned["day"], cleaned["at"], self.zone)
            cleaned["moment"] = found
            if found <= timezone.now():
                said = _("That moment has passed. Choose one that is still to come.")
                self.add_error("day", said)
        return cleaned


class ClosingForm(ModelForm[HelpRequest]):
    """Three things a mediation leaves behind."""

    class Meta:
        model = HelpRequest
        fields = ("heard", "next_step", "look_again_on")
        labels = {
            "heard": _("What was heard"),
            "next_step": _("What happens next"),
            "look_again_on": _("A day to look again"),
        }
        help_texts = {
            "heard": _("A few sentences in which each side finds itself."),
            "next_step": _("One thing that is small enough to happen."),
            "look_again_on": _("On that morning each of you hears from us, and nobody else."),
        }
        widgets = {
            "heard": forms.Textarea(attrs={"rows": 4}),
            "next_step": forms.Textarea(attrs={"rows": 3}),
            "look_again_on": date_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean_look_again_on(self) -> date:
        day: date = self.cleaned_data["look_again_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if day - timezone.localdate() > FURTHEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day
