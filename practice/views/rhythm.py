"""Setting a rhythm, or one date."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from circles.scales import may_practise
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from people.time_zones import city
from practice import services
from practice.forms import OfferedForm, RhythmForm, usual_minutes
from practice.models import Rhythm
from practice.showing import people_of


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
def schedule(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """How often, when, how long, how many times, and with which practice."""
    person = person_of(request)
    if not services.may_plan(circle, person):
        raise PermissionDenied
    people = people_of(circle)
    form = RhythmForm(
        request.POST or None,
        circle=circle,
        zones=[person.time_zone, *(other.time_zone for other in people)],
        initial=_initial(circle, person, request.GET),
    )
    if request.method == "POST" and form.is_valid():
        try:
            rhythm = _set(circle, person, form.cleaned_data)
        except CircleError as error:
            form.add_error("day", str(error))
        else:
            _say_how_it_stands(request, rhythm)
            return go(request, circle)
    context = {
        "circle": circle,
        "form": form,
        "enough": may_practise(circle.scale, len(people)),
        "missing": circle.law.missing(len(people)),
    }
    return page(request, "practice/schedule.html", context, status=422 if form.errors else 200)


def _say_how_it_stands(request: HttpRequest, rhythm: Rhythm) -> None:
    stands = ngettext(
        "Your meeting stands. The others hear by mail.",
        "{count} meetings stand. The others hear by mail.",
        rhythm.meetings,
    )
    messages.success(request, stands.format(count=rhythm.meetings))
    for local in rhythm.pattern.shifted(rhythm.meetings):
        said = _("On {day} the clocks go forward in {city}: that meeting begins at {time}.")
        day, time = formatted(local, "j F"), formatted(local, "H:i")
        messages.info(request, said.format(day=day, city=city(rhythm.time_zone), time=time))


def _initial(circle: Circle, person: Person, given: QueryDict) -> dict[str, Any]:
    """The usual, and over it what the address brings from "Find a time" or a practice's page."""
    return {
        "every": Rhythm.Every.FORTNIGHT,
        "time_zone": person.time_zone,
        "minutes": usual_minutes(circle),
        "day": timezone.localdate() + timedelta(days=7),
        "at": "18:30",
        "practice": given.get("practice"),
        **OfferedForm(given).initial_values(),
    }


def _set(circle: Circle, person: Person, typed: dict[str, Any]) -> Rhythm:
    return services.set_rhythm(
        circle=circle,
        by=person,
        every=typed["every"],
        starts_on=typed["day"],
        at=typed["at"],
        time_zone=typed["time_zone"],
        minutes=typed["minutes"],
        meetings=typed["meetings"],
        practice=typed["practice"],
        place=typed["place"],
        link=typed["link"],
    )
