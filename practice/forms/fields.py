"""Fields that several forms about meetings share."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from circles.models import Circle
from library.models import Practice
from pages.forms import ModelChoiceField
from people.models import one_line
from people.time_zones import places


def date_input() -> forms.DateInput:
    """A day, picked with the device's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    """A time of day, picked with the device's own clock."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def number_between(least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    """A whole number within bounds, which it tells when they are passed."""
    said = format_lazy(_("Choose a number from {least} to {most}."), least=least, most=most)
    messages = {"min_value": said, "max_value": said}
    return forms.IntegerField(min_value=least, max_value=most, error_messages=messages, **kwargs)


def zone_choices(*own: str) -> list[tuple[str, str]]:
    """All places by name; those given, which the circle's people live by, come first."""
    first = list(dict.fromkeys(own))
    return [(zone, zone.replace("_", " ")) for zone in [*first, *places()] if zone]


class WhichField(forms.ChoiceField):
    """Only this meeting, or it and the `more` that follow it in its rhythm."""

    def __init__(self, more: int) -> None:
        following = ngettext(
            "This one and the one that follows", "This one and the {more} that follow", more
        )
        super().__init__(
            label=_("Which?"),
            choices=[
                ("one", _("Only this one")),
                ("following", following.format(more=more)),
            ],
            initial="one",
            required=False,
            widget=forms.RadioSelect,
        )


class RoomField(forms.BooleanField):
    """Whether we make a room on the web: one that nobody can guess, at the installation's own
    place for such rooms."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Make us a room"),
            help_text=_("We put a link here that nobody can guess; it is the same each time."),
            required=False,
        )


class PracticeField(ModelChoiceField[Practice]):
    """A practice of the library for this scale, or none; also the one that is chosen already."""

    def __init__(self, circle: Circle, *, chosen: int | None = None, **kwargs: Any) -> None:
        suitable = Practice.objects.usable_by(circle).for_scale(circle.scale)
        suitable = (suitable | Practice.objects.filter(Q(pk=chosen))).order_by("title")
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
