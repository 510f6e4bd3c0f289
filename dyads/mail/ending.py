"""The mails about a look back and an end. What somebody said stands in none of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Membership
from circles.services import present
from dyads.models import LookBack, LookBackAnswer
from dyads.models.ending import LookBackQuerySet
from dyads.rules.ending import REMINDED_AFTER, SILENCE, Choice
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person

# What the clock brings is told for so long, and not when it is older than that.
FRESH = timedelta(days=14)


def _letter(heading: str, paragraphs: list[object], label: object, url: str) -> Letter:
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": paragraphs,
            "button": {"label": label, "url": absolute(url)},
        },
    )


def _found(notice: Notice, among: LookBackQuerySet) -> tuple[LookBack, Person] | Dropped:
    """The look back, and the other of the two as the mail names them."""
    look_back = among.select_related("dyad", "asked_by").filter(pk=notice.ref).first()
    if look_back is None:
        return Dropped("over, or gone")
    if notice.person is None or not present(look_back.dyad, notice.person):
        return Dropped("no longer inside")
    seats = look_back.dyad.memberships.present().exclude(person=notice.person)
    other = seats.select_related("person").first()
    return (look_back, other.person) if other else Dropped("alone")


def _has_answered(look_back: LookBack, notice: Notice) -> bool:
    return LookBackAnswer.objects.filter(look_back=look_back, person=notice.person).exists()


def asked(notice: Notice) -> Letter | Dropped:
    """The run is over, or one of the two asks: how does it go on?"""
    found = _found(notice, LookBack.objects.waiting(timezone.now()))
    if isinstance(found, Dropped):
        return found
    look_back, other = found
    if _has_answered(look_back, notice):
        return Dropped("answered")
    if look_back.asked_by == other:
        heading = _("{who} would like to look back with you").format(who=other.first_name)
        first = _("How does it go on with you two: continue, pause, or thank and close?")
    else:
        heading = _("How does it go on with you and {who}?").format(who=other.first_name)
        first = _("You have met for a while. Continue, pause, or thank and close: all are good.")
    return _letter(
        heading,
        [
            first,
            _("Say it alone. Nobody sees it until both of you have, then you read both together."),
        ],
        _("Look back"),
        look_back.get_absolute_url(),
    )


def reminded(notice: Notice) -> Letter | Dropped:
    """Some days later, to whoever has said nothing; and once more after a long silence."""
    found = _found(notice, LookBack.objects.waiting(timezone.now()))
    if isinstance(found, Dropped):
        return found
    look_back, other = found
    if _has_answered(look_back, notice):
        return Dropped("answered")
    heading = _("You and {who}: a look back is waiting").format(who=other.first_name)
    words = [
        _("Continue, pause, or thank and close? A line is enough."),
        _("If you would rather not say anything, that is fine: nothing happens then."),
    ]
    if notice.key.startswith("again"):
        words[0] = _(
            "You have not met for a while. Perhaps it simply rests; perhaps you would like to "
            "begin again, or to thank each other and close."
        )
    return _letter(heading, list(words), _("Look back"), look_back.get_absolute_url())


def opened(notice: Notice) -> Letter | Dropped:
    """To whoever answered first: now both have."""
    read = LookBack.objects.filter(opened_at__isnull=False, dyad__closed_at__isnull=True)
    found = _found(notice, read)
    if isinstance(found, Dropped):
        return found
    look_back, other = found
    return _letter(
        _("You and {who} have both looked back").format(who=other.first_name),
        [_("Read what you said, in a quiet moment. It is for you two alone.")],
        _("Read it"),
        look_back.get_absolute_url(),
    )


def rested(notice: Notice) -> Letter | Dropped:
    """The day has come until which the two pause."""
    found = _found(notice, LookBack.objects.opened().filter(outcome=Choice.PAUSE))
    if isinstance(found, Dropped):
        return found
    look_back, other = found
    if not notice.key.endswith(str(look_back.pauses_until)):
        return Dropped("another day was chosen")
    return _letter(
        _("You and {who} have paused. Do you begin again?").format(who=other.first_name),
        [_("Either of you can. Resting on is fine, and so is a good ending.")],
        _("Look at it"),
        look_back.get_absolute_url(),
    )


def woke(notice: Notice) -> Letter | Dropped:
    """To the other: the pause is over."""
    found = _found(notice, LookBack.objects.filter(dyad__closed_at__isnull=True))
    if isinstance(found, Dropped):
        return found
    look_back, other = found
    return _letter(
        _("{who} would like to begin again").format(who=other.first_name),
        [_("Your pause is over. One of you sets the next meetings.")],
        _("Open your dyad"),
        look_back.dyad.get_absolute_url(),
    )


def ended(notice: Notice) -> Letter | Dropped:
    """The two have closed with thanks."""
    found = _found(notice, LookBack.objects.filter(dyad__closed_at__isnull=False))
    if isinstance(found, Dropped):
        return found
    look_back, other = found
    return _letter(
        _("You and {who} have come to a good end").format(who=other.first_name),
        [
            _("What you received from each other stands on your last page."),
            _("For two weeks you can still change your words there. Only you two read them."),
        ],
        _("Open the last page"),
        reverse("dyads:ending", args=[look_back.dyad_id]),
    )


# --- what the clock brings ------------------------------------------------------------------


def due_reminders(now: datetime) -> Iterable[Notice]:
    """To those who have not answered: some days after they were asked, and once after a long
    silence."""
    found = []
    for name, after in (("soon", REMINDED_AFTER), ("again", SILENCE)):
        asked_at = (now - after - FRESH, now - after)
        keys = {
            one.dyad_id: (one, f"{name} {one.pk} {one.asked_at:%Y-%m-%d %H:%M:%S}")
            for one in LookBack.objects.waiting(now).filter(asked_at__range=asked_at)
        }
        found += _notices("dyads.look_back_waits", keys, now)
    said = LookBackAnswer.objects.filter(look_back__in={one.ref for one in found})
    answered = set(said.values_list("look_back", "person"))
    return [one for one in found if (one.ref, one.person_id) not in answered]


def due_rests(now: datetime) -> Iterable[Notice]:
    """Both of the two whose pause is over."""
    today = now.date()
    over = LookBack.objects.opened().filter(outcome=Choice.PAUSE)
    keys = {
        one.dyad_id: (one, f"pause {one.pk} {one.pauses_until}")
        for one in over.filter(pauses_until__range=(today - FRESH, today))
    }
    return _notices("dyads.rested", keys, now)


def _notices(kind: str, keys: dict[int, tuple[LookBack, str]], now: datetime) -> list[Notice]:
    if not keys:
        return []
    seats = Membership.objects.present().filter(circle__in=keys, person__is_active=True)
    return [
        Notice(
            kind=kind,
            key=keys[seat.circle_id][1],
            person=seat.person,
            ref=keys[seat.circle_id][0].pk,
            due_at=now,
        )
        for seat in seats.select_related("person")
    ]


def register() -> None:
    """Make the kinds known, with their clocks."""
    for kind in (
        Kind(
            "dyads.look_back",
            _("A look back with your dyad"),
            asked,
            _("After the last meeting, or when the other asks: continue, pause, or close?"),
        ),
        Kind(
            "dyads.look_back_waits",
            _("A look back that waits"),
            reminded,
            _("Once after some days, while you have not answered, and once after a long silence."),
            due=due_reminders,
        ),
        Kind(
            "dyads.opened",
            _("You two have looked back"),
            opened,
            _("When the other has answered, too."),
        ),
        Kind(
            "dyads.rested",
            _("A pause is over"),
            rested,
            _("Once, on the day until which your dyad pauses."),
            due=due_rests,
        ),
        Kind(
            "dyads.woke",
            _("Your dyad begins again"),
            woke,
            _("When the other ends a pause."),
        ),
        Kind(
            "dyads.ended",
            _("The last page of a dyad"),
            ended,
            _("When you two have closed with thanks."),
        ),
    ):
        register_kind(kind)
