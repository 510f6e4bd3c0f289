"""What the circles keep about somebody, for "everything kept about you"."""

from typing import Any

from circles.models import Invitation, JoinRequest, Membership, Preference
from people.models import Person

Rows = list[Any]


def seats(person: Person) -> Rows:
    """Where they sit, and sat."""
    rows = Membership.objects.filter(person=person).order_by("joined_at", "pk")
    fields = ("circle__name", "scale", "seat", "is_steward", "joined_at", "left_at")
    return list(rows.values(*fields))


def hands(person: Person) -> Rows:
    """Seats they have asked for."""
    rows = JoinRequest.objects.filter(person=person).order_by("asked_at", "pk")
    return list(rows.values("circle__name", "message", "state", "asked_at", "answered_at"))


def invitations(person: Person) -> Rows:
    """Invitations they have sent."""
    rows = Invitation.objects.filter(invited_by=person).order_by("invited_at", "pk")
    return list(rows.values("circle__name", "email", "person__name", "message", "invited_at"))


def preferences(person: Person) -> Rows:
    """With whom they would like to sit, and with whom rather not: for their own eyes."""
    rows = Preference.objects.of(person).order_by("since", "pk")
    return list(rows.values("whom__name", "kind", "since"))


# What it is called there, and who finds it.
SOURCES = (
    ("seats", seats),
    ("raised hands", hands),
    ("invitations sent", invitations),
    ("preferences", preferences),
)
