"""The mails about looking after a congregation."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from circles.models import JoinRequest, Membership
from circles.models.request import JoinRequestQuerySet
from circles.scales import Scale
from congregation.models import Congregation
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice

PATIENCE = timedelta(days=2)
# Nobody is nudged at night: the mail of a day goes out from this hour of the steward's own clock.
NUDGE_HOUR = 9


def _seat(notice: Notice) -> Membership | None:
    return (
        Membership.objects.select_related("circle", "person")
        .filter(pk=notice.ref, circle__closed_at__isnull=True)
        .first()
    )


def made_steward(notice: Notice) -> Letter | Dropped:
    """To somebody who looks after the congregation from now on."""
    seat = _seat(notice)
    if seat is None or seat.left_at is not None or not seat.is_steward:
        return Dropped("no steward any more")
    heading = _("You are a steward of {circle} now").format(circle=seat.circle)
    words = [
        _(
            "Stewards answer those who ask to join, and keep an eye on who has no crew yet. "
            "Twenty minutes a week will do."
        ),
        _("It is a turn, not a rank: you can lay it down whenever another steward is there."),
    ]
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": words,
            "button": {
                "label": _("See what is waiting"),
                "url": absolute(reverse("admin:index")),
            },
        },
    )


def released_steward(notice: Notice) -> Letter | Dropped:
    """To somebody whose stewarding another steward has ended."""
    seat = _seat(notice)
    if seat is None or seat.left_at is not None or seat.is_steward:
        return Dropped("left, or a steward again")
    heading = _("Your turn as a steward of {circle} has ended").format(circle=seat.circle)
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": [_("Your seat stays yours. Thank you for looking after it.")],
            "button": {
                "label": _("Open {circle}").format(circle=seat.circle),
                "url": absolute(seat.circle.get_absolute_url()),
            },
        },
    )


def released(notice: Notice) -> Letter | Dropped:
    """To somebody whose membership a steward has ended."""
    seat = _seat(notice)
    if seat is None or seat.left_at is None:
        return Dropped("gone, or back again")
    back = Membership.objects.present().filter(circle=seat.circle, person=seat.person)
    if back.exists():
        return Dropped("back again")
    heading = _("Your seat at {circle} has come to its end").format(circle=seat.circle)
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": [
                _(
                    "A steward has ended your membership of {circle}. This can come as a "
                    "surprise, and you are welcome to ask them about it."
                ).format(circle=seat.circle),
                _("Your crews, your dyads and your self-work are yours, and stay as they are."),
            ],
            "button": {"label": _("Open Common Table"), "url": absolute("/")},
        },
    )


def waiting(notice: Notice) -> Letter | Dropped:
    """To a steward: somebody has waited for an answer for two days or more."""
    congregation = Congregation.objects.open().filter(pk=notice.ref).first()
    if congregation is None or notice.person is None:
        return Dropped("gone")
    seats = congregation.memberships.present().stewards()
    if not seats.of(notice.person).exists():
        return Dropped("no steward any more")
    people = [
        request.person.first_name
        for request in _overdue(timezone.now())
        .filter(circle=congregation)
        .select_related("person")
        .order_by("asked_at")[:50]
    ]
    if not people:
        return Dropped("answered in the meantime")
    heading = ngettext(
        "{who} is waiting to hear from {circle}",
        "{count} people are waiting to hear from {circle}",
        len(people),
    ).format(who=people[0], count=len(people), circle=congregation)
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": [
                _("They asked to join two days ago or more: {names}.").format(
                    names=", ".join(people)
                ),
                _("A yes or a “not now” takes a minute, and either is kinder than silence."),
            ],
            "button": {
                "label": _("Answer them"),
                "url": absolute(reverse("admin:index")),
            },
        },
    )


def _overdue(now: datetime) -> JoinRequestQuerySet:
    return JoinRequest.objects.waiting().filter(
        circle__scale=Scale.CONGREGATION, asked_at__lte=now - PATIENCE
    )


def due_nudges(now: datetime) -> Iterable[Notice]:
    """One notice a steward, congregation and day, while somebody waits too long."""
    circles = _overdue(now).order_by().values("circle")
    seats = Membership.objects.present().stewards().filter(circle__in=circles)
    found = []
    for seat in seats.select_related("person"):
        here = now.astimezone(seat.person.zone)
        if here.hour >= NUDGE_HOUR:
            key = f"{seat.circle_id} {here:%Y-%m-%d}"
            found.append(
                Notice(
                    kind="congregation.waiting",
                    key=key,
                    person=seat.person,
                    ref=seat.circle_id,
                    due_at=now,
                )
            )
    return found


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(
            "congregation.waiting",
            _("Somebody waits for an answer"),
            waiting,
            _("For stewards: once a day while a request is older than two days."),
            due=due_nudges,
        )
    )
    for slug, title, build in (
        ("congregation.made_steward", _("You are a steward"), made_steward),
        ("congregation.released_steward", _("Your turn as a steward has ended"), released_steward),
        ("congregation.released", _("Your seat in a congregation has ended"), released),
    ):
        register_kind(Kind(slug, title, build, can_be_stopped=False))
