"""The mails about help that the clock brings: a week without an offer, and a day to look again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Membership
from circles.services import is_steward
from congregation.models import Congregation, HelpPart, HelpRequest, HelpRequestQuerySet
from congregation.rules.mornings import STILL_HELPS, has_come, is_morning
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice

# After so long without an offer, others are told.
A_WEEK = timedelta(days=7)
WAITS, MEANWHILE, LOOK_AGAIN = (
    "congregation.help_waits",
    "congregation.help_meanwhile",
    "congregation.help_look_again",
)


def _waiting_long(now: datetime) -> HelpRequestQuerySet:
    return HelpRequest.objects.looking(now).filter(looking_since__lte=now - A_WEEK)


def due_to_stewards(now: datetime) -> Iterator[Notice]:
    """One a steward and congregation, when something has had no offer for a week."""
    rows = _waiting_long(now).order_by("looking_since", "pk")
    newest = {
        congregation: f"{pk} {since:%Y%m%dT%H%M%S}"
        for pk, since, congregation in rows.values_list("pk", "looking_since", "circle__parent")
    }
    seats = Membership.objects.present().stewards().filter(circle__in=newest)
    for seat in seats.select_related("person"):
        if is_morning(now, seat.person.zone):
            yield Notice(
                kind=WAITS,
                key=newest[seat.circle_id],
                person=seat.person,
                ref=seat.circle_id,
                due_at=now,
            )


def to_stewards(notice: Notice) -> Letter | Dropped:
    """Help is still being looked for: how often, and not by whom nor for what."""
    congregation = Congregation.objects.open().filter(pk=notice.ref).first()
    if congregation is None or notice.person is None:
        return Dropped("gone")
    if not is_steward(congregation, notice.person):
        return Dropped("no steward any more")
    now = timezone.now()
    count = _waiting_long(now).filter(circle__parent=congregation).count()
    if not count:
        return Dropped("somebody has offered")
    words = ngettext(
        "Somewhere in {circle} help was asked for a week ago or more, and nobody has offered yet.",
        "In {count} places in {circle} help was asked for a week ago or more, and nobody has "
        "offered yet.",
        count,
    ).format(count=count, circle=congregation)
    more = _(
        "You need not know what it is about. Perhaps you know somebody who would be glad to visit "
        "a crew or to mediate: on this page they can say so."
    )
    return _letter(
        _("Help is still being looked for"),
        [words, more],
        _("See who is glad to help"),
        reverse("congregation:help", args=[congregation.pk]),
    )


def due_to_askers(now: datetime) -> Iterator[Notice]:
    """One to who asked, when there has been no offer for a week."""
    waiting = _waiting_long(now).filter(asked_by__isnull=False).select_related("asked_by")
    for request in waiting:
        if request.asked_by and is_morning(now, request.asked_by.zone):
            key = f"{request.pk} {request.looking_since:%Y%m%dT%H%M%S}"
            yield Notice(
                kind=MEANWHILE, key=key, person=request.asked_by, ref=request.pk, due_at=now
            )


def to_asker(notice: Notice) -> Letter | Dropped:
    """Nobody has offered yet, and what else is possible."""
    request = _waiting_long(timezone.now()).filter(pk=notice.ref).first()
    if request is None:
        return Dropped("somebody has offered, or it has ended")
    words = [
        _("It is still asked for, and the stewards know that somebody is looked for."),
        _(
            "Meanwhile: write to the part of you that waits, or ask somebody you trust to be a "
            "dyad with you. To be heard by one person is a beginning, too."
        ),
    ]
    heading = _("Nobody has offered yet")
    url = reverse("congregation:ask_help", args=[request.circle_id])
    return _letter(heading, words, _("See what else is possible"), url)


def due_to_look_again(now: datetime) -> Iterator[Notice]:
    """To the sides and the mediator, on the day they chose, in the morning of each."""
    days = (now - STILL_HELPS - timedelta(days=1), now + timedelta(days=1))
    parts = HelpPart.objects.filter(
        role__in=[HelpPart.Role.SIDE, HelpPart.Role.HELPER],
        request__state=HelpRequest.State.OVER,
        request__look_again_on__range=[day.date() for day in days],
    )
    for part in parts.select_related("person", "request"):
        day = part.request.look_again_on
        if day and has_come(day, now, part.person.zone):
            key = f"{part.request_id} {day}"
            yield Notice(
                kind=LOOK_AGAIN, key=key, person=part.person, ref=part.request_id, due_at=now
            )


def to_look_again(notice: Notice) -> Letter | Dropped:
    """Today is the day on which they wished to look again."""
    request = HelpRequest.objects.filter(pk=notice.ref, state=HelpRequest.State.OVER).first()
    roles = [HelpPart.Role.SIDE, HelpPart.Role.HELPER]
    if request is None or not request.parts.filter(person=notice.person, role__in=roles).exists():
        return Dropped("let go")
    words = _(
        "You chose this day to look again at what you wrote down together. How is it now? A short "
        "talk is often enough."
    )
    return _letter(
        _("A day to look again"), [words], _("Read what you wrote"), request.get_absolute_url()
    )


def _letter(heading: str, paragraphs: list[str], label: str, path: str) -> Letter:
    button = {"label": label, "url": absolute(path)}
    context = {"heading": heading, "paragraphs": paragraphs, "button": button}
    return Letter(heading, "plain", context)
