"""What people type about meetings."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from library.models import Practice
from pages.forms import ModelChoiceField
from people.models import Person, one_line
from people.time_zones import places, zone_info
from practice.models import Answer, PracticeSession, Rhythm
from practice.models.rhythm import LEAST_MINUTES, MOST_MINUTES
from practice.recurrence import MOST_MEETINGS, moment

FURTHEST = timedelta(days=2 * 366)


def date_input() -> forms.DateInput:
    """A day, picked with the device's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    """A time of day, picked with the device's own clock."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def zone_choices(*own: str) -> list[tuple[str, str]]:
    """All places by name; those given, which the circle's people live by, come first."""
    first = list(dict.fromkeys(own))
    return [(zone, zone.replace("_", " ")) for zone in [*first, *places()] if zone]


class PracticeField(ModelChoiceField[Practice]):
    """A practice of the library, or none."""

    def __init__(self, circle: Circle, **kwargs: Any) -> None:
        suitable = Practice.objects.published().for_scale(circle.scale).order_by("title")
        kwargs.setdefault("label", _("Practice"))
        kwargs.setdefault("empty_label", _("We decide when we meet"))
        super().__init__(queryset=suitable, required=False, **kwargs)

    def label_from_instance(self, obj: Practice) -> str:
        return _("{title}, {minutes} minutes").format(title=obj.title, minutes=obj.minutes)


class PlaceField(forms.CharField):
    """Where people sit down together, on one line."""

    def __init__(self) -> None:
        super().__init__(label=_("Place"), max_length=200, required=False, validators=[one_line])


class LinkField(forms.URLField):
    """A room on the web, and nothing but the web."""

    default_validators = [
        URLValidator(
            schemes=["https", "http"],
            message=_("Paste the whole link, for example https://meet.example.org/our-table."),
        )
    ]

    def __init__(self) -> None:
        super().__init__(
            label=_("Link, if you meet online"),
            max_length=500,
            required=False,
            assume_scheme="https",
            widget=forms.TextInput(attrs={"inputmode": "url"}),
        )


class WhenForm(forms.Form):
    """A day and a time on the wall of one zone."""

    day = forms.DateField(label=_("Day"), widget=date_input())
    at = forms.TimeField(label=_("Time"), widget=time_input())
    time_zone = forms.ChoiceField(label=_("By the clock of"))
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=90
    )

    def __init__(self, *args: Any, zones: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices(*zones)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        # Days at the ends of the calendar cannot even be turned into a moment.
        if abs(cleaned["day"] - timezone.now().date()) > 2 * FURTHEST:
            self.add_error("day", _("Choose a day within the next two years."))
            return cleaned
        starts_at = moment(cleaned["day"], cleaned["at"], zone_info(cleaned["time_zone"]))
        now = timezone.now()
        if starts_at <= now:
            self.add_error("day", _("That moment has passed. Choose one that is still to come."))
        elif starts_at > now + FURTHEST:
            self.add_error("day", _("That is more than two years away. Choose a nearer day."))
        cleaned["starts_at"] = starts_at
        return cleaned


class RhythmForm(WhenForm):
    """How often a circle meets, from when, and with which practice."""

    every = forms.ChoiceField(label=_("How often"), choices=Rhythm.Every, widget=forms.RadioSelect)
    meetings = forms.IntegerField(
        label=_("How many meetings"),
        min_value=1,
        max_value=MOST_MEETINGS,
        initial=6,
        required=False,
        help_text=_("Six is a good first cycle. Then it ends, unless you all choose otherwise."),
    )
    place = PlaceField()
    link = LinkField()
    field_order = ["every", "day", "at", "time_zone", "minutes", "meetings", "practice"]

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"] = PracticeField(circle)
        self.fields["day"].label = _("First day")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("every") == Rhythm.Every.ONCE:
            cleaned["meetings"] = 1
        elif cleaned.get("meetings") is None and "meetings" not in self.errors:
            self.add_error(
                "meetings",
                _("Say how many times you want to meet, 1 to {most}.").format(most=MOST_MEETINGS),
            )
        return cleaned


class DetailsForm(forms.Form):
    """What is done, who hosts, where."""

    place = PlaceField()
    link = LinkField()

    def __init__(
        self, *args: Any, session: PracticeSession, people: list[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"] = PracticeField(session.circle)
        self.fields["host"] = forms.ModelChoiceField(
            Person.objects.filter(pk__in=[person.pk for person in people]),
            label=_("Host"),
            required=False,
            empty_label=_("Nobody yet"),
            help_text=_("Hosting is a turn: welcome everyone, keep the order, end on time."),
        )
        self.order_fields(["practice", "host", "place", "link"])


class AnswerForm(forms.Form):
    """Yes, maybe or no; for this one or all that follow; a word why."""

    answer = forms.ChoiceField(choices=Answer.Choice)
    following = forms.BooleanField(required=False)
    word = forms.CharField(max_length=200, required=False, validators=[one_line])


class SeenForm(forms.Form):
    """The state of the meeting that a form was drawn from."""

    seen = forms.IntegerField(min_value=0, required=False)


class AttendanceForm(forms.Form):
    """Who of the circle was there."""

    there = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["there"]
        field.choices = [(person.pk, str(person)) for person in people]  # type: ignore[attr-defined]


def local_initial(session: PracticeSession) -> dict[str, Any]:
    """The meeting's day, time and zone as the move form shows them."""
    local: datetime = session.starts_at.astimezone(zone_info(session.time_zone))
    return {
        "day": local.date(),
        "at": local.time(),
        "time_zone": session.time_zone,
        "minutes": session.minutes,
    }
