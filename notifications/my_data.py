"""What the ledger keeps about somebody, for "everything kept about you"."""

from typing import Any

from notifications.models import Notice, Switch
from people.models import Person

Rows = list[Any]


def switches(person: Person) -> Rows:
    """Which mail they chose to get, or not."""
    return list(Switch.objects.filter(person=person).values("kind", "is_on"))


def mails(person: Person) -> Rows:
    """Which kinds of mail were owed and sent to them; not what they said."""
    rows = Notice.objects.filter(person=person).order_by("created_at", "pk")
    return list(rows.values("kind", "created_at", "sent_at", "dropped_at", "reason"))


# What it is called there, and who finds it.
SOURCES = (
    ("mail switches", switches),
    ("mail", mails),
)
