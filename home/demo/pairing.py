"""Estuary pairs: a round whose pairs are introduced, one that is open; mirrors and look backs."""

from datetime import datetime, timedelta

from circles.models import Circle
from dyads import services
from dyads.models import Dyad, Mirror, PairingRound, Place
from dyads.rules.mirror import Question
from dyads.services import places, rhythms, rounds
from people.models import Person

# Numbers of `home.demo.people.PEOPLE`: who is paired now and then; one of them is left over.
TAKE_PART = (1, 3, 6, 7, 9, 14, 16, 22, 24)
# In how many days the next pairing is made, of those and these.
NEXT_IN = timedelta(days=4)
JOIN_NOW = (10, 13, 30)

# What the two saw in spring and what they see now: how we decide, how care flows, how safe it is
# to disagree, whose needs lead.
IN_SUMMER = ((3, 4, 2, 3), (4, 4, 3, 3))
THIS_WEEK = (4, 4, 4, 3)
WOULD_TRY = (
    "To say it the same day when something bothers me.",
    "To ask before I advise.",
)


def pair_people(estuary: Circle, people: list[Person], now: datetime) -> None:
    """One round is published since yesterday; of the next, which comes every six weeks, people
    have heard."""
    steward = people[0]
    for number in TAKE_PART:
        places.take_part(congregation=estuary, by=people[number])
    round = rounds.open_round(
        congregation=estuary,
        by=steward,
        pairs_at=now + timedelta(days=3),
        words="Six talks with somebody you have not talked with yet.",
        meetings=6,
    )
    for number in TAKE_PART:
        places.answer(round=round, by=people[number], answer=Place.Answer.IN)
    PairingRound.objects.filter(pk=round.pk).update(
        opened_at=now - timedelta(days=7), pairs_at=now - timedelta(days=2)
    )
    services.draw(round.pk)
    services.publish(round=round)
    PairingRound.objects.filter(pk=round.pk).update(published_at=now - timedelta(days=1))
    rhythms.set_rhythm(
        congregation=estuary, by=steward, next_at=now + NEXT_IN, apart=6, notice=5, meetings=6
    )
    services.open_where_due(now)
    for number in JOIN_NOW:
        places.take_part(congregation=estuary, by=people[number])


def look_into_the_mirror(dyads: list[Dyad], now: datetime) -> None:
    """Two dyads looked into it in summer; in the second, one has answered anew this week."""
    for dyad in dyads:
        people = _sitting(dyad)
        mirror = services.ask_mirror(dyad=dyad, by=people[0])
        for person, steps, words in zip(people, IN_SUMMER, WOULD_TRY, strict=True):
            _answer(mirror, person, steps, words)
        summer = now - timedelta(weeks=14)
        Mirror.objects.filter(pk=mirror.pk).update(asked_at=summer, opened_at=summer)
        mirror.answers.update(answered_at=summer)
    asking = _sitting(dyads[1])[1]
    mirror = services.ask_mirror(dyad=dyads[1], by=asking)
    _answer(mirror, asking, THIS_WEEK, "To begin with silence.")


def look_back(dyad: Dyad) -> None:
    """Its run is over; one of the two has said how it goes on."""
    saying = _sitting(dyad)[1]
    asked = services.ask_look_back(dyad=dyad, by=saying)
    services.answer_look_back(
        look_back=asked,
        by=saying,
        choice="continue",
        received="You waited when I had no words. I have never been given so much time.",
    )


def thank_and_close(dyad: Dyad) -> None:
    """Both have looked back and would like to close: their last page waits to be read together."""
    one, other = _sitting(dyad)
    asked = services.ask_look_back(dyad=dyad, by=one)
    for person, received in (
        (one, "You asked what I would miss, and then you let me think."),
        (other, "Every second Thursday somebody was glad that I came."),
    ):
        services.answer_look_back(look_back=asked, by=person, choice="close", received=received)


def be_seen(dyads: list[Dyad]) -> None:
    """They allow the congregation to know that they practise together."""
    for dyad in dyads:
        for person in _sitting(dyad):
            services.allow_to_be_seen(dyad=dyad, by=person, allows=True)


def _answer(mirror: Mirror, person: Person, steps: tuple[int, ...], words: str) -> None:
    said = dict(zip(Question, steps, strict=True))
    services.answer_mirror(mirror=mirror, by=person, steps=said, would_try=words)


def _sitting(dyad: Dyad) -> list[Person]:
    return [seat.person for seat in dyad.memberships.present().at_table()]
