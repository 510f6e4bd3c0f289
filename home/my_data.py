"""What this app keeps about somebody, for "everything kept about you"."""

from typing import Any

from home.models import LetterDay
from people.models import Person


def letter_day(person: Person) -> list[Any]:
    """The day they chose for the weekly letter, if they ever chose."""
    return list(LetterDay.objects.filter(person=person).values("weekday", "chosen_at"))
