"""How am I, which parts are here; and how I was."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pages.respond import go, page
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.check_ins import CheckInForm
from selfwork.models import CheckIn, Part
from selfwork.rules.feelings import FEELINGS
from selfwork.showing.check_ins import check_ins_of, open_check_in, weeks_of
from selfwork.showing.kept import names_of
from selfwork.showing.parts import parts_of
from selfwork.showing.would_call import would_call


@private_view
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest) -> HttpResponseBase:
    """One tap, a few ticks, a word."""
    owner = person_of(request)
    form = CheckInForm(request.POST if request.method == "POST" else None, parts=parts_of(owner))
    if request.method == "POST" and form.is_valid():
        here = form.cleaned_data.get("parts", [])
        services.check_in(
            owner=owner,
            how=form.cleaned_data["how"],
            parts=Part.objects.filter(owner=owner, pk__in=here),
            note=form.cleaned_data["note"],
        )
        messages.success(request, _("Kept, for you alone."))
        return go(request, "selfwork:check_ins")
    context = {"form": form, "feelings": FEELINGS, "people": would_call(owner)}
    return page(request, "selfwork/check_in.html", context, status=422 if form.errors else 200)


@private_view
@require_safe
def check_ins(request: HttpRequest) -> HttpResponseBase:
    """A quiet picture over weeks, and all of it to read."""
    owner = person_of(request)
    vault = services.vault_of(owner)
    pages, rows = check_ins_of(owner, vault, request.GET.get("page"))
    context = {
        "page": pages,
        "rows": rows,
        "weeks": weeks_of(owner, vault) if pages.number == 1 else [],
        "feelings": FEELINGS,
    }
    return page(request, "selfwork/check_ins.html", context)


@private_view
@require_http_methods(["GET", "POST"])
def delete_check_in(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Delete one, after asking once."""
    owner = person_of(request)
    one = get_object_or_404(CheckIn, owner=owner, pk=pk)
    if request.method == "POST":
        services.delete_check_in(check_in=one, owner=owner)
        messages.success(request, _("It is gone."))
        return go(request, "selfwork:check_ins")
    vault = services.vault_of(owner)
    shown = open_check_in(one, vault, names_of(owner, vault))
    return page(request, "selfwork/delete_check_in.html", {"one": shown, "feelings": FEELINGS})
