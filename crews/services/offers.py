"""Open seats are offered to people who came late. Taking one raises a hand; the crew answers."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle, JoinRequest, Membership
from circles.scales import Scale
from circles.services import ask_to_join, present
from crews.models import Crew, Participant, ProposedSeat, SeatOffer
from crews.services.fitting import fits_for
from notifications.services import owe
from people.models import Person

SEATS = "crews.seats"
# Who has stepped out of a round is left in peace for so long.
PEACE = timedelta(days=60)
MOST_CONGREGATIONS = 500
Answer = SeatOffer.Answer


def offer_seats(now: datetime) -> None:
    """Each hour: offers that are no longer true go, and whoever came late hears of seats."""
    waiting = SeatOffer.objects.filter(answer=Answer.WAITING)
    waiting.exclude(crew__in=Crew.objects.for_newcomers().values("pk")).update(
        answer=Answer.GONE, answered_at=now
    )
    parents = Crew.objects.for_newcomers().order_by().values("parent")
    for congregation in Circle.objects.open().filter(pk__in=parents)[:MOST_CONGREGATIONS]:
        _offer(congregation, now)


@transaction.atomic
def _offer(congregation: Circle, now: datetime) -> None:
    people = list(latecomers_of(congregation, now))
    for person, fits in fits_for(people, [congregation], now).items():
        if not fits:
            continue
        SeatOffer.objects.bulk_create(
            [
                SeatOffer(crew=fit.crew, person_id=person, meets_at=fit.at, offered_at=now)
                for fit in fits
            ],
            ignore_conflicts=True,
        )
        # A seat that was gone is there again.
        SeatOffer.objects.filter(
            person=person, crew__in=[fit.crew for fit in fits], answer=Answer.GONE
        ).update(answer=Answer.WAITING, answered_at=None)
        # Once for ever: whatever opens later is said on Today only.
        owe(
            kind=SEATS,
            key=f"congregation {congregation.pk}",
            person=next(one for one in people if one.pk == person),
            ref=congregation.pk,
        )


def latecomers_of(congregation: Circle, now: datetime) -> QuerySet[Person]:
    """People of a congregation with hours and no crew in it, who wait for nothing there.

    Not those whose hand is up, whom a round that goes on will seat, or who just stepped out.
    """
    here = Membership.objects.present().filter(person=OuterRef("pk"))
    round_goes_on = Participant.objects.filter(
        person=OuterRef("pk"),
        withdrawn_at__isnull=True,
        round__congregation=congregation,
        round__ended_at__isnull=True,
        round__called_off_at__isnull=True,
    )
    stepped_out = ProposedSeat.objects.filter(
        participant__person=OuterRef("pk"),
        participant__round__congregation=congregation,
        answer=ProposedSeat.Answer.OUT,
        answered_at__gt=now - PEACE,
    )
    hand_up = JoinRequest.objects.waiting().filter(
        person=OuterRef("pk"), circle__parent=congregation
    )
    offered = SeatOffer.objects.waiting().filter(person=OuterRef("pk"), crew__parent=congregation)
    return (
        Person.objects.filter(Exists(here.filter(circle=congregation)), is_active=True)
        .exclude(suitable_hours=[])
        .exclude(
            Exists(here.filter(circle__parent=congregation, scale=Scale.CREW))
            | Exists(round_goes_on)
            | Exists(stepped_out)
            | Exists(hand_up)
            | Exists(offered)
        )
        .order_by("pk")
    )


@transaction.atomic
def raise_hand(*, crew: Crew, by: Person) -> JoinRequest:
    """Ask a crew with an open seat, which sees why it would fit, and says yes or no.

    Raises what `ask_to_join` does.
    """
    request = ask_to_join(circle=crew, by=by)
    _answer(crew, by, Answer.TAKEN)
    return request


@transaction.atomic
def not_for_me(*, crew: Crew, by: Person) -> None:
    """Never be asked about this table again; it can still be found among the open ones.

    Raises NotAllowed for a crew of a congregation that the person does not belong to.
    """
    if crew.parent is None or not present(crew.parent, by):
        raise NotAllowed
    _answer(crew, by, Answer.NOT_FOR_ME)


def _answer(crew: Crew, by: Person, answer: str) -> None:
    said = {"answer": answer, "answered_at": timezone.now()}
    SeatOffer.objects.update_or_create(crew=crew, person=by, defaults=said)


def close_offers(seat: Membership) -> None:
    """Somebody sat down: their other offers there are over, and all of a table that is full."""
    if seat.scale != Scale.CREW:
        return
    now, waiting = timezone.now(), SeatOffer.objects.filter(answer=Answer.WAITING)
    waiting.filter(crew=seat.circle_id, person=seat.person).update(
        answer=Answer.TAKEN, answered_at=now
    )
    over = Q(person=seat.person, crew__parent=seat.circle.parent_id)
    if Membership.objects.present().filter(circle=seat.circle).count() >= seat.circle.seats:
        over |= Q(crew=seat.circle_id)
    waiting.filter(over).update(answer=Answer.GONE, answered_at=now)


def forget_offers(left: Membership) -> None:
    """Who leaves a congregation is offered none of its seats."""
    if left.scale == Scale.CONGREGATION:
        offers = SeatOffer.objects.filter(person=left.person, answer=Answer.WAITING)
        offers.filter(crew__parent=left.circle_id).update(
            answer=Answer.GONE, answered_at=timezone.now()
        )
