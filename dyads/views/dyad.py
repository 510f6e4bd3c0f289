"""The place of the two."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.errors import CircleError
from dyads import services
from dyads.forms.dyad import DyadForm
from dyads.models import Dyad
from dyads.showing.page import dyad_page
from dyads.showing.turns import opening
from pages.respond import go, page
from people.signed_in import person_of


@circle_view(Dyad)
def dyad(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """The two, what for, when next, and what is theirs."""
    shown = dyad_page(dyad, person_of(request))
    context = {
        "circle": dyad,
        "card": shown.card,
        "now": shown.now,
        "other": shown.now.other,
        "meetings": shown.now.meetings,
        "opening": opening(shown.now),
        "invitation": shown.now.invitation,
        "came_to_nothing": shown.came_to_nothing,
        "step": shown.step,
        "sections": shown.sections,
    }
    return page(request, "dyads/dyad.html", context)


@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def edit(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Change what for, what was agreed, and how the two mean to meet."""
    form = DyadForm(request.POST or None, dyad=dyad)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            services.change(
                dyad=dyad,
                by=person_of(request),
                intention=typed["intention"],
                agreements=typed["agreements"],
                plan=form.plan,
            )
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Written down."))
            return go(request, dyad)
    context = {"circle": dyad, "form": form}
    return page(request, "dyads/edit.html", context, status=422 if form.errors else 200)
