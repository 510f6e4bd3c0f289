"""To whoever came late: seats that would fit. Once a congregation, and never again."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import Membership
from circles.scales import Scale
from crews.models import SeatOffer
from crews.services.offers import SEATS
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from practice.showing.often import hour


def seats(notice: Notice) -> Letter | Dropped:
    """Up to three tables that fit, with the hour by the reader's clock."""
    reader = notice.person
    here = Membership.objects.present().filter(person=reader)
    if reader is None or not here.filter(circle=notice.ref).exists():
        return Dropped("no longer in the congregation")
    if here.filter(circle__parent=notice.ref, scale=Scale.CREW).exists():
        return Dropped("sits in a crew by now")
    offers = SeatOffer.objects.waiting().filter(person=reader, crew__parent=notice.ref)
    found = list(offers.select_related("crew").order_by("pk")[:3])
    if not found:
        return Dropped("the seats are taken")
    lines = []
    for offer in found:
        line = str(offer.crew)
        if offer.meets_at:
            when = hour(offer.meets_at, reader.zone)
            line = _("{crew}: {when} your time suits you and everybody there.").format(
                crew=offer.crew, when=when
            )
        lines.append(line)
    heading = _("A table has a seat that fits you")
    if len(found) > 1:
        heading = _("Tables have a seat that fits you")
    context = {
        "heading": heading,
        "paragraphs": [
            *lines,
            _(
                "If you would like to sit there, raise a hand, and they answer. If not, you need "
                "do nothing; this mail comes once."
            ),
        ],
        "button": {"label": _("Look at the seats"), "url": absolute(reverse("crews:seats"))},
    }
    return Letter(heading, "plain", context)


def register() -> None:
    """Make the kind known."""
    register_kind(
        Kind(
            SEATS,
            gettext_lazy("Seats that fit you"),
            seats,
            gettext_lazy("Once, when you have no crew and a table has room at your hours."),
        )
    )
