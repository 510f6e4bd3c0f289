"""In your own calendar: private addresses, and what calendar programs read there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circles.errors import CircleError
from notifications.links import absolute
from pages.respond import go, page
from people.signed_in import person_of
from practice import services
from practice.calendar import MIMETYPE, feed_of
from practice.forms import FeedForm
from practice.models import Feed


@login_not_required
@require_safe
def read(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What a calendar program reads, again and again; "nothing new" where that is so."""
    feed = Feed.objects.opened_by(secret).first()
    if feed is None:
        raise Http404
    now = timezone.now()
    content = feed_of(feed.sessions(now), shows_names=feed.shows_names)
    services.note_read(feed=feed, content=content, now=now)
    etag, since = f'"{feed.content_digest}"', int(feed.content_since.timestamp())
    headers = {
        "Cache-Control": "private, max-age=0, must-revalidate",
        "ETag": etag,
        "Last-Modified": http_date(since),
    }
    response = HttpResponse(content, content_type=MIMETYPE, headers=headers)
    return get_conditional_response(request, etag, since, response) or response


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """The addresses there are, and a new one.

    A new address is the answer to the POST itself and no page of its own: it is shown once and
    kept nowhere, not even until the next page.
    """
    person = person_of(request)
    form = FeedForm(_typed(request), person=person)
    if request.method == "POST" and form.is_valid():
        try:
            feed, secret = services.make_feed(by=person, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            return _shown_once(request, feed, secret)
    context = {"feeds": Feed.objects.of(person), "form": form}
    return page(request, "practice/feeds.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What an address shows; calendars that read it need not be told."""
    feed = _own(request, pk)
    initial = {"circles": feed.circles.all(), "shows_names": feed.shows_names}
    person = person_of(request)
    form = FeedForm(_typed(request), person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_feed(feed=feed, by=person, **form.cleaned_data)
        messages.success(request, _("Kept. Your calendar shows it when it reads again."))
        return go(request, "practice:feeds")
    context = {"feed": feed, "form": form}
    return page(request, "practice/feed_change.html", context, status=422 if form.errors else 200)


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another address instead of this one."""
    feed = _own(request, pk)
    return _shown_once(request, feed, services.renew_feed(feed=feed, by=person_of(request)))


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End an address."""
    services.remove_feed(feed=_own(request, pk), by=person_of(request))
    messages.success(request, _("Removed. Calendars that read there find nothing any more."))
    return go(request, "practice:feeds")


def _typed(request: HttpRequest) -> QueryDict | None:
    """What came with the form. One with nothing ticked is a form, too."""
    return request.POST if request.method == "POST" else None


def _own(request: HttpRequest, pk: int) -> Feed:
    return get_object_or_404(Feed.objects.of(person_of(request)), pk=pk)


def _shown_once(request: HttpRequest, feed: Feed, secret: str) -> HttpResponse:
    address = absolute(reverse("practice:feed", args=[secret]))
    context: dict[str, Any] = {
        "feed": feed,
        "address": address,
        # What calendar programs take for "subscribe" instead of "open once".
        "subscribe": f"webcal://{address.partition('://')[2]}",
    }
    return page(request, "practice/feed_made.html", context)
