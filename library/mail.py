"""The mails about writing practices. Titles stand inside them, never in a subject."""

from django.utils.translation import gettext_lazy as _

from circles.scales import Scale
from library.models import Draft, Practice
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice


def offered(notice: Notice) -> Letter | Dropped:
    """To those who publish: somebody has written something."""
    if notice.person is None:
        return Dropped("gone")
    waiting = Draft.objects.publishable_by(notice.person).select_related("home", "written_by")
    draft = waiting.filter(pk=notice.ref).first()
    if draft is None:
        return Dropped("published, sent back or taken back")
    heading = _("{who} has written a practice for {circle}").format(
        who=draft.written_by, circle=draft.home
    )
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "said": str(draft),
            "paragraphs": [
                _("Read it as the table would, then publish it, or send it back with a word.")
            ],
            "button": {"label": _("Read it"), "url": absolute(draft.get_absolute_url())},
        },
    )


def published(notice: Notice) -> Letter | Dropped:
    """To the writer: it is on the shelf."""
    practice = Practice.objects.published().select_related("home").filter(pk=notice.ref).first()
    if practice is None or practice.home is None:
        return Dropped("gone")
    heading = _("What you wrote can be practised at {circle} now").format(circle=practice.home)
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "said": str(practice),
            "paragraphs": [
                _("Its crews and dyads can choose it, too.")
                if practice.home.scale == Scale.CONGREGATION
                else _("You can choose it for your next meeting.")
            ],
            "button": {
                "label": _("See it on the shelf"),
                "url": absolute(practice.get_absolute_url()),
            },
        },
    )


def sent_back(notice: Notice) -> Letter | Dropped:
    """To the writer: not yet, and why."""
    draft = Draft.objects.select_related("home").filter(pk=notice.ref).first()
    if draft is None or draft.is_offered or not draft.word:
        return Dropped("offered again, or deleted")
    heading = _("A word from {circle} about what you wrote").format(circle=draft.home)
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "said": draft.word,
            "paragraphs": [
                _(
                    "“{title}” is on your desk again. Change it and offer it once more, or keep it."
                ).format(title=draft)
            ],
            "button": {"label": _("Open it"), "url": absolute(draft.get_absolute_url())},
        },
    )


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(
            "library.offered",
            _("A practice to publish"),
            offered,
            _("When somebody has written a practice where you can publish it."),
        )
    )
    for slug, title, build in (
        ("library.published", _("What you wrote is published"), published),
        ("library.sent_back", _("A word about what you wrote"), sent_back),
    ):
        register_kind(Kind(slug, title, build, can_be_stopped=False))
