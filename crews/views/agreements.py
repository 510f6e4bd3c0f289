"""Pages of what a crew agreed: reading and accepting, writing, asking to talk again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.saying import saying
from crews import services
from crews.errors import WrittenMeanwhile
from crews.forms import AgreementsForm, ReopeningForm
from crews.models import Agreements, Crew
from crews.rules.agreements import FIELDS, Texts
from crews.showing.agreements import agreed, first_evening_of
from crews.showing.now import LAW
from pages.converters import row_in
from pages.respond import go, page
from people.signed_in import person_of
from practice.showing.meetings import people_of


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def write(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Write down what came of the three conversations, one after the other or all at once."""
    now = _texts(crew)
    form = AgreementsForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            services.agree(crew=crew, by=person_of(request), texts=form.texts, seen=form.seen)
        except WrittenMeanwhile as error:
            now = _texts(crew)
            form.show_clash(error.fields, now, str(error))
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Written down. The others are asked to accept it."))
            return go(request, _onward(crew, request.POST.get("then", "")))
    clashes = [name for name in FIELDS if name in form.errors]
    context = {"circle": crew, "form": form, "now": now, "clashes": clashes}
    return page(request, "crews/agreements.html", context, status=422 if form.errors else 200)


def _texts(crew: Crew) -> Texts:
    latest = Agreements.objects.latest_of(crew)
    return latest.texts if latest else Texts()


def _onward(crew: Crew, then: str) -> str:
    """To the next conversation's text, or back to the table."""
    if then in FIELDS:
        return f"{reverse('crews:agreements', args=[crew.pk])}#id_{then}"
    return crew.get_absolute_url()


@circle_view(Crew)
def edition(request: HttpRequest, crew: Crew, number: int) -> HttpResponseBase:
    """One edition, with accepting it if it is what holds."""
    found = get_object_or_404(
        Agreements.objects.select_related("written_by"), crew=crew, number=number
    )
    context = {"circle": crew, "shown": agreed(crew, people_of(crew), person_of(request), found)}
    return page(request, "crews/edition.html", context)


@require_POST
@circle_view(Crew)
def accept(request: HttpRequest, crew: Crew, number: int) -> HttpResponseBase:
    """Say yes to what was read."""
    try:
        services.accept(
            crew=crew,
            by=person_of(request),
            number=number,
            version=row_in(request.POST.get("version")) or 0,
        )
    except CircleError as error:
        messages.warning(request, str(error))
        latest = Agreements.objects.latest_of(crew)
        return go(request, latest or crew)
    messages.success(request, _("Accepted. It is good that you are part of it."))
    return go(request, crew)


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def reopen(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Ask to talk about it again."""
    form = ReopeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen(crew=crew, by=person_of(request), **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The others hear of it in a few minutes."))
            return go(request, crew)
    context = {"circle": crew, "form": form}
    return page(request, "crews/reopen.html", context, status=422 if form.errors else 200)


@require_POST
@circle_view(Crew)
def leave_it(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Whoever asked lets it be."""
    with saying(request, _("You let it be. All stays as you agreed.")):
        services.leave_it(crew=crew, by=person_of(request))
    return go(request, crew)


@circle_view(Crew)
def first_evening(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Three conversations: how they go, when to hold them, and where to write down the result."""
    context = {
        "circle": crew,
        "evening": first_evening_of(crew),
        "missing": LAW.missing(len(people_of(crew))),
    }
    return page(request, "crews/first_evening.html", context)
