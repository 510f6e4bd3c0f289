"""Setting a rhythm, or one date."""

from datetime import time, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from circles.scales import may_practise
from library.models import Programme
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from practice import services
from practice.access import is_for_one
from practice.forms import OfferedForm, RhythmForm, rule_of, usual_minutes
from practice.models import Rhythm
from practice.planned import planned
from practice.showing.meetings import people_of
from practice.showing.wording import shifted_in_words, what_will_be


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
def schedule(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """How often, when, how long, how many times, and with which practice."""
    person = person_of(request)
    if not services.may_plan(circle, person):
        raise PermissionDenied
    people = people_of(circle)
    initial = _initial(circle, person, request.GET)
    zones = [person.time_zone, *(other.time_zone for other in people)]
    form = RhythmForm(request.POST or None, circle=circle, zones=zones, initial=initial)
    is_sensible = form.is_valid()
    # Somebody may first read what would be; nothing is kept by that.
    if is_sensible and "look" not in request.POST:
        try:
            rhythm = _set(circle, person, form.cleaned_data)
        except CircleError as error:
            form.add_error("day", str(error))
        else:
            _say_how_it_stands(request, rhythm)
            return go(request, _onward(circle, initial.get("programme")))
    context = {
        "circle": circle,
        "form": form,
        "will_be": _will_be(form.cleaned_data if is_sensible else initial, form),
        "enough": may_practise(circle.scale, len(people)),
        "missing": circle.law.missing(len(people)),
    }
    return page(
        request, "practice/schedule.html", context, part="words", status=422 if form.errors else 200
    )


def _onward(circle: Circle, slug: str | None) -> str:
    """Back to the programme that these meetings are for, or to the circle."""
    if is_for_one(circle):
        return reverse("selfwork:times")
    if slug and Programme.objects.for_scale(circle.scale).filter(slug=slug).exists():
        return reverse("practice:take_on", args=[circle.pk, slug])
    return circle.get_absolute_url()


def _will_be(typed: dict[str, Any], form: RhythmForm) -> list[str]:
    """What would come of the form, in sentences; nothing while something is to be put right."""
    if form.errors:
        return []
    rhythm = Rhythm(**rule_of(typed))
    try:
        shifted = rhythm.pattern.shifted(rhythm.meetings or services.AHEAD)
    except OverflowError:  # An address may bring a day at the end of the calendar.
        return []
    return [what_will_be(rhythm), *(shifted_in_words(rhythm, local) for local in shifted)]


def _say_how_it_stands(request: HttpRequest, rhythm: Rhythm) -> None:
    stands = _("Your rhythm stands, until somebody calls it off. The others hear by mail.")
    if rhythm.meetings:
        stands = ngettext(
            "Your meeting stands. The others hear by mail.",
            "{count} meetings stand. The others hear by mail.",
            rhythm.meetings,
        ).format(count=rhythm.meetings)
    messages.success(request, _("It stands.") if is_for_one(rhythm.circle) else stands)
    for local in rhythm.pattern.shifted(rhythm.meetings or services.AHEAD):
        messages.info(request, shifted_in_words(rhythm, local))


def _initial(circle: Circle, person: Person, given: QueryDict) -> dict[str, Any]:
    """The usual, over it what the circle has planned, and over that what the address brings from
    "Find a time" or a practice's page."""
    return {
        "every": "fortnight",
        "weeks": 3,
        "time_zone": person.time_zone,
        "minutes": usual_minutes(circle),
        "day": timezone.localdate() + timedelta(days=7),
        "at": time(18, 30),
        "meetings": 6,
        "open_ended": False,
        **planned(circle),
        **({"practice": given["practice"]} if "practice" in given else {}),
        **OfferedForm(given).initial_values(),
    }


def _set(circle: Circle, person: Person, typed: dict[str, Any]) -> Rhythm:
    return services.set_rhythm(
        circle=circle,
        by=person,
        practice=typed.get("practice"),
        place=typed.get("place", ""),
        link=typed.get("link", ""),
        **rule_of(typed),
    )
