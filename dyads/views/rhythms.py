"""A congregation that pairs again and again: its stewards set, change and end the rhythm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.saying import saying
from congregation.models import Congregation
from dyads.errors import NoticeTooLong, NotThatFirstDay
from dyads.forms.rounds import RhythmForm, standing_rhythm, usual_rhythm
from dyads.services import rhythms
from pages.respond import go, page
from people.signed_in import person_of

FIELDS: dict[type[CircleError], str] = {NotThatFirstDay: "day", NoticeTooLong: "notice"}


@require_http_methods(["GET", "POST"])
@circle_view(Congregation, stewards_only=True)
def rhythm(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """For stewards: how often, with how much notice, and when next."""
    person, found = person_of(request), rhythms.rhythm_of(congregation)
    form = RhythmForm(
        request.POST or None,
        zone=found.time_zone if found else person.time_zone,
        initial=standing_rhythm(found) if found else usual_rhythm(person),
    )
    if request.method == "POST" and form.is_valid():
        try:
            rhythms.set_rhythm(congregation=congregation, by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error(FIELDS.get(type(error)), str(error))
        else:
            messages.success(request, _("Set. The next round opens by itself."))
            return go(request, congregation)
    context = {"circle": congregation, "form": form, "rhythm": found}
    return page(request, "dyads/rhythm.html", context, status=422 if form.errors else 200)


@require_POST
@circle_view(Congregation, stewards_only=True)
def end_rhythm(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """For stewards: no more rounds by themselves."""
    with saying(request, _("No round opens by itself any more.")):
        rhythms.end_rhythm(congregation=congregation, by=person_of(request))
    return go(request, congregation)
