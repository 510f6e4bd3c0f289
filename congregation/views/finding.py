"""Ways in: mine, invitations to me, one to ask, one to begin."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from circles import services as circles
from circles.access import seat_of
from circles.forms import AskForm
from circles.models import Invitation, JoinRequest
from circles.saying import saying
from circles.scales import Scale
from congregation import services
from congregation.forms.congregation import FoundForm, SearchForm
from congregation.models import Congregation
from pages.respond import go, page
from people.signed_in import person_of

PAGE_SIZE = 20
MOST_INVITATIONS = 20


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """My congregation; or, with none or several or an invitation, the ways in."""
    person = person_of(request)
    mine = list(Congregation.objects.open().of(person)[:2])
    if len(mine) == 1 and not _invitations(request).exists():
        return go(request, mine[0])
    return find(request)


@require_safe
def find(request: HttpRequest) -> HttpResponseBase:
    """Those I belong to, those that have invited me, those I could ask."""
    person = person_of(request)
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    asked = JoinRequest.objects.waiting().filter(person=person, circle=OuterRef("pk"))
    listed = (
        Congregation.objects.askable_by(person)
        .exclude(pk__in=Congregation.objects.of(person).values("pk"))
        .filter(name__icontains=words)
        .annotate(has_asked=Exists(asked))
        .with_size()
        .order_by("-has_asked", "name", "pk")
    )
    context = {
        "mine": Congregation.objects.open().of(person).with_size().order_by("name")[:50],
        "invitations": _invitations(request)[:MOST_INVITATIONS],
        "listed": Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": form,
        "words": words,
        "keep": f"&{urlencode({'q': words})}" if words else "",
    }
    return page(request, "congregation/index.html", context, part="listed")


def _invitations(request: HttpRequest) -> QuerySet[Invitation]:
    person = person_of(request)
    waiting = Invitation.objects.waiting().for_person(person)
    return (
        waiting.filter(circle__scale=Scale.CONGREGATION)
        .select_related("circle", "invited_by")
        .order_by("-invited_at")
    )


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponseBase:
    """Begin a congregation."""
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        congregation = services.found(by=person_of(request), **form.cleaned_data)
        messages.success(
            request, _("Here it is. Who would you like beside you? Invite the first few.")
        )
        return go(request, congregation)
    status = 422 if form.errors else 200
    return page(request, "congregation/found.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read about a congregation that may be found, and ask to join it."""
    person = person_of(request)
    askable = Congregation.objects.askable_by(person).with_size()
    congregation = get_object_or_404(askable, pk=pk)
    if seat_of(person, congregation):
        return go(request, congregation)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with saying(
            request, _("You have asked. You will hear by mail as soon as a steward answers.")
        ):
            circles.ask_to_join(
                circle=congregation, by=person, message=form.cleaned_data["message"]
            )
        return go(request, "congregation:ask", congregation.pk)
    context = {
        "circle": congregation,
        "form": form,
        "waiting": congregation.requests.waiting().filter(person=person).first(),
    }
    return page(request, "congregation/ask.html", context, status=422 if form.errors else 200)
