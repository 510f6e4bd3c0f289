"""Who is there."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from circles.access import circle_view
from circles.scales import Scale
from congregation.forms.congregation import SearchForm
from congregation.models import Congregation
from congregation.showing import congregation as showing
from pages.respond import page
from people.signed_in import person_of

PAGE_SIZE = 40


@require_safe
@circle_view(Congregation)
def people(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """Everybody, by name; can be searched."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    seats = showing.seats_in_order(congregation, words)
    context = {
        "circle": congregation,
        "form": form,
        "keep": f"&{urlencode({'q': words})}" if words else "",
        "seats": Paginator(seats, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    status = 422 if form.errors else 200
    return page(request, "congregation/people.html", context, part="people", status=status)


@require_safe
@circle_view(Congregation)
def person(request: HttpRequest, congregation: Congregation, person_pk: int) -> HttpResponseBase:
    """One member: what they say of themselves, their hour, the circles we share."""
    reader = person_of(request)
    seat = get_object_or_404(showing.seats_in_order(congregation), person=person_pk)
    shared = [] if seat.person == reader else showing.shared_circles(reader, seat.person)
    context = {
        "circle": congregation,
        "seat": seat,
        "person": seat.person,
        "is_me": seat.person == reader,
        "their_time": date_format(timezone.now().astimezone(seat.person.zone), "H:i, l"),
        "shared": shared,
        "is_dyad": any(circle.scale == Scale.DYAD for circle in shared),
    }
    return page(request, "congregation/person.html", context)
