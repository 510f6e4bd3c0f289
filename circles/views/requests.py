"""Raising a hand, and answering one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles import services
from circles.access import circle_view, seat_of
from circles.errors import CircleError
from circles.forms import AskForm
from circles.hands import grounds_for
from circles.models import Circle, JoinRequest
from circles.saying import saying
from pages.respond import go, page
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Circle, members_only=False)
def ask(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """Raise a hand for a crew of one's congregation, with a few words or none."""
    person = person_of(request)
    if seat_of(person, circle):
        return go(request, circle)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with saying(
            request, _("Your hand is up. You will hear by mail as soon as somebody answers.")
        ):
            services.ask_to_join(circle=circle, by=person, message=form.cleaned_data["message"])
        return go(request, circle)
    waiting = circle.requests.waiting().filter(person=person).first()
    is_full = services.is_full_table(circle)
    context = {"circle": circle, "form": form, "waiting": waiting, "is_full": is_full}
    return page(request, "circles/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def raised_hand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read a raised hand and say yes or not now; for those inside."""
    person = person_of(request)
    asked = get_object_or_404(
        JoinRequest.objects.answerable_by(person).select_related("circle", "person", "answered_by"),
        pk=pk,
    )
    answer = request.POST.get("answer")
    if answer not in {"yes", "no"}:
        context = {
            "asked": asked,
            "circle": asked.circle,
            "grounds": grounds_for(asked, person),
            "is_full": services.is_full_table(asked.circle),
        }
        return page(request, "circles/request.html", context)
    try:
        if answer == "yes":
            services.accept_request(request=asked, by=person)
            said = _("{who} has a seat now, and hears from us by mail.")
        else:
            services.decline_request(request=asked, by=person)
            said = _("{who} hears from us, kindly, that it is not now.")
    except CircleError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, said.format(who=asked.person.first_name))
    return go(request, asked.circle)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one's own hand down again."""
    person = person_of(request)
    asked = get_object_or_404(JoinRequest.objects.filter(person=person), pk=pk)
    with saying(request, _("Your hand is down again. Nobody is told.")):
        services.withdraw_request(request=asked, by=person)
    visible = Circle.objects.visible_to(person).filter(pk=asked.circle_id).exists()
    return go(request, asked.circle if visible else "congregation:index")
