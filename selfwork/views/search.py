"""Searching in what one wrote. Sent as a form, so that no address, log or history holds it."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from pages.respond import page
from people.signed_in import person_of
from selfwork.access import private_view
from selfwork.forms.search import SearchForm
from selfwork.showing.searching import search


@private_view
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponseBase:
    """Words, and where they stand."""
    form = SearchForm(request.POST or None)
    is_asked = request.method == "POST" and form.is_valid()
    found = search(person_of(request), form.cleaned_data["words"]) if is_asked else None
    context = {"form": form, "found": found}
    return page(request, "selfwork/search.html", context, status=422 if form.errors else 200)
