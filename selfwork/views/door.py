"""The door of the private place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pages.respond import go, page
from people.second_look import looks_first, ways_to_look
from people.signed_in import person_of
from selfwork.access import private_view
from selfwork.door import come_in
from selfwork.forms.door import DoorForm
from selfwork.models import Door
from selfwork.services.door import set_door


@private_view
@require_http_methods(["GET", "POST"])
@looks_first
def door(request: HttpRequest) -> HttpResponseBase:
    """When the private place asks for a second look."""
    owner = person_of(request)
    kept = Door.objects.filter(owner=owner).first()
    asks_after = kept.asks_after if kept else None
    form = DoorForm(request.POST or None, initial={"asks_after": asks_after})
    if request.method == "POST" and form.is_valid():
        asks_after = form.cleaned_data["asks_after"]
        set_door(owner=owner, asks_after=asks_after)
        # They have just shown who they are; the door begins to ask when they leave.
        come_in(request, asks_after)
        messages.success(request, _("Kept."))
        return go(request, "selfwork:yours")
    context = {"form": form, "looks": [way["description"] for way in ways_to_look(request)]}
    return page(request, "selfwork/door.html", context, status=422 if form.errors else 200)
