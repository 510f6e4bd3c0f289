"""Choosing which mail one gets, with or without signing in; and the state of the ledger."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from keystore.watching import answers
from notifications import services
from notifications.links import read_stop_token
from notifications.models import Notice
from notifications.sections import sections_for
from pages.respond import go, page
from people.signed_in import person_of

# A worker that is this late does not run; whoever watches /mail/healthz/ should look.
TOO_LATE_SECONDS = 15 * 60


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponseBase:
    """When and of what a person hears by mail: all sections in one form."""
    person = person_of(request)
    chosen = sections_for(person, request.POST if request.method == "POST" else None)
    wrong = [section for section in chosen if not section.is_valid()]
    if not wrong:
        with transaction.atomic():
            for section in chosen:
                section.save()
        messages.success(request, _("Kept. From now on mail comes as you chose."))
        return go(request, "notifications:preferences")
    status = 422 if request.method == "POST" else 200
    return page(request, "notifications/preferences.html", {"sections": chosen}, status=status)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponseBase:
    """Stop one kind of mail by its signed link. Reading changes nothing; mail programs POST here
    by themselves when their reader presses "unsubscribe" (RFC 8058)."""
    found = read_stop_token(token)
    if found is None:
        raise Http404
    person, kind = found
    done = request.method == "POST"
    if done:
        services.set_switch(person=person, kind=kind, is_on=False)
    return page(request, "notifications/stop.html", {"kind": kind, "token": token, "done": done})


@login_not_required
@require_POST
def start(request: HttpRequest, token: str) -> HttpResponseBase:
    """The undo of `stop`."""
    found = read_stop_token(token)
    if found is None:
        raise Http404
    person, kind = found
    services.set_switch(person=person, kind=kind, is_on=True)
    context = {"kind": kind, "token": token, "again": True}
    return page(request, "notifications/stop.html", context)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponseBase:
    """For whoever watches: whether both databases answer and how late the oldest mail is."""
    keys = "ok" if answers() else "away"
    try:
        oldest = Notice.objects.owed().order_by("due_at").values_list("due_at", flat=True).first()
    except DatabaseError:
        return JsonResponse({"database": "away", "keys": keys}, status=503)
    late = max(0, int((timezone.now() - oldest).total_seconds())) if oldest else 0
    status = 503 if late > TOO_LATE_SECONDS or keys == "away" else 200
    said = {"database": "ok", "keys": keys, "oldest_due_mail_seconds": late}
    return JsonResponse(said, status=status)
