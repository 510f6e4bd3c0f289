"""What of help waits on Today, and that it is still looked for in a steward's pulse."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from circles.scales import Scale
from circles.seats import circles_with_seat
from congregation.models import HelpPart, HelpRequest
from congregation.pulse import MOST as MOST_PULSE
from congregation.pulse import Need, PulseRow
from congregation.showing.help import OpenRequest, who_asks
from pages.registry import Waiting
from people.models import Person

MOST = 4
Role, State = HelpPart.Role, HelpRequest.State


def concerning(person: Person) -> Iterator[Waiting]:
    """Offers to answer, talks to set and to come, and who asks where one is glad to help."""
    crews = circles_with_seat(person, Scale.CREW)
    if not crews and not circles_with_seat(person, Scale.CONGREGATION, Scale.DYAD):
        return
    now = timezone.now()
    own = HelpPart.objects.filter(request=OuterRef("pk"), person=person)
    waits_for_my_answer = Q(state=State.OFFERED) & Exists(
        own.filter(role=Role.SIDE, said_yes=False)
    )
    has_come = Q(state=State.CAME, session__isnull=True) & Exists(
        own.filter(role__in=[Role.SIDE, Role.HELPER])
    )
    would_visit_us = Q(
        circle__in=crews,
        state=State.OFFERED,
        session__starts_at__gt=now,
        session__cancelled_at__isnull=True,
    )
    found = HelpRequest.objects.filter(
        waits_for_my_answer
        | has_come
        | would_visit_us
        | Q(pk__in=HelpRequest.objects.offerable_by(person, now).values("pk")),
        circle__closed_at__isnull=True,
    ).annotate(role=Subquery(own.values("role")[:1]))
    # What one stands in comes before what one could offer.
    ordered = found.order_by(F("role").asc(nulls_last=True), "asked_at", "pk")
    for request in ordered.select_related("circle")[:MOST]:
        yield from _of(request, vars(request)["role"])


def _of(request: HelpRequest, role: str | None) -> Iterator[Waiting]:
    if role is None:
        yield _waiting(
            request,
            OpenRequest(request, who_asks(request)).heading,
            _("You said that you are glad to. Offer if it suits you."),
            _("Read what they ask for"),
        )
    elif request.is_visit:
        heading = _("Somebody offers to visit {crew}").format(crew=request.circle)
        words = _("Any one of you can answer.")
        yield _waiting(request, heading, words, _("Read and answer"))
    elif request.state == State.OFFERED:
        heading, words = (
            _("Somebody offers to sit between you"),
            _("Nothing happens without your yes."),
        )
        yield _waiting(request, heading, words, _("Read and answer"))
    elif request.talk_at and request.talk_at > timezone.now():
        day = formatted(timezone.localtime(request.talk_at), "l j F, H:i")
        yield _waiting(request, _("A talk is set: {day}").format(day=day), "", _("Look at it"))
    elif request.talk_at:
        heading = _("You have talked. What do you take with you?")
        words = _("What was heard, what happens next, a day to look again.")
        yield _waiting(request, heading, words, _("Write it down"))
    elif role == Role.HELPER:
        heading = _("They said yes to you as a mediator")
        yield _waiting(request, heading, "", _("Set a day for the talk"))


def _waiting(request: HelpRequest, heading: str, words: str, action: str) -> Waiting:
    return Waiting(
        scale=request.circle.scale,
        heading=heading,
        words=words,
        url=request.get_absolute_url(),
        action=action,
    )


def not_yet_come(congregations: Collection[int]) -> Iterator[PulseRow]:
    """In the pulse: help that is asked for and still looked for; not by whom, nor for what."""
    now = timezone.now()
    found = HelpRequest.objects.looking(now).of_congregations(congregations)
    rows = found.order_by("asked_at", "pk").values_list("kind", "asked_at", "circle__parent")
    for kind, asked_at, congregation in rows[:MOST_PULSE]:
        is_visit = kind == HelpRequest.Kind.VISITOR
        yield PulseRow(
            need=Need.HELP_ASKED,
            since=asked_at,
            heading=_("A visitor is looked for") if is_visit else _("A mediator is looked for"),
            words=_("Asked on {day}.").format(day=formatted(timezone.localtime(asked_at), "j F")),
            url=reverse("congregation:help", args=[congregation]),
            action=_("See who is glad to help"),
        )
