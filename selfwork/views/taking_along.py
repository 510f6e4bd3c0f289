"""Taking everything along, and letting it go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pages.respond import go, page
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.showing.exporting import as_markdown


@private_view
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything of mine as one file."""
    response = HttpResponse(
        as_markdown(person_of(request)), content_type="text/markdown; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="my-self-work.md"'
    return response


@private_view
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest) -> HttpResponseBase:
    """Delete everything here and destroy the key, after asking once."""
    if request.method == "POST":
        services.delete_everything(owner=person_of(request))
        messages.success(request, _("Everything here is deleted, and its key destroyed."))
        return go(request, "selfwork:index")
    return page(request, "selfwork/forget.html")
