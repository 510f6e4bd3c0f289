"""Taking everything along, and letting it go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pages.respond import go, page
from people.second_look import looks_before_a_file, looks_first
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.search import SearchForm
from selfwork.showing.exporting import as_markdown, in_sections


@private_view
@require_safe
def yours(request: HttpRequest) -> HttpResponseBase:
    """What only the owner may do with all of it: search, take along, lock, delete."""
    return page(request, "selfwork/yours.html", {"form": SearchForm()})


@private_view
@require_safe
@looks_before_a_file
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything of mine as one Markdown file."""
    words = as_markdown(person_of(request))
    return _file(words, "text/markdown", "my-self-work.md")


@private_view
@require_safe
@looks_before_a_file
def export_page(request: HttpRequest) -> HttpResponseBase:
    """Everything of mine as one file that any browser shows."""
    context = {"sections": in_sections(person_of(request))}
    words = render_to_string("selfwork/file.html", context)
    return _file(words, "text/html", "my-self-work.html")


@private_view
@require_http_methods(["GET", "POST"])
@looks_first
def forget(request: HttpRequest) -> HttpResponseBase:
    """Delete everything here and destroy the key, after asking once."""
    if request.method == "POST":
        services.delete_everything(owner=person_of(request))
        messages.success(request, _("Everything here is deleted, and its key destroyed."))
        return go(request, "selfwork:index")
    return page(request, "selfwork/forget.html")


def _file(words: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(words, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
