"""What the owner reads: opened with the owner's vault, for one request."""

from dataclasses import dataclass, field

from django.db.models import F

from people.models import Person
from selfwork.models import Part
from selfwork.services import vault_of
from selfwork.vault import Sealed, Vault

MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A part, readable."""

    pk: int
    name: str = field(repr=False)
    body_place: str = field(default="", repr=False)
    does_for_me: str = field(default="", repr=False)
    fears: str = field(default="", repr=False)
    is_aside: bool = False


def _open(vault: Vault, sealed: Sealed | None) -> str:
    return vault.open(sealed) if sealed else ""


def open_part(part: Part, vault: Vault) -> OpenPart:
    """The part with its words."""
    return OpenPart(
        pk=part.pk,
        name=vault.open(part.name),
        body_place=_open(vault, part.body_place),
        does_for_me=_open(vault, part.does_for_me),
        fears=_open(vault, part.fears),
        is_aside=part.set_aside_at is not None,
    )


def parts_of(owner: Person) -> list[OpenPart]:
    """All parts of the owner, those set aside last."""
    vault = vault_of(owner)
    parts = Part.objects.filter(owner=owner).order_by(
        F("set_aside_at").asc(nulls_first=True), "-met_at"
    )[:MOST_PARTS]
    return sorted((open_part(part, vault) for part in parts), key=lambda part: part.is_aside)
