"""The mails about who sits where."""

from django.utils.translation import gettext_lazy as _

from circles.invited import particulars_of
from circles.models import Circle, Invitation, JoinRequest, Membership
from circles.scales import Scale
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.addresses import reads


def invited(notice: Notice) -> Letter | Dropped:
    """To somebody who is invited, whether they are here already or not."""
    # Whoever would rather not sit with the one who invites hears nothing of it, as though it had
    # been taken back: nothing may tell the difference.
    invitation = (
        Invitation.objects.waiting()
        .unrefused()
        .select_related("circle", "invited_by")
        .filter(pk=notice.ref)
        .first()
    )
    if invitation is None:
        return Dropped("answered or taken back")
    who, circle = invitation.invited_by, invitation.circle
    if circle.memberships.present().filter(reads(notice.to.lower(), at="person")).exists():
        return Dropped("has a seat there already")
    heading = {
        Scale.DYAD: _("{who} asks to be a dyad with you"),
        Scale.CREW: _("{who} keeps a seat for you in the crew {circle}"),
        Scale.CONGREGATION: _("{who} invites you to {circle}"),
    }[Scale(circle.scale)].format(who=who, circle=circle)
    paragraphs: list[object] = [*particulars_of(invitation), *_about(circle)]
    if invitation.message and circle.intention:
        paragraphs.insert(0, _("What it is for: {what}").format(what=circle.intention))
    paragraphs.append(
        _(
            "If it is not the time, say “Not now” on that page: one press, no account needed, "
            "and nobody asks why."
        )
    )
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "said": invitation.message or circle.intention,
            "paragraphs": paragraphs,
            "button": {
                "label": _("Read the invitation"),
                "url": absolute(invitation.get_absolute_url()),
            },
        },
    )


def _about(circle: Circle) -> list[object]:
    """What a circle of this scale is; of a dyad its particulars say it."""
    if circle.scale == Scale.CREW:
        return [
            _(
                "A crew is three to six people and one conversation. You meet again and again for "
                "a while, and then it ends unless you all choose otherwise."
            )
        ]
    if circle.scale == Scale.CONGREGATION:
        return [_("A congregation is where crews find their people and help one another.")]
    return []


def asked(notice: Notice) -> Letter | Dropped:
    """To those who may answer a raised hand."""
    request = (
        JoinRequest.objects.waiting()
        .select_related("circle", "person")
        .filter(pk=notice.ref)
        .first()
    )
    if request is None or notice.person is None:
        return Dropped("answered or taken back")
    if not JoinRequest.objects.filter(pk=request.pk).answerable_by(notice.person).exists():
        return Dropped("no longer inside")
    heading = (
        _("{who} asks to join {circle}")
        if request.circle.scale == Scale.CONGREGATION
        else _("{who} raises a hand for {circle}")
    ).format(who=request.person, circle=request.circle)
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "said": request.message,
            "paragraphs": [_("Any one of you can answer. They hear from us by mail.")],
            "button": {
                "label": _("Answer {who}").format(who=request.person.first_name),
                "url": absolute(request.get_absolute_url()),
            },
        },
    )


def answered(notice: Notice) -> Letter | Dropped:
    """To the one who asked: yes, or not now."""
    request = JoinRequest.objects.select_related("circle").filter(pk=notice.ref).first()
    if request is None:
        return Dropped("gone")
    if request.state == JoinRequest.State.ACCEPTED:
        heading = _("You have a seat at {circle}").format(circle=request.circle)
        paragraphs = [_("Come in and see who is there and what comes next.")]
        button = {
            "label": _("Open {circle}").format(circle=request.circle),
            "url": absolute(request.circle.get_absolute_url()),
        }
    elif request.state == JoinRequest.State.DECLINED:
        heading = _("Not this time at {circle}").format(circle=request.circle)
        paragraphs = [
            _(
                "They answered “not now”. It is seldom about you: a table may be full of what it "
                "is doing. Other seats are open, and you can call a crew yourself."
            )
        ]
        button = {"label": str(_("See what is open")), "url": absolute("/")}
    else:
        return Dropped("taken back")
    return Letter(
        subject=heading,
        template="plain",
        context={"heading": heading, "paragraphs": paragraphs, "button": button},
    )


def joined(notice: Notice) -> Letter | Dropped:
    """To those at a small table: somebody has sat down."""
    seat = (
        Membership.objects.present()
        .select_related("circle", "person")
        .filter(pk=notice.ref, circle__closed_at__isnull=True)
        .first()
    )
    if seat is None:
        return Dropped("left already")
    heading = (
        _("{who} said yes: you are a dyad")
        if seat.scale == Scale.DYAD
        else _("{who} has a seat at {circle}")
    ).format(who=seat.person, circle=seat.circle)
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": [
                _("Say hello. If you have no rhythm yet, a good next thing is to agree on one.")
            ],
            "button": {
                "label": _("Open {circle}").format(circle=seat.circle),
                "url": absolute(seat.circle.get_absolute_url()),
            },
        },
    )


def left(notice: Notice) -> Letter | Dropped:
    """To those who stay: somebody gave up their seat, or their account with it."""
    circle = Circle.objects.filter(pk=notice.ref).first()
    seat = Membership.objects.present().filter(pk=int(notice.payload.get("seat", 0)))
    if circle is None or seat.exists():
        return Dropped("gone")
    who = notice.payload.get("who", "")
    if circle.scale == Scale.DYAD:
        # The same sentence for every end, whatever brought it about.
        heading = _("Your dyad with {who} has come to its end").format(who=who)
        words = _("Its meetings to come do not take place. Thank you for your turns.")
    else:
        heading = _("{who} has left {circle}").format(who=who, circle=circle)
        words = _("The seat is free again. You may want to tell each other how that is for you.")
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "said": notice.payload.get("words", ""),
            "paragraphs": [words],
            "button": {
                "label": _("Open {circle}").format(circle=circle),
                "url": absolute(circle.get_absolute_url()),
            },
        },
    )


def not_now(notice: Notice) -> Letter | Dropped:
    """To the one who invited, when the other said no."""
    invitation = Invitation.objects.select_related("circle", "person").filter(pk=notice.ref).first()
    if invitation is None:
        return Dropped("gone")
    who, circle = invitation.person or invitation.email, invitation.circle
    heading = _("{who} can’t take the seat this time").format(who=who)
    words: object = _("They read your invitation to {circle} and said no for now.").format(
        circle=circle
    )
    if circle.scale == Scale.DYAD:
        heading = _("{who} can’t take on a dyad just now").format(who=who)
        words = _(
            "That is about time and strength far more than about you. Nobody else hears of it, "
            "and you can ask somebody else whenever you like."
        )
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": [words],
            "button": {
                "label": _("Open {circle}").format(circle=circle),
                "url": absolute(circle.get_absolute_url()),
            },
        },
    )


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind("circles.invited", _("Invitations"), invited, _("When somebody invites you."))
    )
    register_kind(
        Kind(
            "circles.asked",
            _("Raised hands"),
            asked,
            _("When somebody asks for a seat where you can answer."),
        )
    )
    register_kind(
        Kind(
            "circles.answered",
            _("Answers to you"),
            answered,
            can_be_stopped=False,
        )
    )
    register_kind(
        Kind(
            "circles.joined",
            _("New at your table"),
            joined,
            _("When somebody takes a seat in your crew or dyad."),
        )
    )
    register_kind(
        Kind(
            "circles.left",
            _("Somebody left"),
            left,
            _("When somebody leaves your crew or ends your dyad."),
        )
    )
    register_kind(
        Kind(
            "circles.not_now",
            _("An invitation declined"),
            not_now,
            _("When somebody says no to your invitation."),
        )
    )
