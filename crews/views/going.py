"""Saying “go” to a call, letting it rest, taking it up again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.saying import saying
from crews import services
from crews.forms import LetRestForm
from crews.models import Crew
from pages.respond import go, page
from people.signed_in import person_of


@require_POST
@circle_view(Crew)
def say_go(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """One tap; with the third the crew begins."""
    try:
        found = services.say_go(crew=crew, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
    else:
        begun = _("You begin. From here on you are equals: find your first evening.")
        said = _("You said “go”. With three it begins.")
        messages.success(request, begun if found.has_begun else said)
    return go(request, crew)


@require_POST
@circle_view(Crew)
def take_go_back(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Not yet, after all."""
    with saying(request, _("Your “go” is taken back.")):
        services.take_go_back(crew=crew, by=person_of(request))
    return go(request, crew)


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def let_rest(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Let a call rest, with a word if wished; or keep it open."""
    person = person_of(request)
    if not services.may_let_rest(crew, person):
        raise PermissionDenied
    if crew.has_begun or crew.is_resting or not crew.is_open:
        return go(request, crew)
    form = LetRestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with saying(request, _("The call rests. Those who were in hear it from us.")):
            services.let_call_rest(crew=crew, by=person, words=form.cleaned_data["words"])
        return go(request, crew)
    context = {"circle": crew, "form": form}
    return page(request, "crews/let_rest.html", context, status=422 if form.errors else 200)


@require_POST
@circle_view(Crew)
def take_up(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Open a resting call again."""
    with saying(request, _("The call is open again.")):
        services.take_up_call(crew=crew, by=person_of(request))
    return go(request, crew)
