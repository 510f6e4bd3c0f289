"""Inviting by mail or by a congregation's link, and answering an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circles import services
from circles.access import circle_view
from circles.errors import CircleError
from circles.forms import InviteForm
from circles.invited import particulars_of
from circles.models import Circle, Invitation, InvitationLink
from circles.models.invitation import LINK_SALT, SALT
from circles.saying import saying
from circles.scales import Scale
from pages.respond import go, page
from people.models import Person
from people.signed_in import person_of

# In the session: the invitation that somebody was led to.
LED_TO = "led_to_invitation"


def _signed_pk(token: str, salt: str) -> int:
    try:
        return int(signing.Signer(salt=salt).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error


@require_http_methods(["GET", "POST"])
@circle_view(Circle)
def invite(request: HttpRequest, circle: Circle) -> HttpResponseBase:
    """Invite somebody by mail; the invitations that are out stand below."""
    if circle.scale in {Scale.SELF, Scale.DYAD}:
        raise Http404
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.invite(circle=circle, by=person_of(request), **form.cleaned_data)
        except CircleError as error:
            form.add_error("email", str(error))
        else:
            messages.success(
                request,
                _("Your invitation to {email} is on its way.").format(
                    email=form.cleaned_data["email"]
                ),
            )
            return go(request, "circles:invite", circle.pk)
    waiting = Invitation.objects.waiting().managed_by(person_of(request)).filter(circle=circle)
    context = {
        "circle": circle,
        "form": form,
        "invitations": waiting.select_related("person", "invited_by").order_by("-invited_at")[:200],
    }
    return page(request, "circles/invite.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take an invitation back."""
    person = person_of(request)
    mine = Invitation.objects.managed_by(person).select_related("circle")
    invitation = get_object_or_404(mine, pk=pk)
    with saying(request, _("The invitation is taken back.")):
        services.withdraw_invitation(invitation=invitation, by=person)
    if invitation.circle.scale == Scale.DYAD:
        return go(request, "dyads:index")
    return go(request, "circles:invite", invitation.circle_id)


def lead_to(request: HttpRequest, invited: Invitation) -> HttpResponseBase:
    """Show the reader an invitation that waits for them because they asked for the same.

    They see it even where they had said that they would rather not: they have just asked.
    """
    request.session[LED_TO] = invited.pk
    return go(request, invited)


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Read an invitation, signed in or not; answer it signed in."""
    pk = _signed_pk(token, SALT)
    invited = get_object_or_404(
        Invitation.objects.select_related("circle", "circle__parent", "invited_by", "person"), pk=pk
    )
    person = request.user if isinstance(request.user, Person) else None
    if person and invited.person_id not in {None, person.pk}:
        raise Http404
    if person and request.method != "POST" and services.present(invited.circle, person):
        return go(request, invited.circle)
    known = Invitation.objects.unrefused(person).filter(pk=pk)
    if request.session.get(LED_TO) != pk and not known.exists():
        raise Http404
    if request.method == "POST":
        return _answer(request, invited)
    context = {
        "invitation": invited,
        "circle": invited.circle,
        "particulars": particulars_of(invited) if invited.is_waiting else [],
        "base": _base(person),
    }
    return page(request, "circles/invitation.html", context)


def _answer(request: HttpRequest, invited: Invitation) -> HttpResponseBase:
    answer = request.POST.get("answer")
    if not request.user.is_authenticated:
        return _answer_as_visitor(request, invited, answer)
    person = person_of(request)
    if answer not in {"yes", "no"}:
        return go(request, invited)
    try:
        if answer == "yes":
            services.accept_invitation(invitation=invited, by=person)
            messages.success(request, _("Welcome. This is your seat."))
            return go(request, invited.circle)
        services.decline_invitation(invitation=invited, by=person)
        messages.success(
            request,
            _("{who} hears from us, kindly, that it is not now.").format(
                who=invited.invited_by.first_name
            ),
        )
    except CircleError as error:
        messages.warning(request, str(error))
        if services.present(invited.circle, person):
            return go(request, invited.circle)
    return go(request, "home:today")


def _answer_as_visitor(
    request: HttpRequest, invited: Invitation, answer: str | None
) -> HttpResponseBase:
    """A no needs no account; a yes does."""
    if answer != "no":
        way = "account_login" if invited.person_id else "account_signup"
        return go(request, f"{reverse(way)}?next={request.path}")
    with saying(request, _("Thank you for saying so. They hear from us, kindly.")):
        services.decline_invitation(invitation=invited, by=None)
    # Where they were: somebody who has just said no is not shown round.
    return go(request, invited)


@login_not_required
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """A congregation's link: what the place is, and a way in."""
    found = get_object_or_404(
        InvitationLink.objects.filter(
            ended_at__isnull=True, circle__closed_at__isnull=True
        ).select_related("circle"),
        pk=_signed_pk(token, LINK_SALT),
    )
    person = request.user if isinstance(request.user, Person) else None
    if request.method == "POST":
        if person is None:
            return go(request, f"{reverse('account_signup')}?next={request.path}")
        with saying(request, _("Welcome. This is your seat.")):
            services.join_by_link(link=found, by=person)
        inside = services.present(found.circle, person)
        return go(request, found.circle if inside else "home:today")
    if person and services.present(found.circle, person):
        return go(request, found.circle)
    context = {"circle": found.circle, "base": _base(person)}
    return page(request, "circles/link.html", context)


def _base(person: Person | None) -> str:
    return "base.html" if person else "hall.html"
