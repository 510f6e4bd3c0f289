"""Whether the congregation may know that two practise together."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.errors import CircleError
from dyads import services
from dyads.forms.ending import ConsentForm
from dyads.models import Dyad
from dyads.showing.consents import allows
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def consent(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Each for themselves, with what would be shown."""
    if dyad.parent is None or not dyad.is_open:
        raise Http404
    person = person_of(request)
    before = allows(dyad, person)
    form = ConsentForm(
        request.POST if request.method == "POST" else None, initial={"allows": before}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.allow_to_be_seen(dyad=dyad, by=person, allows=form.cleaned_data["allows"])
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept. You can change it whenever you like."))
            return go(request, dyad)
    context = {"circle": dyad, "form": form, "people": services.sitting(dyad)}
    return page(request, "dyads/consent.html", context, status=422 if form.errors else 200)
