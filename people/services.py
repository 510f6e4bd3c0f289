"""Writing about oneself."""

from django.db import transaction
from django.utils import timezone

from pages.registry import farewells
from people.models import Person


def settle(*, person: Person) -> None:
    """The first steps are done, or skipped; Today no longer leads there."""
    if person.settled_at is None:
        person.settled_at = timezone.now()
        person.save(update_fields=["settled_at"])


def set_hours(*, person: Person, hours: list[int]) -> None:
    """Keep the hours of the week that usually suit."""
    person.suitable_hours = hours
    person.save(update_fields=["suitable_hours"])


def set_quiet_hours(*, person: Person, begins: int | None, ends: int | None) -> None:
    """Keep the hours in which mail to them waits; None twice for no such hours."""
    person.quiet_from, person.quiet_until = begins, ends
    person.save(update_fields=["quiet_from", "quiet_until"])


@transaction.atomic
def delete_account(*, person: Person) -> None:
    """Remove the person and everything that is theirs alone.

    Circles stay for the others; what pointed to the person points to nobody. Raises NotYet
    while somebody else would be left in the lurch.
    """
    for let_go in farewells.sources:
        let_go(person)
    person.delete()
