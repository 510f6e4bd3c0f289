"""The partnership mirror: ask for one, answer alone, read together, take back, look over time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.saying import saying
from dyads import services
from dyads.forms.mirror import MirrorForm, OftenForm
from dyads.models import Dyad, Mirror
from dyads.showing.mirror import MirrorNow, mirror_now, mirrors_of
from pages.respond import go, page
from people.signed_in import person_of


@never_cache
@circle_view(Dyad)
def mirror_history(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """What it is, how often, and what moved over time."""
    shown = mirrors_of(dyad, person_of(request))
    form = OftenForm(initial={"often": dyad.mirror_every})
    return page(request, "dyads/mirrors.html", {"circle": dyad, "shown": shown, "form": form})


@require_POST
@circle_view(Dyad)
def ask_mirror(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Ask the other to look into it together, and go there."""
    try:
        found = services.ask_mirror(dyad=dyad, by=person_of(request))
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, "dyads:mirror_history", dyad.pk)
    return go(request, found)


@require_POST
@circle_view(Dyad)
def mirror_often(request: HttpRequest, dyad: Dyad) -> HttpResponseBase:
    """Choose how often."""
    form = OftenForm(request.POST)
    person = person_of(request)
    if form.is_valid():
        try:
            services.choose_rhythm(dyad=dyad, by=person, weeks=form.cleaned_data["often"])
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept, for both of you."))
            return go(request, "dyads:mirror_history", dyad.pk)
    context = {"circle": dyad, "shown": mirrors_of(dyad, person), "form": form}
    return page(request, "dyads/mirrors.html", context, status=422)


@never_cache
@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def mirror(request: HttpRequest, dyad: Dyad, mirror_pk: int) -> HttpResponseBase:
    """Answer it alone; read it together; or read that it is closed."""
    person = person_of(request)
    shown = mirror_now(_mirror(dyad, mirror_pk), dyad, person)
    if not shown.may_answer:
        if request.method == "POST":
            messages.info(request, _("This mirror takes no answers any more."))
            return go(request, shown.mirror)
        return page(request, "dyads/mirror.html", {"circle": dyad, "shown": shown})
    form = _form(request, shown)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["would_try"]
        try:
            found = services.answer_mirror(
                mirror=shown.mirror, by=person, steps=form.steps, would_try=words
            )
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            if not found.is_open:
                messages.success(request, _("Kept, for you alone until both have answered."))
            return go(request, found)
    context = {"circle": dyad, "shown": shown, "form": form}
    status = 422 if form.errors else 200
    return page(request, "dyads/mirror_asks.html", context, status=status)


def _form(request: HttpRequest, shown: MirrorNow) -> MirrorForm:
    first: dict[str, object] = {}
    if shown.mine is not None:
        steps = {one.value: step for one, step in shown.mine.steps.items()}
        first = {**steps, "would_try": shown.mine.would_try}
    posted = request.POST if request.method == "POST" else None
    return MirrorForm(posted, asked=shown.asked, initial=first)


@require_POST
@circle_view(Dyad)
def not_now(request: HttpRequest, dyad: Dyad, mirror_pk: int) -> HttpResponseBase:
    """Put it aside for oneself; nobody else learns it."""
    found = _mirror(dyad, mirror_pk)
    with saying(request, _("Put aside. Nobody is told.")):
        services.not_now(mirror=found, by=person_of(request))
    return go(request, "dyads:mirror_history", dyad.pk)


@never_cache
@require_http_methods(["GET", "POST"])
@circle_view(Dyad)
def take_back(request: HttpRequest, dyad: Dyad, mirror_pk: int) -> HttpResponseBase:
    """Take one's own answers back, after a word about what that does."""
    found = _mirror(dyad, mirror_pk)
    shown = mirror_now(found, dyad, person_of(request))
    if shown.mine is None:
        return go(request, found)
    if request.method == "POST":
        with saying(request, _("Your answers are gone.")):
            services.withdraw_answers(mirror=found, by=person_of(request))
        return go(request, "dyads:mirror_history", dyad.pk)
    return page(request, "dyads/mirror_take_back.html", {"circle": dyad, "shown": shown})


def _mirror(dyad: Dyad, pk: int) -> Mirror:
    found = get_object_or_404(dyad.mirrors.select_related("asked_by"), pk=pk)
    found.dyad = dyad
    return found
