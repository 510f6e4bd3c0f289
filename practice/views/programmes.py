"""Taking on a programme: choose one, see what falls where, press once; or put it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from library.models import Programme
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from practice import services
from practice.access import among_others
from practice.forms import FirstPartForm, TakeOnForm
from practice.models import PracticeSession
from practice.services import Before
from practice.showing.programmes import plan_for

# What was there before, for as long as the browser's session lives.
KEPT = "programme_taken_on"


def _planner(request: HttpRequest, circle: Circle) -> Person:
    person = person_of(request)
    if not services.may_plan(circle, person):
        raise PermissionDenied
    return person


@circle_view(Circle)
@among_others
def choose(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """The programmes for a circle like this one."""
    _planner(request, circle)
    programmes = Programme.objects.for_scale(circle.scale).annotate(meetings=Count("parts"))
    context = {"circle": circle, "programmes": programmes}
    return page(request, "practice/choose_programme.html", context)


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
@among_others
def take_on(request: HttpRequest, circle: Circle, slug: str) -> HttpResponseBase:
    """Which meeting gets which part; nothing is kept until the button is pressed."""
    person = _planner(request, circle)
    programmes = Programme.objects.for_scale(circle.scale).with_parts()
    programme = get_object_or_404(programmes, slug=slug)
    first = _first(request)
    plan = plan_for(circle, programme, first=first)
    form = TakeOnForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        over, seen = form.cleaned_data["over"], form.cleaned_data["seen"]
        if "show" not in request.POST:
            wish: dict[str, Any] = {"programme": programme, "first": first, "over": over}
            try:
                before = services.take_on(circle=circle, by=person, seen=seen, **wish)
            except CircleError as error:
                form.add_error(None, str(error))
            else:
                request.session[KEPT] = {"circle": circle.pk, "before": before}
                return go(request, "practice:taken_on", circle.pk)
        plan = plan_for(circle, programme, first=first, over=over)
    context = {"circle": circle, "plan": plan, "programme": programme, "form": form}
    status = 422 if form.errors else 200
    return page(request, "practice/take_on.html", context, part="plan", status=status)


def _first(request: HttpRequest) -> int:
    form = FirstPartForm(request.GET)
    return (form.cleaned_data["part"] if form.is_valid() else None) or 1


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
@among_others
def taken_on(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """How it stands now; a POST puts it back as it was."""
    person = _planner(request, circle)
    kept = request.session.get(KEPT, {})
    if kept.get("circle") != circle.pk:
        return go(request, circle)
    before = [Before(*row) for row in kept["before"]]
    if request.method == "POST":
        del request.session[KEPT]
        try:
            count = services.put_back(circle=circle, by=person, before=before)
        except CircleError as error:
            messages.warning(request, str(error))
        else:
            _say_how_many(request, count, of=len(before))
        return go(request, circle)
    sessions = PracticeSession.objects.filter(circle=circle, pk__in=[one.session for one in before])
    shown = sessions.select_related("practice", "programme_part__programme").order_by("starts_at")
    return page(request, "practice/taken_on.html", {"circle": circle, "sessions": shown})


def _say_how_many(request: HttpRequest, count: int, *, of: int) -> None:
    if count == of:
        messages.success(request, _("It is as it was."))
        return
    said = ngettext(
        "{count} meeting is as it was. The others were changed since, and stay as they are now.",
        "{count} meetings are as they were. The others were changed since, and stay as they are "
        "now.",
        count,
    )
    messages.info(request, said.format(count=count))
