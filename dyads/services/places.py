"""Taking part in a congregation's pairing, and what somebody says to one round of it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle, Membership
from circles.scales import Scale
from circles.services import present
from circles.services.seats import locked
from dyads import errors
from dyads.models import Dyad, Openness, PairingRound, Place, TakingPart
from dyads.rules.plan import USUAL_DYADS
from dyads.rules.rounds import pause_fits
from dyads.services.rounds import State, locked_round
from people.models import Person

Answer = Place.Answer


@transaction.atomic
def take_part(*, congregation: Circle, by: Person) -> TakingPart:
    """Take part in the pairing of a congregation from now on, and in the round that is open.

    Raises NotAllowed, CircleClosed.
    """
    congregation = locked(congregation)
    if not present(congregation, by):
        raise NotAllowed
    taking = _takes_part(congregation, by)
    for round in _open_rounds(congregation):
        _say(round, by, Answer.IN)
    return taking


@transaction.atomic
def stop_taking_part(*, congregation: Circle, by: Person) -> None:
    """Take part no more, in a round that goes on neither, until it is published: nobody is well
    paired with somebody who does not want it. Raises NotAllowed, CircleClosed."""
    congregation = locked(congregation)
    if not present(congregation, by):
        raise NotAllowed
    _withdraw(congregation, by)


def withdraw_who_left(left: Membership) -> None:
    """Who leaves a congregation takes part in its pairing no more."""
    if left.scale == Scale.CONGREGATION:
        _withdraw(left.circle, left.person)


@transaction.atomic
def answer(*, round: PairingRound, by: Person, answer: Place.Answer) -> Place:
    """Say yes to a round, or skip it; the last answer before the pairing holds. The first yes is
    also the word that one takes part from now on.

    Raises NotAllowed, CircleClosed, TooLateToAnswer.
    """
    round = locked_round(round)
    if not present(round.congregation, by):
        raise NotAllowed
    if round.state(timezone.now()) != State.OPEN:
        raise errors.TooLateToAnswer
    if answer == Answer.IN:
        _takes_part(round.congregation, by)
    return _say(round, by, answer)


def heard(*, person: Person, round: PairingRound) -> None:
    """Keep that somebody has done something about a round they were paired in."""
    Place.objects.filter(round=round, person=person, heard_at__isnull=True).update(
        heard_at=timezone.now()
    )


@transaction.atomic
def pause_until(*, by: Person, until: date | None) -> None:
    """Be paired by no round before that day, in none of one's congregations; None takes it back.

    Whoever pauses has been heard: nobody asks them again for it. Raises NoSuchPause.
    """
    now = timezone.now()
    if until is not None and not pause_fits(until, now.astimezone(by.zone).date()):
        raise errors.NoSuchPause
    Openness.objects.update_or_create(person=by, defaults={"paused_until": until})
    open_ones = PairingRound.objects.going_on().filter(pairs_at__gt=now)
    Place.objects.filter(person=by, round__in=open_ones, heard_at__isnull=True).update(heard_at=now)


def who_is_in(round: PairingRound, now: datetime) -> QuerySet[Place]:
    """Places of those who would be paired as things stand: they said yes, or need not, have not
    paused beyond the pairing's day, and have fewer dyads than they wish for at most."""
    day = max(now, round.pairs_at).astimezone(round.zone).date()
    said_yes = Q(answer=Answer.IN) | Q(answer=Answer.NONE, must_say_yes=False)
    paused = Openness.objects.filter(person=OuterRef("person"), paused_until__gt=day)
    places = round.places.up().filter(said_yes).exclude(Q(person__in=paused.values("person")))
    return places.annotate(**dyads_and_most()).filter(Q(("has__lt", F("at_most"))))


def dyads_and_most() -> dict[str, Coalesce]:
    """Annotations of places: how many dyads the person `has`, and how many `at_most`."""
    # A dyad counts once both have sat down: invitations that wait bind nobody.
    complete = Dyad.objects.complete().order_by().values("pk")
    seats = (
        Membership.objects.present()
        .filter(circle__in=complete, person=OuterRef("person"))
        .order_by()
        .values("person")
        .annotate(count=Count("pk"))
        .values("count")
    )
    most = Openness.objects.filter(person=OuterRef("person")).values("most")
    return {
        "has": Coalesce(Subquery(seats, output_field=IntegerField()), Value(0)),
        "at_most": Coalesce(Subquery(most, output_field=IntegerField()), Value(USUAL_DYADS)),
    }


def _takes_part(congregation: Circle, by: Person) -> TakingPart:
    taking, is_new = TakingPart.objects.get_or_create(congregation=congregation, person=by)
    if not is_new and taking.ended_at is not None:
        taking.since, taking.ended_at = timezone.now(), None
        taking.save(update_fields=["since", "ended_at"])
    return taking


def _withdraw(congregation: Circle, person: Person) -> None:
    now = timezone.now()
    TakingPart.objects.filter(
        congregation=congregation, person=person, ended_at__isnull=True
    ).update(ended_at=now)
    going_on = PairingRound.objects.filter(
        congregation=congregation, published_at__isnull=True, called_off_at__isnull=True
    )
    places = Place.objects.filter(person=person, round__in=going_on)
    places.update(answer=Answer.SKIP, answered_at=now, heard_at=Coalesce("heard_at", now))


def _open_rounds(congregation: Circle) -> QuerySet[PairingRound]:
    rounds = PairingRound.objects.filter(congregation=congregation, pairs_at__gt=timezone.now())
    return rounds.filter(
        published_at__isnull=True, called_off_at__isnull=True, proposed_at__isnull=True
    )


def _say(round: PairingRound, person: Person, said: Place.Answer) -> Place:
    now = timezone.now()
    place, _ = Place.objects.get_or_create(round=round, person=person)
    place.answer, place.answered_at = said, now
    place.heard_at = place.heard_at or now
    place.save(update_fields=["answer", "answered_at", "heard_at"])
    return place
