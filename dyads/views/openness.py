"""How many dyads somebody wants at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dyads import services
from dyads.forms.dyad import OpennessForm
from dyads.models import Openness
from dyads.rules.plan import USUAL_DYADS
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
def openness(request: HttpRequest) -> HttpResponseBase:
    """Say how many, for one's own sake."""
    person = person_of(request)
    said = Openness.objects.filter(person=person).first()
    data = request.POST if request.method == "POST" else None
    form = OpennessForm(data, initial={"most": said.most if said else USUAL_DYADS})
    if request.method == "POST" and form.is_valid():
        services.say_how_many(by=person, most=form.cleaned_data["most"])
        messages.success(request, _("Kept. You can change it whenever you like."))
        return go(request, "dyads:index")
    return page(request, "dyads/openness.html", {"form": form}, status=422 if form.errors else 200)
