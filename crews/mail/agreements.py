"""That something was agreed, and that somebody would like to talk about it again.

What it says is read at the table: no mail carries what a crew says.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import Membership
from crews.models import Acceptance, Agreements, Crew, Reopening
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice


def written(notice: Notice) -> Letter | Dropped:
    """To all but the writer: read what was agreed, and accept it."""
    editions = Agreements.objects.holding().select_related("crew", "written_by")
    edition = editions.filter(pk=notice.ref).first()
    if edition is None:
        return Dropped("written anew since")
    if why := _is_gone(edition.crew, notice):
        return why
    if Acceptance.objects.filter(edition=edition, person=notice.person).exists():
        return Dropped("accepted already")
    who = edition.written_by
    said = _("{who} wrote it down. Read whether you can say yes to it.").format(who=who)
    heading = _("{crew} has written down what you agreed").format(crew=edition.crew)
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": [
                said if who else _("Read whether you can say yes to it."),
                _("If something is not as you remember it, say so: anybody may ask to talk again."),
            ],
            "button": {
                "label": _("Read and accept"),
                "url": absolute(edition.get_absolute_url()),
            },
        },
    )


def reopened(notice: Notice) -> Letter | Dropped:
    """To all but whoever asked."""
    asked = Reopening.objects.open().select_related("crew", "asked_by").filter(pk=notice.ref)
    reopening = asked.first()
    if reopening is None:
        return Dropped("settled")
    if why := _is_gone(reopening.crew, notice):
        return why
    heading = _("{who} would like to talk about what {crew} agreed").format(
        who=reopening.asked_by, crew=reopening.crew
    )
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": [
                _("Take some minutes for it when you meet next. Until then all stays as it is.")
            ],
            "button": {
                "label": _("Go to the table"),
                "url": absolute(reopening.crew.get_absolute_url()),
            },
        },
    )


def _is_gone(crew: Crew, notice: Notice) -> Dropped | None:
    if not crew.is_open:
        return Dropped("the crew has ended")
    if not Membership.objects.present().filter(circle=crew, person=notice.person).exists():
        return Dropped("no longer inside")
    return None


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(
            "crews.agreements",
            gettext_lazy("What your crew agreed"),
            written,
            gettext_lazy("When somebody in your crew writes it down, for you to read and accept."),
        )
    )
    register_kind(
        Kind(
            "crews.reopened",
            gettext_lazy("Talking about agreements again"),
            reopened,
            gettext_lazy("When somebody in your crew asks for it."),
        )
    )
