"""What the dyads app keeps about somebody, for "everything kept about you"."""

from typing import Any

from dyads.models import (
    Consent,
    DidMeet,
    LookBackAnswer,
    MirrorAnswer,
    Openness,
    Place,
    TakingPart,
    TrioYes,
)
from people.models import Person

Rows = list[Any]


def look_backs(person: Person) -> Rows:
    """What they said in look backs; their own, and nobody else's."""
    rows = LookBackAnswer.objects.filter(person=person).order_by("answered_at", "pk")
    said = ("choice", "received", "word", "answered_at")
    return list(rows.values("look_back__dyad__name", *said))


def consents(person: Person) -> Rows:
    """Dyads of which they let the congregation know."""
    rows = Consent.objects.filter(person=person).order_by("since", "pk")
    return list(rows.values("dyad__name", "dyad__parent__name", "since"))


def openness(person: Person) -> Rows:
    """How many dyads they want at most, and until when rounds pause for them."""
    return list(Openness.objects.filter(person=person).values("most", "paused_until"))


def takes_part(person: Person) -> Rows:
    """Congregations in whose rounds they take part, or did."""
    rows = TakingPart.objects.filter(person=person).order_by("since", "pk")
    return list(rows.values("congregation__name", "since", "ended_at"))


def places(person: Person) -> Rows:
    """Their places in rounds: what they said, whether they were in, and what was lacking."""
    rows = Place.objects.filter(person=person).order_by("pk")
    fields = ("answer", "answered_at", "must_say_yes", "heard_at", "was_in", "lacking", "wants")
    congregation = "round__congregation__name"
    return list(rows.values(congregation, "round__pairs_at", *fields))


def did_meet(person: Person) -> Rows:
    """What they said to “did you meet?”."""
    rows = DidMeet.objects.filter(person=person).order_by("said_at", "pk")
    return list(rows.values("introduction__dyad__name", "met", "said_at"))


def trio_yeses(person: Person) -> Rows:
    """Questions of a third to which they said yes."""
    rows = TrioYes.objects.filter(person=person).order_by("said_at", "pk")
    return list(rows.values("trio__place__round__congregation__name", "said_at"))


def mirrors(person: Person) -> Rows:
    """What they said in partnership mirrors: their own answers only, whatever is open."""
    rows = MirrorAnswer.objects.filter(person=person).order_by("answered_at", "pk")
    said = ("decisions", "care", "disagreeing", "needs", "would_try", "answered_at")
    return list(rows.values("mirror__dyad__name", *said))


# What it is called there, and who finds it.
SOURCES = (
    ("partnership mirrors", mirrors),
    ("look backs", look_backs),
    ("dyads the congregation may know of", consents),
    ("openness to dyads", openness),
    ("pairing", takes_part),
    ("places in pairing", places),
    ("said of first meetings", did_meet),
    ("yeses to being three", trio_yeses),
)
