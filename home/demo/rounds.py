"""Estuary's winter round: seventeen hands were up, and the tables wait to be set."""

from datetime import datetime, timedelta

from circles.models import Circle
from crews.models import FormingRound, Participant
from crews.services import round_hands, rounds
from people.models import Person

# Index in `home.demo.people.PEOPLE`; what they would like; whom they would like to sit with.
HANDS: tuple[tuple[int, str, tuple[int, ...]], ...] = (
    (1, "making, friendship, old bridges", (33,)),
    (6, "friendship, neighbours", (30,)),
    (7, "making, rest, boats", (17,)),
    (8, "conflict, listening", ()),
    (10, "nature, spirit", ()),
    (13, "music, nature, rest", (43,)),
    (14, "change, friendship", ()),
    (17, "nature, making, boats", ()),
    (18, "rest, spirit, nature", (13,)),
    (20, "children, words", ()),
    (25, "music, money", ()),
    (27, "conflict, listening, friendship", ()),
    (29, "nature, grief", ()),
    (30, "words, neighbours, friendship", (6,)),
    (33, "work, change, nature", (27, 1)),
    (38, "making, nature", ()),
    (43, "music, home, change", (13, 38)),
)
# Two who would rather not share a table. No page of the demo tells which two.
RATHER_NOT = {14: (27,)}
WORDS = {
    6: "I cook for the first meeting, wherever you are.",
    7: "Evenings only, the boat has my mornings.",
    43: "Home from sea, and a bit shy on land.",
}


def form_in_winter(estuary: Circle, people: list[Person], now: datetime) -> FormingRound:
    """Open it two weeks ago, let hands go up, and let the last day pass three hours ago."""
    forming = rounds.open_round(
        congregation=estuary,
        by=people[0],
        title="Winter round",
        words="The dark months are long. Who would you like to sit with until the spring?",
        closes_at=now + timedelta(days=2),
    )
    for number, (who, interests, wishes) in enumerate(HANDS):
        hand = round_hands.raise_hand(
            forming=forming,
            by=people[who],
            hours=people[who].suitable_hours,
            interests=interests.split(", "),
            word=WORDS.get(who, ""),
            wishes=[people[whom].pk for whom in wishes],
            refusals=[people[whom].pk for whom in RATHER_NOT.get(who, ())],
        )
        raised_at = now - timedelta(days=13) + timedelta(hours=17 * number)
        Participant.objects.filter(pk=hand.pk).update(raised_at=raised_at)
    began, ended = now - timedelta(days=14), now - timedelta(hours=3)
    FormingRound.objects.filter(pk=forming.pk).update(
        asked_at=began, opened_at=began, closes_at=ended
    )
    forming.refresh_from_db()
    return forming
