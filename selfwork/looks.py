"""How a part looks: its colour, its shape, and where it stands on the map. Sealed as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from people.models import Person
from selfwork.models import Colour, Part, Shape
from selfwork.rules.places import Place, kept_inside, kind_places
from selfwork.vault import Sealed, Vault


@dataclass(frozen=True, slots=True)
class Look:
    """A colour, a shape, and a place; None for a part that has not been given one."""

    colour: str = field(default=Colour.HONEY.value, repr=False)
    shape: str = field(default=Shape.ROUND.value, repr=False)
    place: Place | None = field(default=None, repr=False)

    def as_text(self) -> str:
        """To be sealed; `read_look` reads it."""
        kept: dict[str, object] = {"colour": self.colour, "shape": self.shape}
        if self.place is not None:
            kept["at"] = [self.place.x, self.place.y]
        return json.dumps(kept)

    def dressed(self, colour: str, shape: str) -> Self:
        """With another colour or shape; "" leaves it as it is."""
        return replace(self, colour=colour or self.colour, shape=shape or self.shape)

    @property
    def words(self) -> str:
        """Its colour and shape in words: “honey yellow, round”."""
        return f"{Colour(self.colour).label}, {Shape(self.shape).label}"


def read_look(text: str) -> Look:
    """A look out of its text. What is missing or unknown is as it is for a part without a look."""
    try:
        kept = json.loads(text or "{}")
    except ValueError:
        kept = {}
    kept = kept if isinstance(kept, dict) else {}
    colour, shape = kept.get("colour"), kept.get("shape")
    return Look(
        colour=colour if colour in Colour.values else Colour.HONEY.value,
        shape=shape if shape in Shape.values else Shape.ROUND.value,
        place=_place(kept.get("at")),
    )


def _place(at: object) -> Place | None:
    match at:
        case [int() | float() as x, int() | float() as y]:
            return kept_inside(Place(round(x), round(y)))
    return None


def opened(vault: Vault, sealed: Sealed | None) -> str:
    """The words, "" for none. Raises VaultError."""
    return vault.open(sealed) if sealed else ""


def looks_of(owner: Person, vault: Vault) -> dict[int, Look]:
    """The looks of all the owner's parts by id, the first met first. Raises VaultError."""
    parts = Part.objects.filter(owner=owner).order_by("met_at", "pk").only("look")
    return {part.pk: read_look(opened(vault, part.look)) for part in parts}


def placed(looks: Mapping[int, Look]) -> dict[int, Place]:
    """Where each stands. Those without a place of their own get one, the same each time."""
    own = {pk: look.place for pk, look in looks.items() if look.place is not None}
    others = [pk for pk, look in looks.items() if look.place is None]
    return {**own, **dict(zip(others, kind_places(len(others), list(own.values())), strict=True))}


def next_colour(used: Iterable[str]) -> str:
    """The colour that is used least; of several the first."""
    times = Counter(used)
    return min(Colour.values, key=lambda colour: times[colour])
