"""Pairing again and again: set, changed and ended by stewards; each round opened by the beat."""

import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import is_steward
from circles.services.seats import locked
from dyads import errors
from dyads.models import PairingRhythm, PairingRound
from dyads.rules.rounds import due_from, fits_first, notice_fits, turn
from dyads.services.rounds import begin_round, of_rhythm
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person

logger = logging.getLogger(__name__)


def rhythm_of(congregation: Circle) -> PairingRhythm | None:
    """The rhythm in which the congregation pairs now, if it has one."""
    return PairingRhythm.objects.filter(congregation=congregation, ended_at__isnull=True).first()


@transaction.atomic
def set_rhythm(
    *,
    congregation: Circle,
    by: Person,
    next_at: datetime,
    apart: int,
    notice: int,
    **plan: Any,
) -> PairingRhythm:
    """Pair every `apart` weeks from `next_at` on, with `notice` days; or change how it is done.

    A rhythm that is changed keeps the clock of the place where it was set. `plan` are weeks,
    minutes, meetings and hours_to_look. Raises NotAllowed, CircleClosed, NotThatFirstDay,
    NoticeTooLong.
    """
    congregation = locked(congregation)
    if not is_steward(congregation, by):
        raise NotAllowed
    if not notice_fits(notice, apart):
        raise errors.NoticeTooLong
    rhythm = rhythm_of(congregation) or PairingRhythm(
        congregation=congregation, time_zone=by.time_zone
    )
    if next_at != rhythm.next_at:
        if not fits_first(next_at, timezone.now()):
            raise errors.NotThatFirstDay
        rhythm.next_at = next_at
        rhythm.at = next_at.astimezone(rhythm.zone).time()
    said = {"apart": apart, "notice": notice, "set_by": by, **plan}
    for name, value in said.items():
        setattr(rhythm, name, value)
    try:
        with transaction.atomic():
            rhythm.save()
    except IntegrityError as error:
        raise errors.PairingGoingOn from error
    return rhythm


@transaction.atomic
def end_rhythm(*, congregation: Circle, by: Person) -> None:
    """Pair by itself no more; a round that is going on goes on. Raises NotAllowed, CircleClosed."""
    congregation = locked(congregation)
    if not is_steward(congregation, by):
        raise NotAllowed
    rhythms = PairingRhythm.objects.filter(congregation=congregation, ended_at__isnull=True)
    rhythms.update(ended_at=timezone.now())


def open_where_due(now: datetime) -> int:
    """Open the round of each rhythm whose notice begins; returns how many were opened."""
    opened = 0
    standing = PairingRhythm.objects.filter(
        ended_at__isnull=True, congregation__closed_at__isnull=True
    )
    for rhythm in standing.select_related("congregation").order_by("next_at"):
        if now < due_from(rhythm.next_at, rhythm.notice):
            continue
        try:
            opened += _open_next(rhythm, now) is not None
        except CircleClosed:
            continue
        except Exception:
            # One congregation that stumbles must not keep the others from their pairing.
            logger.exception("The round of rhythm %s could not be opened", rhythm.pk)
    return opened


@transaction.atomic
def _open_next(rhythm: PairingRhythm, now: datetime) -> PairingRound | None:
    """Open it, unless another beat was quicker or a round goes on; then stewards are told."""
    congregation = locked(rhythm.congregation)
    rhythm = PairingRhythm.objects.select_related("set_by").get(pk=rhythm.pk)
    due = turn(
        rhythm.next_at,
        apart=rhythm.apart,
        notice=rhythm.notice,
        at=rhythm.at,
        zone=rhythm.zone,
        now=now,
    )
    if due is None or rhythm.ended_at is not None:
        return None
    # The database decides which of two beats opens it, also where rows cannot be locked.
    mine = PairingRhythm.objects.filter(
        pk=rhythm.pk, next_at=rhythm.next_at, ended_at__isnull=True
    ).update(next_at=due.next_at)
    if not mine:
        return None
    try:
        return begin_round(
            congregation=congregation,
            opened_by=rhythm.set_by,
            rhythm=rhythm,
            pairs_at=due.pairs_at,
            time_zone=rhythm.time_zone,
            opened_at=now,
            **of_rhythm(rhythm),
        )
    except errors.PairingGoingOn:
        _tell_passed_over(rhythm, congregation, due.pairs_at)
        return None


def _tell_passed_over(rhythm: PairingRhythm, congregation: Circle, passed: datetime) -> None:
    about = {"kind": "pairing.passed_over", "ref": rhythm.pk}
    key = f"rhythm {rhythm.pk} {passed:%Y%m%d}"
    stewards = congregation.memberships.present().stewards().select_related("person")
    owe_all(Notice(key=key, person=seat.person, **about) for seat in stewards)
