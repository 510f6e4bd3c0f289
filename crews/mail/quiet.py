"""The mails about a crew that has gone quiet: to all at once, and when one has answered."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circles.services import present
from crews.models import QuietQuestion
from crews.services.quiet import QUIET, SETTLED
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice


def asked(notice: Notice) -> Letter | Dropped:
    """Does it rest, has it ended, or does it still meet?"""
    question = QuietQuestion.objects.open().select_related("crew").filter(pk=notice.ref).first()
    if question is None:
        return Dropped("answered, or a meeting is planned")
    if notice.person is None or not present(question.crew, notice.person):
        return Dropped("no longer inside")
    return _letter(
        _("How is {crew}?").format(crew=question.crew),
        [
            _("You have not met for a while, and no meeting is planned. That happens, and it may "
              "be just right."),
            _("Does your crew rest, has it ended, or does it still meet? One tap of any of you is "
              "enough; nobody loses a seat by not answering."),
        ],
        _("Say how it is"),
        reverse("crews:quiet", args=[question.crew_id]),
    )  # fmt: skip


def settled(notice: Notice) -> Letter | Dropped:
    """To the others: one of them said that it still meets."""
    question = QuietQuestion.objects.select_related("crew", "answered_by").filter(
        pk=notice.ref, answer=QuietQuestion.Answer.MEETS, crew__closed_at__isnull=True
    ).first()  # fmt: skip
    if question is None:
        return Dropped("gone")
    if notice.person is None or not present(question.crew, notice.person):
        return Dropped("no longer inside")
    return _letter(
        _("{crew} still meets").format(crew=question.crew),
        [
            _("{who} has said so for all of you. A good next thing is a day.").format(
                who=question.answered_by or _("One of you")
            )
        ],
        _("Open {crew}").format(crew=question.crew),
        question.crew.get_absolute_url(),
    )


def _letter(heading: str, paragraphs: list[object], label: object, url: str) -> Letter:
    button = {"label": label, "url": absolute(url)}
    context = {"heading": heading, "paragraphs": paragraphs, "button": button}
    return Letter(heading, "plain", context)


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(
            QUIET,
            _("A crew gone quiet"),
            asked,
            _("Once, when a crew of yours has not met for twice its rhythm."),
        )
    )
    register_kind(
        Kind(
            SETTLED,
            _("A quiet crew still meets"),
            settled,
            _("When one of you has answered for all."),
        )
    )
