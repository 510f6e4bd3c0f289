"""People and I: with whom somebody would like to sit, and with whom rather not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circles.errors import CircleError
from circles.forms import PreferencesForm
from circles.services.preferences import prefer, refused_partners
from circles.showing import people_and_said
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
def people_and_i(request: HttpRequest) -> HttpResponseBase:
    """See and change one's own words about others. The address names nobody."""
    person = person_of(request)
    people, said = people_and_said(person)
    form = PreferencesForm(
        request.POST if request.method == "POST" else None, people=people, said=said
    )
    if request.method == "POST" and form.is_valid():
        before = set(refused_partners(person))
        try:
            prefer(by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept, for your eyes only."))
            partners = [one for one in refused_partners(person) if one not in before]
            if partners:
                messages.info(request, _("You two are still a dyad. You can end that here, too."))
                return go(request, "dyads:block", partners[0].pk)
            return go(request, "people:profile")
    context = {"form": form, "has_people": bool(people)}
    return page(request, "circles/people_and_i.html", context, status=422 if form.errors else 200)
