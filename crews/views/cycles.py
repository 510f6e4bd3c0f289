"""The end of a cycle: saying what one wishes, reading the answers, beginning another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.saying import saying
from crews import services
from crews.forms import CycleAnswerForm, RenewForm
from crews.models import Crew, Cycle
from crews.showing import cycles
from pages.respond import go, page
from people.signed_in import person_of
from practice.models import PracticeSession


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def cycle(request: HttpRequest, crew: Crew, number: int) -> HttpResponseBase:
    """Answer while it is asked; read when it is open; before that, what will come."""
    found = _cycle(crew, number)
    if found.is_asking:
        return _asking(request, crew, found)
    if request.method == "POST":
        messages.info(request, _("The answers are open already. Say it to each other now."))
        return go(request, found)
    context: dict[str, Any] = {"circle": crew, "cycle": found}
    if not found.is_open:
        return page(request, "crews/cycle_runs.html", context)
    now = timezone.now()
    context |= {
        "shown": cycles.opened(found, person_of(request), now),
        "renew": RenewForm(initial={"meetings": crew.meetings}),
        "may_decide": found.decided_at is None and crew.is_open and not crew.is_resting,
        "may_take_back": services.may_take_back(crew, now) and found.decided_at is not None,
    }
    return page(request, "crews/cycle_open.html", context)


def _cycle(crew: Crew, number: int) -> Cycle:
    cycles = crew.cycles.select_related("last", "decided_by")
    found = get_object_or_404(cycles, number=number)
    found.crew = crew
    return found


def _asking(request: HttpRequest, crew: Crew, cycle: Cycle) -> HttpResponseBase:
    person = person_of(request)
    shown = cycles.asking(cycle, person)
    first = {"choice": shown.mine.choice, "word": shown.mine.word} if shown.mine else {}
    form = CycleAnswerForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(cycle=cycle, by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept. You can change it until the answers open."))
            return go(request, cycle)
    context = {
        "circle": crew,
        "cycle": cycle,
        "shown": shown,
        "form": form,
        "may_look_back": cycles.may_look_back_at(cycle.last, timezone.now()),
    }
    return page(request, "crews/cycle_asks.html", context, status=422 if form.errors else 200)


@require_POST
@circle_view(Crew)
def look_back(request: HttpRequest, crew: Crew, number: int) -> HttpResponseBase:
    """Make the last meeting a retrospective."""
    found = _cycle(crew, number)
    with saying(request, _("The last meeting is a retrospective now.")):
        services.look_back_then(cycle=found, by=person_of(request))
    return go(request, found)


@require_POST
@circle_view(Crew)
def renew(request: HttpRequest, crew: Crew, number: int) -> HttpResponseBase:
    """Another cycle: from here to the meetings, filled in as they were."""
    found, now = _cycle(crew, number), timezone.now()
    form = RenewForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for error in form.errors["meetings"]))
        return go(request, found)
    meetings = form.cleaned_data["meetings"]
    try:
        following = services.renew(cycle=found, by=person_of(request), meetings=meetings)
    except CircleError as error:
        messages.warning(request, str(error))
        return go(request, found)
    messages.success(request, _("Another cycle begins. The others hear by mail. When do you meet?"))
    planned = PracticeSession.objects.filter(circle=crew, starts_at__gte=following.begun_at)
    if planned.to_come(now).exists():
        return go(request, crew)
    return go(request, cycles.schedule_as_before(crew, meetings, now))
