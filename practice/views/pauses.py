"""A rhythm rests for a while, and goes on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles.errors import CircleError
from circles.saying import saying
from pages.respond import go, page
from people.signed_in import person_of
from practice import services
from practice.access import for_one_too, is_for_one, rhythm_view
from practice.forms import PauseForm
from practice.models import Pause, PracticeSession, Rhythm
from practice.showing.wording import rhythm_in_words

MOST_SHOWN = 6


@require_http_methods(["GET", "POST"])
@rhythm_view
@for_one_too
def pause(request: HttpRequest, rhythm: Rhythm) -> HttpResponseBase:
    """From which day to which the meetings rest."""
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.pause(rhythm=rhythm, by=person_of(request), **form.cleaned_data)
        except CircleError as error:
            form.add_error("last_day", str(error))
        else:
            messages.success(request, _said(made))
            return go(request, rhythm.circle)
    to_come = PracticeSession.objects.filter(rhythm=rhythm).to_come(timezone.now())
    context = {
        "rhythm": rhythm,
        "circle": rhythm.circle,
        "words": rhythm_in_words(rhythm),
        "to_come": to_come[:MOST_SHOWN],
        "pauses": rhythm.pauses.filter(last_day__gte=timezone.localdate()),
        "form": form,
    }
    return page(request, "practice/pause.html", context, status=422 if form.errors else 200)


def _said(made: Pause) -> str:
    if is_for_one(made.rhythm.circle):
        return f"{made}."
    if made.rhythm.is_open_ended:
        return _("{pause}. The others hear by mail.").format(pause=made)
    said = _("{pause}; as many meetings follow at the end. The others hear by mail.")
    return said.format(pause=made)


@require_POST
@rhythm_view
@for_one_too
def end_pause(request: HttpRequest, rhythm: Rhythm, pause: int) -> HttpResponseBase:
    """Meet on those days after all."""
    found = get_object_or_404(Pause, pk=pause, rhythm=rhythm)
    with saying(request, _("You meet as before. The others hear by mail.")):
        services.end_pause(pause=found, by=person_of(request))
    return go(request, rhythm.circle)
