"""What circles that tried a practice chose to share."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.access import circle_view
from circles.errors import CircleError
from circles.models import Circle
from circles.saying import saying
from library import services
from library.forms.learning import LearningForm
from library.models import Learning, Practice, circles_that_held
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
def learned(request: HttpRequest, circle: Circle, slug: str) -> HttpResponseBase:
    """Share a sentence about a practice that one's circle has held."""
    person = person_of(request)
    practice = get_object_or_404(Practice.objects.visible_to(person), slug=slug)
    if not circles_that_held(practice, timezone.now()).filter(pk=circle.pk).exists():
        raise Http404
    mine = Learning.objects.filter(practice=practice, circle=circle, person=person).first()
    first = {"words": mine.words, "names_circle": mine.names_circle} if mine else {}
    form = LearningForm(request.POST or None, circle=circle, initial=first)
    if request.method == "POST" and form.is_valid():
        wish = {"names_circle": False, **form.cleaned_data}
        try:
            services.share(practice=practice, circle=circle, by=person, **wish)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. It stands beside the practice now."))
            return go(request, practice)
    context = {"practice": practice, "circle": circle, "form": form, "mine": mine}
    return page(request, "library/learned.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove what one has said oneself."""
    person = person_of(request)
    mine = Learning.objects.filter(person=person).select_related("practice")
    learning = get_object_or_404(mine, pk=pk)
    practice = learning.practice
    services.take_learning_back(learning=learning, by=person)
    messages.success(request, _("It is gone."))
    return go(request, practice)


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For stewards: take a sentence off the page."""
    person = person_of(request)
    seen = Learning.objects.visible_to(person).select_related("practice", "circle__parent")
    learning = get_object_or_404(seen, pk=pk)
    with saying(request, _("It is off the page. Whoever wrote it still has it.")):
        services.hide_learning(learning=learning, by=person)
    return go(request, learning.practice)
