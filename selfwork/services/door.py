"""How the private place is opened."""

from people.models import Person
from selfwork.models import Door


def set_door(*, owner: Person, asks_after: int | None) -> None:
    """Ask for a second look after these minutes; 0 each time, None never."""
    Door.objects.update_or_create(owner=owner, defaults={"asks_after": asks_after})
