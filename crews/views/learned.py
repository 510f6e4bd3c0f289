"""What a crew learned: a sentence for the congregation, or beside a practice."""

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
from crews.forms import LearnedForm
from crews.models import Crew, Learned
from library import services as library
from library.models import Practice
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of
from practice.models import PracticeSession

MOST_PRACTICES = 30


@require_http_methods(["GET", "POST"])
@circle_view(Crew)
def learned(request: HttpRequest, crew: Crew) -> HttpResponseBase:
    """Share a sentence out of the crew, and see which of one's own stand there."""
    person = person_of(request)
    home, practices = crew.parent, _held_by(crew)
    form = LearnedForm(
        request.POST if request.method == "POST" else None,
        crew=crew,
        home=home,
        practices=practices,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _share(crew, person, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. It stands there now, without your name."))
            return go(request, "crews:learned", crew.pk)
    context = {
        "circle": crew,
        "form": form,
        "may_share": home is not None or practices.exists(),
        "mine": Learned.objects.filter(crew=crew, person=person),
    }
    return page(request, "crews/learned.html", context, status=422 if form.errors else 200)


def _held_by(crew: Crew) -> Any:
    """Practices that the crew has held; a few at most."""
    held = PracticeSession.objects.filter(circle=crew).past(timezone.now())
    ids = held.exclude(practice=None).order_by().values("practice")
    found = Practice.objects.filter(pk__in=ids).order_by("title").values("pk")[:MOST_PRACTICES]
    return Practice.objects.filter(pk__in=list(found.values_list("pk", flat=True))).order_by(
        "title"
    )


def _share(
    crew: Crew, by: Person, *, words: str, practice: Practice | None, names_crew: bool
) -> None:
    if practice is None:
        services.share_learned(crew=crew, by=by, words=words, names_crew=names_crew)
    else:
        library.share(practice=practice, circle=crew, by=by, words=words, names_circle=names_crew)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove what one has said oneself."""
    person = person_of(request)
    found = get_object_or_404(Learned.objects.filter(person=person).select_related("crew"), pk=pk)
    services.take_learned_back(learned=found, by=person)
    messages.success(request, _("It is gone."))
    inside = found.crew.memberships.present().filter(person=person).exists()
    return go(request, "crews:learned", found.crew_id) if inside else go(request, "home:today")


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For stewards: take a sentence off the congregation's page."""
    person = person_of(request)
    seen = Learned.objects.visible_to(person).select_related("crew__parent")
    found = get_object_or_404(seen, pk=pk)
    with saying(request, _("It is off the page. Whoever wrote it still has it.")):
        services.hide_learned(learned=found, by=person)
    return go(request, found.crew.parent) if found.crew.parent else go(request, "home:today")
