"""The mails of the partnership mirror. What somebody answered stands in none of them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circles.services import present
from dyads.models import Mirror, MirrorAnswer
from dyads.rules.mirror import GROWS_OLD
from dyads.services.mirrors import ASKED, OPENED
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice


def _mirror(notice: Notice) -> Mirror | Dropped:
    mirrors = Mirror.objects.select_related("dyad", "asked_by")
    mirror = mirrors.filter(pk=notice.ref, dyad__closed_at__isnull=True).first()
    if mirror is None or notice.person is None or not present(mirror.dyad, notice.person):
        return Dropped("gone, or no longer inside")
    return mirror


def _letter(mirror: Mirror, heading: str, paragraphs: list[object], label: object) -> Letter:
    url = reverse("dyads:mirror", args=[mirror.dyad_id, mirror.pk])
    context = {
        "heading": heading,
        "paragraphs": paragraphs,
        "button": {"label": label, "url": absolute(url)},
    }
    return Letter(heading, "plain", context)


def asked(notice: Notice) -> Letter | Dropped:
    """One of the two asks, or their rhythm does."""
    mirror = _mirror(notice)
    if isinstance(mirror, Dropped):
        return mirror
    if not mirror.is_waiting:
        return Dropped("answered, or put away")
    if MirrorAnswer.objects.filter(mirror=mirror, person=notice.person).exists():
        return Dropped("answered")
    if mirror.asked_by is None:
        heading = str(_("Your partnership mirror is here again"))
    else:
        heading = _("{who} asks you to look into the partnership mirror").format(
            who=mirror.asked_by.first_name
        )
    return _letter(
        mirror,
        heading,
        [
            _("Four questions about the two of you. Each answers alone."),
            _("When both have answered, it opens to both at the same moment, and to nobody else."),
            _("You don’t have to. After {days} days it is put away by itself.").format(
                days=GROWS_OLD.days
            ),
        ],
        _("Look into it"),
    )


def opened(notice: Notice) -> Letter | Dropped:
    """To both: it is open."""
    mirror = _mirror(notice)
    if isinstance(mirror, Dropped):
        return mirror
    if not mirror.is_open:
        return Dropped("closed again")
    return _letter(
        mirror,
        str(_("Your partnership mirror is open")),
        [
            _("Both of you have answered. Read it in a quiet moment."),
            _("Nothing in it needs a defence. Talk about it when you next meet."),
        ],
        _("Read it"),
    )


def register() -> None:
    """Make the kinds known."""
    for kind in (
        Kind(
            ASKED,
            _("A partnership mirror is asked for"),
            asked,
            _("When the other asks, or as often as you two have chosen."),
        ),
        Kind(
            OPENED,
            _("A partnership mirror is open"),
            opened,
            _("When both of you have answered. Without a word of what was said."),
        ),
    ):
        register_kind(kind)
