"""The mails of a pairing: to stewards, that pairs are on the desk; to whoever is left over."""

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.services import is_steward
from dyads.models import PairingRound, Place
from dyads.services.drawing import PROPOSED
from dyads.services.proposal import proposal_of
from dyads.services.publishing import LEFT_OVER
from dyads.services.trios import fitting
from dyads.showing.lacking import kept_facts, to_them
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from practice.showing.wording import in_words

State = PairingRound.State


def proposed(notice: Notice) -> Letter | Dropped:
    """To a steward: the pairs are there to look at."""
    rounds = PairingRound.objects.select_related("congregation")
    round, reader = rounds.filter(pk=notice.ref).first(), notice.person
    if round is None or reader is None or not is_steward(round.congregation, reader):
        return Dropped("no longer a steward")
    now = timezone.now()
    if not round.congregation.is_open or round.state(now) != State.PROPOSED:
        return Dropped("the round has moved on")
    proposal = proposal_of(round, now)
    paragraphs = [_how_many(len(proposal.pairs), len(proposal.left_over))]
    if round.publishes_at:
        local = round.publishes_at.astimezone(reader.zone)
        paragraphs.append(
            _(
                "Change what you like until {when} ({city} time): then the pairs are introduced "
                "as they stand."
            ).format(when=formatted(local, "l j F, H:i"), city=reader.city)
        )
    else:
        paragraphs.append(_("Nobody hears anything until one of you publishes them."))
    heading = _("Pairs for {circle} to look at").format(circle=round.congregation)
    context = {
        "heading": heading,
        "paragraphs": paragraphs,
        "button": {
            "label": _("Look at the pairs"),
            "url": absolute(reverse("dyads:desk", args=[round.pk])),
        },
    }
    return Letter(heading, "plain", context)


def _how_many(pairs: int, left_over: int) -> str:
    if not pairs:
        return _("No pair could be made this time. The desk says why, and what would help.")
    said = ngettext("There is one pair", "There are {count} pairs", pairs).format(
        count=in_words(pairs)
    )
    if not left_over:
        return _("{pairs}, and nobody is left over.").format(pairs=said)
    return ngettext(
        "{pairs}; one person is left over.", "{pairs}; {count} people are left over.", left_over
    ).format(pairs=said, count=in_words(left_over))


def left_over(notice: Notice) -> Letter | Dropped:
    """To somebody with whom nobody is paired: why, what would help, what they can choose."""
    places = Place.objects.up().left_over().select_related("round__congregation", "person")
    place = places.filter(pk=notice.ref).first()
    if place is None or notice.person is None:
        return Dropped("no longer left over")
    round, reader = place.round, place.person
    if not round.congregation.is_open or place.wants:
        return Dropped("chosen already, or the congregation has ended")
    why = to_them(kept_facts(place), reader.zone, round.minutes)
    heading = _("Nobody for you this time in {circle}").format(circle=round.congregation)
    can_be_three = fitting(place) is not None
    closing = _("You come first next time.")
    if can_be_three:
        closing = _(
            "Until then a pair that shares an hour with you could make room for you: three this "
            "time, or the first place next time, as you like. If you say nothing, you come first "
            "next time."
        )
    context = {
        "heading": heading,
        "paragraphs": [" ".join(why), closing],
        "button": {
            "label": _("Say what I would like") if can_be_three else _("Read it on the page"),
            "url": absolute(round.get_absolute_url()),
        },
    }
    return Letter(heading, "plain", context)


def register() -> None:
    """Make the kinds known."""
    register_kind(Kind(PROPOSED, _("Pairs to look at"), proposed, can_be_stopped=False))
    register_kind(Kind(LEFT_OVER, _("Nobody for you this time"), left_over, can_be_stopped=False))
