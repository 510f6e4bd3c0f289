"""Pages of crews."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view, seat_of
from circles.errors import CircleError, TooFewSeats
from circles.models import JoinRequest
from crews import services
from crews.forms import CallForm, CrewEditForm, FirstTimeForm
from crews.models import Crew
from crews.showing import tables
from crews.showing.page import crew_page
from pages.converters import row_in
from pages.respond import go, page
from people.signed_in import person_of
from people.time_zones import city
from practice.showing.meetings import people_of


def index(request: HttpRequest) -> HttpResponseBase:
    """My crews, and tables with an open seat."""
    person = person_of(request)
    context = {"mine": tables.my_crews(person), "open_ones": tables.open_crews(person)}
    return page(request, "crews/index.html", context)


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponseBase:
    """Call a crew."""
    person = person_of(request)
    initial = {"parent": row_in(request.GET.get("congregation"))}
    form = CallForm(request.POST or None, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            crew = services.call(by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error("parent", str(error))
        else:
            messages.success(request, _("The table is set, and the first seat is yours."))
            return go(request, crew)
    context = {"form": form, "city": person.city}
    return page(request, "crews/call.html", context, status=422 if form.errors else 200)


@circle_view(Crew, members_only=False)
def crew(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """The table. Who does not sit at it sees who does, and what it is for, and no more."""
    person = person_of(request)
    if seat_of(person, crew) is None:
        return _from_outside(request, crew)
    shown = crew_page(crew, person)
    context = {
        "circle": crew,
        "now": shown.now,
        "meetings": shown.now.meetings,
        "step": shown.step,
        "decides": shown.now.ending is not None and shown.now.ending.is_open,
        "sections": shown.sections,
    }
    return page(request, "crews/crew.html", context)


def _from_outside(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    person = person_of(request)
    people = people_of(crew)
    context = {
        "circle": crew,
        "card": tables.CrewCard(crew, people, person),
        "my_place": services.place_at_two_tables(crew, person),
        "waiting": JoinRequest.objects.waiting().filter(circle=crew, person=person).first(),
    }
    return page(request, "crews/from_outside.html", context)


@require_POST
@circle_view(Crew)
def first_time(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Take one of the times that suit all."""
    form = FirstTimeForm(request.POST)
    try:
        if form.is_valid():
            at = form.cleaned_data["at"]
            services.take_first_time(crew=crew, by=person_of(request), at=at)
            messages.success(request, _("It is set, and the others hear of it."))
        else:
            messages.error(request, str(form.errors["at"][0]))
    except CircleError as error:
        messages.info(request, str(error))
    return go(request, crew)


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def edit(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Change name, intention, seats, rhythm in words."""
    form = CrewEditForm(request.POST or None, instance=crew)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(crew=crew, by=person_of(request), **form.cleaned_data)
        except TooFewSeats as error:
            form.add_error("seats", str(error))
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Changed."))
            return go(request, crew)
    zone = crew.time_zone if crew.hours else person_of(request).time_zone
    context = {"circle": crew, "form": form, "city": city(zone)}
    return page(request, "crews/edit.html", context, status=422 if form.errors else 200)
