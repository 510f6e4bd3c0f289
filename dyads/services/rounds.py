"""Opening a round of pairing, changing when it pairs, calling it off."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle, Membership
from circles.services import is_steward, locked
from congregation.rules.rounds import SECOND_THOUGHTS, TOLD_AFTER, goes_on_until
from dyads import errors
from dyads.models import PairingRhythm, PairingRound, Place, TakingPart
from dyads.rules.rounds import (
    SILENT_ROUNDS,
    WORTH_TELLING,
    fits_open,
    has_fallen_silent,
)
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person

State = PairingRound.State
# What a rhythm hands to its rounds, and a steward may change.
PLAN = ("weeks", "minutes", "meetings", "hours_to_look")
FIELDS = ("words", "pairs_at", *PLAN)


def locked_round(round: PairingRound) -> PairingRound:
    """The round as it is now, behind its congregation's lock. Raises CircleClosed."""
    locked(round.congregation)
    return PairingRound.objects.select_related("congregation").get(pk=round.pk)


def locked_for_steward(round: PairingRound, by: Person) -> PairingRound:
    """The same, for one who looks after the congregation. Raises CircleClosed, NotAllowed."""
    round = locked_round(round)
    if not is_steward(round.congregation, by):
        raise NotAllowed
    return round


@transaction.atomic
def open_round(
    *, congregation: Circle, by: Person, pairs_at: datetime, words: str = "", **plan: Any
) -> PairingRound:
    """Open a round: everybody hears when the pairing is made, and may say yes or skip it.

    `plan` are weeks, minutes, meetings and hours_to_look. Raises NotAllowed, CircleClosed,
    NotThatDay, PairingGoingOn.
    """
    congregation = locked(congregation)
    if not is_steward(congregation, by):
        raise NotAllowed
    if not fits_open(pairs_at, timezone.now()):
        raise errors.NotThatDay
    return begin_round(
        congregation=congregation,
        opened_by=by,
        pairs_at=pairs_at,
        words=words,
        time_zone=by.time_zone,
        **plan,
    )


def begin_round(*, congregation: Circle, opened_by: Person | None, **fields: Any) -> PairingRound:
    """The round itself, a place for each who takes part, a notice for everybody else but who
    opened it by hand. Behind the congregation's lock. Raises PairingGoingOn."""
    try:
        with transaction.atomic():
            round = PairingRound.objects.create(
                congregation=congregation, opened_by=opened_by, **fields
            )
    except IntegrityError as error:
        raise errors.PairingGoingOn from error
    taking_part = TakingPart.objects.now().filter(congregation=congregation)
    takers = set(taking_part.values_list("person", flat=True))
    silent = _fallen_silent(congregation, takers)
    Place.objects.bulk_create(
        Place(round=round, person_id=person, must_say_yes=person in silent)
        for person in sorted(takers)
    )
    by_hand = opened_by if round.rhythm_id is None else None
    everybody = [person for person in _everybody(congregation) if person != by_hand]
    _tell("opened", round, [person for person in everybody if person.pk in takers])
    _tell("invited", round, [person for person in everybody if person.pk not in takers])
    return round


def _fallen_silent(congregation: Circle, people: Collection[int]) -> set[int]:
    """Who of these was not heard of in the last rounds in which they were paired."""
    paired = Place.objects.filter(
        round__congregation=congregation,
        round__published_at__isnull=False,
        pair__isnull=False,
        person__in=people,
    ).order_by("-round__pairs_at", "-pk")
    heard: dict[int, list[bool]] = defaultdict(list)
    for person, when in paired.values_list("person", "heard_at"):
        if len(heard[person]) < SILENT_ROUNDS:
            heard[person].append(when is not None)
    return {person for person, said in heard.items() if has_fallen_silent(said)}


@transaction.atomic
def change_round(*, round: PairingRound, by: Person, **fields: Any) -> PairingRound:
    """Change its words, its plan, or when it pairs, until it does. Those in it hear of a date
    that moves. Raises NotAllowed, CircleClosed, TooLateToChange, NotThatDay."""
    round = locked_for_steward(round, by)
    now = timezone.now()
    if round.state(now) != State.OPEN:
        raise errors.TooLateToChange
    before = round.pairs_at
    for name in FIELDS:
        setattr(round, name, fields.get(name, getattr(round, name)))
    if round.pairs_at != before and not fits_open(round.pairs_at, now):
        raise errors.NotThatDay
    round.save(update_fields=FIELDS)
    if abs(round.pairs_at - before) > WORTH_TELLING:
        concerned = [one.person for one in who_would_hear(round) if one.person != by]
        _tell("moved", round, concerned, key=f"round {round.pk} {round.pairs_at:%Y%m%dT%H%M}")
    return round


@transaction.atomic
def call_off(*, round: PairingRound, by: Person, word: str = "") -> None:
    """Call the round off, until a steward or the clock publishes it; those in it are told, some
    minutes later, unless it goes on by then.

    Raises NotAllowed, CircleClosed, TooLateToChange.
    """
    round = locked_for_steward(round, by)
    now = timezone.now()
    if round.state(now) in {State.PUBLISHING, State.PUBLISHED, State.CALLED_OFF}:
        raise errors.TooLateToChange
    # Asked before the end of the round is written: then nobody is in it any more.
    told = [place.person for place in who_would_hear(round)]
    round.called_off_at = now
    round.version += 1
    round.save(update_fields=["called_off_at", "version"])
    others = [person for person in told if person != by]
    said = {"who": str(by), "word": word}
    _tell("called_off", round, others, key=key_of_end(round), payload=said, due_at=now + TOLD_AFTER)


def may_go_on(round: PairingRound, now: datetime) -> bool:
    """Whether the round was called off so lately that this can be taken back."""
    return round.called_off_at is not None and now < round.called_off_at + SECOND_THOUGHTS


@transaction.atomic
def go_on(*, round: PairingRound, by: Person) -> PairingRound:
    """Take back that the round was called off: what everybody has said still stands, and those
    who had read of it hear. Raises NotAllowed, CircleClosed, TooLateToGoOn, PairingGoingOn."""
    round = locked_for_steward(round, by)
    now = timezone.now()
    ended = round.called_off_at
    if ended is None or not may_go_on(round, now):
        raise errors.TooLateToGoOn
    told = Notice.objects.filter(kind="pairing.called_off", key=key_of_end(round))
    told = told.exclude(sent_at=None).select_related("person")
    round.called_off_at = None
    round.version += 1
    round.pairs_at = goes_on_until(round.pairs_at, ended, now)
    if round.publishes_at is not None:
        round.publishes_at = goes_on_until(round.publishes_at, ended, now)
    try:
        with transaction.atomic():
            round.save(update_fields=["called_off_at", "version", "pairs_at", "publishes_at"])
    except IntegrityError as error:
        raise errors.PairingGoingOn from error
    people = [one.person for one in told if one.person]
    _tell("goes_on", round, people, key=f"round {round.pk} {now:%Y%m%dT%H%M%S%f}")
    return round


def key_of_end(round: PairingRound) -> str:
    """What makes the mail about this end this one: a round can be called off twice."""
    return f"round {round.pk} {round.called_off_at:%Y%m%dT%H%M%S%f}"


def who_would_hear(round: PairingRound) -> list[Place]:
    """Places of those who count on being paired, or have not said otherwise."""
    places = round.places.up().exclude(answer=Place.Answer.SKIP)
    return list(places.select_related("person"))


def _everybody(congregation: Circle) -> list[Person]:
    seats = Membership.objects.present().filter(circle=congregation, person__is_active=True)
    return [seat.person for seat in seats.select_related("person").order_by("pk")]


def _tell(kind: str, round: PairingRound, people: Iterable[Person], **fields: Any) -> None:
    """Owe each of them one mail about a round, once."""
    about = {"key": f"round {round.pk}", "ref": round.pk, **fields}
    owe_all(Notice(kind=f"pairing.{kind}", person=person, **about) for person in people)


def of_rhythm(rhythm: PairingRhythm) -> dict[str, Any]:
    """What a rhythm hands to a round of its."""
    return {name: getattr(rhythm, name) for name in PLAN}
