"""What the mails to two who were paired ask, answered without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from circles.errors import CircleError
from dyads import links, services
from dyads.forms.introduction import MetForm
from dyads.showing.by_mail import met_page, time_page
from pages.respond import go, page


# As with answers to meetings: the signed address is what allows it, not a cookie.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_time(request: HttpRequest, token: str) -> HttpResponseBase:
    """Shows the time, and takes it when the button is pressed."""
    link = links.read_time(token)
    if link is None or link.at is None:
        return page(request, "dyads/link_unknown.html", status=404)
    status = 200
    if request.method == "POST":
        try:
            services.take_time(introduction=link.introduction, by=link.person, at=link.at)
            return go(request, "dyads:take_time", token)
        except CircleError:
            # What stands in the way is what the page says anyway.
            status = 409
    with timezone.override(link.person.zone):
        return page(request, "dyads/take_time.html", time_page(link), status=status)


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say_met(request: HttpRequest, token: str, choice: str = "") -> HttpResponseBase:
    """Asks whether the two met, and keeps the word when a button is pressed."""
    link = links.read_met(token)
    if link is None or choice not in {"", "yes", "no"}:
        return page(request, "dyads/link_unknown.html", status=404)
    status = 200
    if request.method == "POST":
        form = MetForm(request.POST)
        try:
            if form.is_valid():
                met = form.cleaned_data["met"]
                services.say_met(introduction=link.introduction, by=link.person, met=met)
                return go(request, "dyads:met_said", token)
            status = 422
        except CircleError:
            status = 409
    with timezone.override(link.person.zone):
        context = met_page(link, token, choice)
        return page(request, "dyads/say_met.html", context, status=status)
