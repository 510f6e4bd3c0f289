"""For which week a time is looked for, how long and how often."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from pages.forms import offer
from people.models import Person
from people.time_zones import validate_zone
from practice.forms.fields import date_input
from practice.forms.often import OFTEN_IN_WORDS
from practice.models.rhythm import LEAST_MINUTES, MOST_MINUTES
from practice.planned import planned
from practice.rules.recurrence import MOST_MEETINGS, OFTEN
from practice.rules.shared_hours import Week
from practice.services import FURTHEST
from practice.showing.finding import Wish
from practice.showing.often import how_often

# Without "every few weeks", which asks for a number besides: only a circle's own plan has it.
PLAINLY = [choice for choice in OFTEN_IN_WORDS if choice[0] in OFTEN]


def usual_minutes(circle: Circle) -> int:
    """How long its scale usually meets (domain: 45 minutes for two, 60 to 90 for a crew); half an
    hour for oneself."""
    return {"self": 30, "dyad": 45}.get(circle.scale, 90)


class FindForm(forms.Form):
    """Read from the address, so that a week can be passed on as a link."""

    week = forms.DateField(label=_("Week of"), required=False, widget=date_input())
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, required=False
    )
    every = forms.ChoiceField(label=_("How often"), choices=PLAINLY, required=False)

    def __init__(self, data: Any, *, circle: Circle, person: Person) -> None:
        self.usual = {
            "week": timezone.localdate() + timedelta(days=7),
            "minutes": usual_minutes(circle),
            "every": "once" if circle.scale == "congregation" else "fortnight",
        }
        plan = planned(circle)
        self.usual |= {name: plan[name] for name in ("minutes", "every") if name in plan}
        has_few = plan.get("every") == "weeks"
        self.person, self.weeks = person, plan["weeks"] if has_few else 3
        given = {name: data.get(name) or usual for name, usual in self.usual.items()}
        super().__init__(given, auto_id="find_%s")
        if has_few:
            choices = [*PLAINLY, ("weeks", how_often(self.weeks))]
            offer(self, "every", choices)

    def clean_week(self) -> Any:
        day = self.cleaned_data["week"]
        # The first days of the calendar have no Monday, the last ones no moment.
        if abs(day - timezone.localdate()) > FURTHEST:
            raise forms.ValidationError(_("Choose a week within the next two years."))
        return day

    @property
    def wish(self) -> Wish:
        """What is looked for; the usual where something was not understood."""
        self.full_clean()
        said = {**self.usual, **self.cleaned_data}
        week = Week.of(said["week"], self.person.zone)
        return Wish(week, said["minutes"], said["every"], self.weeks)


class OfferedForm(forms.Form):
    """What an address carries into the schedule form; what is odd in it is left out.

    A time from "Find a time", or a programme and how many meetings it still needs. "Every few
    weeks" is left out: the form knows the circle's plan itself.
    """

    day = forms.DateField(required=False)
    at = forms.TimeField(required=False)
    zone = forms.CharField(required=False, validators=[validate_zone])
    minutes = forms.IntegerField(required=False, min_value=LEAST_MINUTES, max_value=MOST_MINUTES)
    every = forms.ChoiceField(required=False, choices=PLAINLY)
    meetings = forms.IntegerField(required=False, min_value=1, max_value=MOST_MEETINGS)
    programme = forms.SlugField(required=False)

    def initial_values(self) -> dict[str, Any]:
        """Initial values for a form about when to meet."""
        self.full_clean()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if zone := found.pop("zone", None):
            found["time_zone"] = zone
        return found
