"""Whom one would call."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pages.converters import row_in
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.guided import WouldCallForm, lines_of
from selfwork.models import Entry
from selfwork.rules.guides import PODS
from selfwork.showing.entries import open_entry
from selfwork.showing.would_call import would_call as people_of
from selfwork.vault import Vault
from selfwork.views.entries import entries_of


def _came_from(request: HttpRequest, owner: Person) -> Entry | None:
    """The practice somebody comes from, if it is theirs."""
    return entries_of(owner).filter(pk=row_in(request.GET.get("from")) or 0).first()


@private_view
@require_http_methods(["GET", "POST"])
def would_call(request: HttpRequest) -> HttpResponseBase:
    """Whom I would call: written down while it is easy."""
    owner = person_of(request)
    vault = services.vault_of(owner)
    people, entry = people_of(owner, vault), _came_from(request, owner)
    found = _found_in(entry, vault)
    initial = {"people": "\n".join(dict.fromkeys([*people, *found])), "seen": "\n".join(people)}
    form = WouldCallForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = services.set_would_call(owner=owner, **form.cleaned_data)
        messages.success(request, _("Kept, for you alone."))
        if set(kept) != set(form.cleaned_data["people"]):
            messages.warning(request, _("In another window you wrote down more; all are here."))
            return go(request, "selfwork:would_call")
        return go(request, "selfwork:entry", entry.pk) if entry else go(request, "selfwork:index")
    context = {"form": form, "entry": entry, "is_from_map": bool(found)}
    status = 422 if form.errors else 200
    return page(request, "selfwork/would_call.html", context, status=status)


def _found_in(entry: Entry | None, vault: Vault) -> list[str]:
    """Whom a pod map names."""
    if entry is None or entry.kind != PODS.kind:
        return []
    return lines_of(open_entry(entry, vault).steps[0].sheet.said)
