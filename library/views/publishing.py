"""Offering a draft, and answering an offer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles.errors import CircleError
from library import services
from library.access import draft_view, own_draft_view
from library.forms.publishing import HomeForm, PublishForm, SendBackForm
from library.models import Draft
from library.views.desk import show_draft
from pages.respond import go
from people.signed_in import person_of


@require_POST
@own_draft_view
def offer(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """Lay it before those who publish, or publish it where one is among them."""
    person = person_of(request)
    form = HomeForm(request.POST, homes=services.homes_for(draft, person))
    if not form.is_valid():
        messages.warning(request, _("Choose whom you offer it to."))
        return go(request, draft)
    home = form.chosen()
    try:
        practice = services.offer(draft=draft, by=person, home=home)
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, draft)
    if practice is not None:
        messages.success(request, _("It is on the shelf of {circle} now.").format(circle=home))
        return go(request, practice)
    messages.success(
        request,
        _("It is with {circle} now. You hear by mail when somebody has read it.").format(
            circle=home
        ),
    )
    return go(request, draft)


@require_POST
@draft_view
def publish(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """Put it on the shelf."""
    form = PublishForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    try:
        practice = services.publish(draft=draft, by=person_of(request), seen=seen)
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, draft)
    messages.success(
        request,
        _("It is on the shelf. {who} hears from us by mail.").format(
            who=draft.written_by.first_name
        ),
    )
    return go(request, practice)


@require_POST
@draft_view
def send_back(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """Give it back to its writer, with a word why."""
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return show_draft(request, draft, form)
    try:
        services.send_back(draft=draft, by=person_of(request), word=form.cleaned_data["word"])
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, "library:desk")
    messages.success(
        request,
        _("{who} has it back, with your word.").format(who=draft.written_by.first_name),
    )
    return go(request, "library:desk")
