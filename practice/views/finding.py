"""Finding a time: the shared hours of a circle."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from pages.respond import go, page
from people.signed_in import person_of
from practice import services
from practice.access import among_others
from practice.forms import FindForm
from practice.rules.shared_hours import Week
from practice.showing.finding import find as found
from practice.showing.meetings import open_polls


@require_safe
@circle_view(Circle)
@among_others
def find(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """The week that a circle shares, and the best times in it."""
    person = person_of(request)
    form = FindForm(request.GET, circle=circle, person=person)
    finding = found(circle, person, form.wish)
    context = {
        "circle": circle,
        "form": form,
        "finding": finding,
        "others_silent": [one for one in finding.table.silent if one != person],
        "earlier": finding.wish.url("find", circle, weeks=-1)
        if finding.wish.week.monday > Week.of(finding.today, person.zone).monday
        else "",
        "ask_url": finding.wish.url("new_poll", circle),
        "polls": open_polls(circle),
        "later": finding.wish.url("find", circle, weeks=1),
        "may_plan": circle.is_open and services.may_plan(circle, person),
    }
    return page(request, "practice/find.html", context, status=422 if form.errors else 200)


@require_POST
@circle_view(Circle)
@among_others
def ask_for_hours(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """A mail to those who have not said their hours."""
    try:
        count = services.ask_for_hours(circle=circle, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
    else:
        said = ngettext(
            "Asked by mail, once this week.", "Asked {count} people by mail, once this week.", count
        )
        messages.success(request, said.format(count=count))
    return go(request, "practice:find", circle.pk)
