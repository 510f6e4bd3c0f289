"""What the demo's crews agreed: accepted, waiting for somebody, and asked to be talked of again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from crews import services as crews
from crews.models import Acceptance, Agreements, Crew, Reopening
from crews.rules.agreements import Texts
from people.models import Person
from practice import services as practice
from practice.models import PracticeSession

FIRST = Texts(
    together="What is said at this table stays at this table.\n"
    "No advice until it is asked for.\n"
    "Anyone may pass, on anything, without a reason.",
    meeting="Every other Tuesday evening, an hour and a half, by the caller’s clock.",
    commitment="Six meetings, then we look back and each of us is free.",
)
SECOND = Texts(
    together=f"{FIRST.together}\nWe begin on time and nobody explains being late.",
    meeting=FIRST.meeting,
    commitment=f"{FIRST.commitment}\nWhoever cannot come says so the day before.",
)
ANEW = "Half past six is hard for me since the clocks changed. Can we look at the hour again?"
NOTE = "Mere looks for the boatbuilder’s number. Next time we begin with Rory’s question."


def agree(tables: Sequence[Crew], now: datetime) -> None:
    """The first crew wrote it twice and one has yet to accept; in the second one asks to talk."""
    for number, crew in enumerate(tables):
        people = [seat.person for seat in crew.memberships.present().at_table()]
        if len(people) < 3:
            continue
        _write(crew, people, FIRST)
        if number == 0:
            _write(crew, people[:-1], SECOND)
            _note(crew, people[1])
        if number == 1:
            crews.reopen(crew=crew, by=people[1], word=ANEW)
    long_ago = now - timedelta(days=60)
    Agreements.objects.filter(number=1).update(written_at=long_ago)
    Agreements.objects.filter(number=2).update(written_at=now - timedelta(days=4))
    Acceptance.objects.update(accepted_at=now - timedelta(days=3))
    Reopening.objects.update(asked_at=now - timedelta(days=2))


def _write(crew: Crew, people: Sequence[Person], texts: Texts) -> None:
    caller, *others = people
    edition = crews.agree(crew=crew, by=caller, texts=texts)
    for person in others:
        crews.accept(crew=crew, by=person, number=edition.number, version=edition.version)


def _note(crew: Crew, scribe: Person) -> None:
    last = PracticeSession.objects.filter(circle=crew).earliest("starts_at")
    practice.write_note(session=last, by=scribe, words=NOTE)
