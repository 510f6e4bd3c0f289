"""Talking with a part, in turns."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pages.respond import go, page
from people.signed_in import person_of
from selfwork import services
from selfwork.access import private_view
from selfwork.forms.conversations import KeyForm, TurnForm, UnsentForm
from selfwork.models import Conversation, Part, Turn, Unsent
from selfwork.showing.conversations import open_turns, talk_of
from selfwork.showing.parts import open_part
from selfwork.showing.would_call import would_call


def _own(request: HttpRequest, pk: int) -> Conversation:
    mine = Conversation.objects.filter(part__owner=person_of(request)).select_related("part")
    return get_object_or_404(mine, pk=pk)


@private_view
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin to talk with a part, or go on."""
    owner = person_of(request)
    part = get_object_or_404(Part, pk=pk, owner=owner)
    talk = services.begin_conversation(part=part, owner=owner)
    return go(request, "selfwork:conversation", talk.pk)


@private_view
@require_http_methods(["GET", "POST"])
def conversation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was said, and a sheet for what comes next."""
    owner, talk = person_of(request), _own(request, pk)
    form = TurnForm(request.POST or None)
    if form.is_valid():
        services.say(conversation=talk, owner=owner, **form.cleaned_data)
        return go(request, "selfwork:conversation", talk.pk)
    shown = talk_of(
        talk,
        services.vault_of(owner),
        number=request.GET.get("page"),
        opening=request.GET.get("opening"),
        sent=request.POST or None,
    )
    status = 422 if form.errors else 200
    context = {"talk": shown, "people": would_call(owner)}
    return page(request, "selfwork/conversation.html", context, status=status)


@private_view
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep what is typed. A script asks for the new version; a button leads back to the page."""
    owner, talk = person_of(request), _own(request, pk)
    form = UnsentForm(request.POST)
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    if not form.is_valid():
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        if by_script:
            return JsonResponse({"said": words}, status=422)
        messages.error(request, words)
        return go(request, "selfwork:conversation", talk.pk)
    kept = services.keep_unsent(conversation=talk, owner=owner, **form.cleaned_data)
    if by_script:
        return JsonResponse(_as_saved(kept))
    messages.success(request, _("Kept, and not said yet."))
    return go(request, "selfwork:conversation", talk.pk)


def _as_saved(kept: Unsent | None) -> dict[str, object]:
    """What the script writes into the sheet, and what it says."""
    at = timezone.localtime().strftime("%H:%M")
    if kept is None:
        return {"said": "", "fields": {"version": "0"}}
    fields = {"key": str(kept.key), "version": str(kept.version)}
    return {"said": _("Kept at {time}, for you alone.").format(time=at), "fields": fields}


@private_view
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw away what was typed and not said."""
    talk, form = _own(request, pk), KeyForm(request.POST)
    if form.is_valid():
        services.put_away(conversation=talk, owner=person_of(request), key=form.cleaned_data["key"])
    return go(request, "selfwork:conversation", talk.pk)


@private_view
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A goodbye for now."""
    talk = _own(request, pk)
    services.end_conversation(conversation=talk, owner=person_of(request))
    messages.success(request, _("Goodbye for now. It is good that you talked."))
    return go(request, "selfwork:part", talk.part_id)


@private_view
@require_http_methods(["GET", "POST"])
def delete_turn(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Delete one thing said, after asking once."""
    owner = person_of(request)
    mine = Turn.objects.filter(conversation__part__owner=owner)
    turn = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        services.delete_turn(turn=turn, owner=owner)
        messages.success(request, _("It is gone."))
        return go(request, "selfwork:conversation", turn.conversation_id)
    shown = open_turns([turn], services.vault_of(owner))[0]
    context = {"turn": shown, "conversation_pk": turn.conversation_id}
    return page(request, "selfwork/delete_turn.html", context)


@private_view
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Delete a whole conversation, after asking once."""
    owner, talk = person_of(request), _own(request, pk)
    if request.method == "POST":
        services.delete_conversation(conversation=talk, owner=owner)
        messages.success(request, _("The conversation is gone."))
        return go(request, "selfwork:part", talk.part_id)
    context = {"talk": talk, "part": open_part(talk.part, services.vault_of(owner))}
    return page(request, "selfwork/delete_conversation.html", context)
