"""A crew gone quiet says how it is: one tap for all."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.saying import saying
from crews import services
from crews.forms import RestForm
from crews.models import Crew, QuietQuestion
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def quiet(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Does it still meet, or rest? An end has its own page."""
    if not QuietQuestion.objects.open().filter(crew=crew).exists():
        return go(request, crew)
    person, is_post = person_of(request), request.method == "POST"
    form = RestForm(request.POST if is_post else None)
    form.fields["until"].help_text = _("You are all asked then. Or leave it open.")
    if is_post and form.is_valid():
        if "rests" in request.POST:
            with saying(request, _("Your crew rests. The others hear by mail.")):
                services.rests(crew=crew, by=person, until=form.cleaned_data["until"])
        else:
            with saying(request, _("Good to hear. The others hear it by mail, too.")):
                services.still_meets(crew=crew, by=person)
        return go(request, crew)
    context = {"circle": crew, "form": form}
    return page(request, "crews/quiet.html", context, status=422 if form.errors else 200)
