"""What the crews app keeps about somebody, for "everything kept about you"."""

from typing import Any

from crews.models import (
    Acceptance,
    Agreements,
    CycleAnswer,
    FormingRound,
    Go,
    Learned,
    Participant,
    Parting,
    ProposedSeat,
    QuietQuestion,
    Reopening,
    SeatOffer,
    SplitPlace,
)
from people.models import Person

Rows = list[Any]


def round_hands(person: Person) -> Rows:
    """Hands they raised in rounds; one that is down says "not this time"."""
    rows = Participant.objects.filter(person=person).order_by("raised_at", "pk")
    said = ("hours", "time_zone", "interests", "word", "raised_at", "withdrawn_at")
    return list(rows.values("round__title", *said))


def rounds_opened(person: Person) -> Rows:
    """Rounds they opened or asked for."""
    rows = FormingRound.objects.filter(opened_by=person).order_by("asked_at", "pk")
    return list(rows.values("congregation__name", "title", "words", "asked_at", "opened_at"))


def proposed_seats(person: Person) -> Rows:
    """Seats that rounds proposed to them, and what they said."""
    rows = ProposedSeat.objects.filter(participant__person=person).order_by("pk")
    fields = ("proposed__round__title", "proposed__name", "answer", "answered_at", "told_at")
    return list(rows.values(*fields))


def offers(person: Person) -> Rows:
    """Seats that were offered to them."""
    rows = SeatOffer.objects.filter(person=person).order_by("offered_at", "pk")
    return list(rows.values("crew__name", "answer", "offered_at", "answered_at"))


def cycle_answers(person: Person) -> Rows:
    """What they said near the ends of cycles; their own, and nobody else's."""
    rows = CycleAnswer.objects.filter(person=person).order_by("answered_at", "pk")
    fields = ("cycle__crew__name", "cycle__number", "choice", "word", "answered_at")
    return list(rows.values(*fields))


def partings(person: Person) -> Rows:
    """What they said when a crew ended."""
    rows = Parting.objects.filter(person=person).order_by("said_at", "pk")
    said = ("thanks", "thanked__name", "keeps", "open_to", "word", "tells_stewards", "said_at")
    return list(rows.values("crew__name", *said))


def learned(person: Person) -> Rows:
    """Sentences they shared with their congregation."""
    rows = Learned.objects.filter(person=person).order_by("shared_at", "pk")
    return list(rows.values("crew__name", "words", "names_crew", "shared_at"))


def quiet_answers(person: Person) -> Rows:
    """What they answered for a crew that had gone quiet."""
    rows = QuietQuestion.objects.filter(answered_by=person).order_by("answered_at", "pk")
    return list(rows.values("crew__name", "answer", "answered_at"))


def goes(person: Person) -> Rows:
    """Calls to which they have said “go”."""
    rows = Go.objects.filter(person=person).order_by("said_at", "pk")
    return list(rows.values("crew__name", "said_at"))


def split_places(person: Person) -> Rows:
    """Where they would sit, or have sat down, when a table became two."""
    rows = SplitPlace.objects.filter(person=person).order_by("split__opened_at", "pk")
    return list(rows.values("split__crew__name", "table", "suits_since", "split__outcome"))


def agreements(person: Person) -> Rows:
    """What they wrote down for a crew, accepted, and asked to talk about again."""
    written = Agreements.objects.filter(written_by=person).order_by("written_at", "pk")
    accepted = Acceptance.objects.filter(person=person).order_by("accepted_at", "pk")
    asked = Reopening.objects.filter(asked_by=person).order_by("asked_at", "pk")
    texts = ("together", "meeting", "commitment")
    return [
        *written.values("crew__name", "number", *texts, "written_at"),
        *accepted.values("edition__crew__name", "edition__number", "accepted_at"),
        *asked.values("crew__name", "word", "asked_at", "settled_at"),
    ]


# What it is called there, and who finds it.
SOURCES = (
    ("rounds", round_hands),
    ("rounds opened", rounds_opened),
    ("seats proposed", proposed_seats),
    ("seats offered", offers),
    ("quiet crews", quiet_answers),
    ("go said", goes),
    ("two tables", split_places),
    ("agreements", agreements),
    ("cycle answers", cycle_answers),
    ("partings", partings),
    ("learned in crews", learned),
)
