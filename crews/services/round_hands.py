"""Raising one's hand in a round, changing it, taking it down; or saying "not this time"."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.services import present
from circles.services.preferences import prefer
from crews import errors
from crews.models import FormingRound, Participant
from crews.rules.interests import LONGEST, MOST_OWN, own_in
from crews.services.rounds import State, locked_round
from people.models import Person
from people.services import set_hours
from people.week import cleaned


@transaction.atomic
def raise_hand(
    *,
    forming: FormingRound,
    by: Person,
    hours: Collection[int],
    interests: Collection[str] = (),
    word: str = "",
    wishes: Collection[int] | None = None,
    refusals: Collection[int] | None = None,
    keeps_hours: bool = False,
) -> Participant:
    """Put one's own hand up, or up again; what was said last holds.

    `hours` are hours of the week by the person's clock; `wishes` and `refusals` are ids of people
    of the congregation, None for leaving them as they are; `keeps_hours` also keeps the hours on
    the profile.

    Raises NotAllowed, CircleClosed, HandsAreDown, NoHours, and what `prefer` raises.
    """
    forming = _taking_hands(forming, by)
    if not hours:
        raise errors.NoHours
    own = own_in(interests)
    if len(own) > MOST_OWN or any(len(one) > LONGEST for one in own):
        raise ValueError("more interests than the form lets through")
    if wishes is not None and refusals is not None:
        prefer(by=by, wishes=wishes, refusals=refusals, among=forming.congregation)
    if keeps_hours:
        set_hours(person=by, hours=cleaned(hours))
    said = {
        "hours": cleaned(hours),
        "time_zone": by.time_zone,
        "interests": list(dict.fromkeys(interests)),
        "word": word,
    }
    hand, is_new = Participant.objects.get_or_create(round=forming, person=by, defaults=said)
    if not is_new:
        if hand.withdrawn_at is not None:
            hand.raised_at = timezone.now()
        for name, value in {**said, "withdrawn_at": None}.items():
            setattr(hand, name, value)
        hand.save()
    return hand


@transaction.atomic
def take_hand_down(*, forming: FormingRound, by: Person) -> None:
    """Take one's own hand down, or say "not this time"; nothing more is mailed of this round.

    Raises NotAllowed, CircleClosed, HandsAreDown.
    """
    forming = _taking_hands(forming, by)
    now = timezone.now()
    # Whoever never had a hand up says "not this time" with the same row: they have answered. What
    # they had said of their week is not kept for a round they are not in.
    nothing = {"hours": [], "interests": [], "word": "", "withdrawn_at": now}
    hand, is_new = Participant.objects.get_or_create(
        round=forming, person=by, defaults={"time_zone": by.time_zone, **nothing}
    )
    if not is_new and hand.withdrawn_at is None:
        for name, value in nothing.items():
            setattr(hand, name, value)
        hand.save(update_fields=list(nothing))


def _taking_hands(forming: FormingRound, by: Person) -> FormingRound:
    forming = locked_round(forming)
    if not present(forming.congregation, by):
        raise NotAllowed
    if forming.state(timezone.now()) != State.OPEN:
        raise errors.HandsAreDown
    return forming
