"""Help across tables: what one is glad to do, and a request with everything one may do to it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circles.access import circle_view, seat_of
from circles.errors import CircleError
from circles.saying import saying
from congregation.access import help_view
from congregation.forms.help import ClosingForm, GladForm, TalkForm
from congregation.models import Congregation, Glad, HelpRequest
from congregation.services import help as services
from congregation.showing import help as showing
from pages.converters import row_in
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of


@require_http_methods(["GET", "POST"])
@circle_view(Congregation)
def index(request: HttpRequest, congregation: Congregation) -> HttpResponseBase:
    """What I am glad to do, who asks, and for stewards whether help came."""
    person = person_of(request)
    glad = Glad.objects.filter(circle=congregation, person=person).values("to_visit", "to_mediate")
    is_post = request.method == "POST"
    # Nothing ticked is an answer, too.
    form = GladForm(request.POST if is_post else None, initial=dict(glad.first() or {}))
    if is_post and form.is_valid():
        with saying(request, _("Kept. You can change it whenever you like.")):
            services.be_glad(congregation=congregation, by=person, **form.cleaned_data)
        return go(request, "congregation:help", congregation.pk)
    seat = seat_of(person, congregation)
    visit, mediate = showing.how_many_are_glad(congregation)
    context = {
        "circle": congregation,
        "form": form,
        "offerable": showing.offerable(congregation, person),
        "helping": showing.helping(congregation, person),
        "glad_to_visit": visit,
        "glad_to_mediate": mediate,
        "told": showing.told_to_stewards([congregation.pk]) if seat and seat.is_steward else None,
    }
    return page(request, "congregation/help/index.html", context)


@require_safe
@help_view
def detail(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """One request, as it concerns the reader."""
    shown = showing.page_of(asked, person_of(request))
    context = {"asked": asked, "shown": shown, "circle": shown.seen_from}
    return page(request, "congregation/help/request.html", context)


def _pressed(
    request: HttpRequest, asked: HelpRequest, act: Callable[[], object], said: str
) -> HttpResponseBase:
    """Do what was pressed, say so, and show what the reader may still see of it."""
    congregation = asked.circle.parent_id
    with saying(request, said):
        act()
    if HelpRequest.objects.concerning(person_of(request)).filter(pk=asked.pk).exists():
        return go(request, asked)
    return go(request, "congregation:help", congregation)


def _seen(request: HttpRequest) -> int:
    """The id of the helper whom the reader saw beside the button."""
    return row_in(request.POST.get("helper")) or 0


@require_POST
@help_view
def offer(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """Offer to come."""
    by, said = person_of(request), _("Thank you. They answer, and you hear by mail.")
    return _pressed(request, asked, lambda: services.offer(request=asked, by=by), said)


@require_POST
@help_view
def step_back(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """Take one's offer back, or lay the mediation down."""
    by, said = person_of(request), _("It is taken back. Thank you for having been ready.")
    return _pressed(request, asked, lambda: services.step_back(request=asked, by=by), said)


@require_POST
@help_view
def agree(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """Say yes to who offers."""
    by, seen = person_of(request), _seen(request)
    said = _("Your yes is kept.")
    return _pressed(
        request, asked, lambda: services.agree(request=asked, by=by, helper_seen=seen), said
    )


@require_POST
@help_view
def decline(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """Rather not with this one."""
    by, seen = person_of(request), _seen(request)
    said = _("They hear a thank-you, and nobody hears who said it. The next one can offer.")
    return _pressed(
        request, asked, lambda: services.decline(request=asked, by=by, helper_seen=seen), said
    )


@require_POST
@help_view
def take_back(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """It is not needed any more."""
    by, said = person_of(request), _("It is taken back. Those who knew of it hear that.")
    return _pressed(request, asked, lambda: services.take_back(request=asked, by=by), said)


@require_POST
@help_view
def let_go(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """Wish that what was written goes; with every side's wish it does."""
    by, said = person_of(request), _("Your wish is kept. It goes as soon as each side wishes it.")
    return _pressed(request, asked, lambda: services.let_go(request=asked, by=by), said)


@require_POST
@help_view
def keep(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """Take that wish back."""
    by, said = person_of(request), _("It stays.")
    return _pressed(request, asked, lambda: services.keep(request=asked, by=by), said)


@require_http_methods(["GET", "POST"])
@help_view
def talk(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """For the mediator: when and where."""
    by = person_of(request)
    shown = showing.page_of(asked, by)
    if shown.stands != "helper" or asked.is_visit or asked.state != HelpRequest.State.CAME:
        return go(request, asked)
    form = TalkForm(request.POST or None, zone=by.time_zone, initial=_talk_so_far(asked, by))
    if request.method == "POST" and form.is_valid():
        at, where = form.cleaned_data["moment"], form.cleaned_data["where"]
        try:
            services.set_talk(request=asked, by=by, at=at, where=where)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The sides hear of it by mail, each in their own time."))
            return go(request, asked)
    context = {"asked": asked, "shown": shown, "circle": shown.seen_from, "form": form}
    status = 422 if form.errors else 200
    return page(request, "congregation/help/talk.html", context, status=status)


def _talk_so_far(asked: HelpRequest, by: Person) -> dict[str, object]:
    if asked.talk_at is None:
        return {}
    local = asked.talk_at.astimezone(by.zone)
    return {"day": local.date(), "at": local.time(), "where": asked.talk_where}


@require_http_methods(["GET", "POST"])
@help_view
def close(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """Three things that a mediation leaves behind."""
    by = person_of(request)
    shown = showing.page_of(asked, by)
    may = shown.stands in {"side", "helper"} and not asked.is_visit
    if not may or asked.state != HelpRequest.State.CAME:
        return go(request, asked)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_mediation(request=asked, by=by, **form.cleaned_data)
        except CircleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Written down, for the sides and the mediator alone."))
            return go(request, asked)
    context = {"asked": asked, "shown": shown, "circle": shown.seen_from, "form": form}
    status = 422 if form.errors else 200
    return page(request, "congregation/help/close.html", context, status=status)
