"""The map of a person's parts around their self: as a picture, and in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pages.pictures.around import Around, Line, around_picture, line_sign
from people.models import Person
from selfwork.models import Tie, TieKind
from selfwork.rules.places import MARGIN, Place, reach, rings_needed
from selfwork.showing.parts import (
    OpenPart,
    OpenTie,
    open_parts,
    places_of,
    sentence,
    ties_among,
    where_in_words,
)
from selfwork.vault import Vault

FEWEST = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A part in the list: with where it stands, and what is said of it and others."""

    part: OpenPart
    where: str = field(repr=False)
    ties: list[OpenTie] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PartsMap:
    """The picture, "" with fewer than two parts; the same in words; and the part that is chosen."""

    picture: SafeString | str = field(repr=False)
    rings: int
    rows: list[Row] = field(repr=False)
    legend: list[tuple[SafeString, str]]
    has_resting: bool
    is_without_resting: bool
    chosen: Row | None = None


def map_of(
    owner: Person, vault: Vault, *, chosen: int | None = None, without_resting: bool = False
) -> PartsMap:
    """The map of the owner's parts, in as many queries for few as for many. Raises VaultError.

    `without_resting` leaves out those at rest; all others stay where they are.
    """
    everyone = open_parts(owner, vault)
    places = places_of(everyone)
    parts = [part for part in everyone if not (without_resting and part.is_aside)]
    ties, said = ties_among(owner, parts, vault)
    rows = [Row(part, where_in_words(places[part.pk]), said[part.pk]) for part in parts]
    rings = rings_needed([places[part.pk] for part in parts])
    return PartsMap(
        picture=_picture(rows, places, ties, rings, chosen) if len(parts) >= FEWEST else "",
        rings=rings,
        rows=rows,
        legend=_legend(kind for _tie, kind in ties),
        has_resting=any(part.is_aside for part in everyone),
        is_without_resting=without_resting,
        chosen=next((row for row in rows if row.part.pk == chosen), None),
    )


def _legend(kinds: Iterable[str]) -> list[tuple[SafeString, str]]:
    used = set(kinds)
    return [(line_sign(kind.value), str(kind.label)) for kind in TieKind if kind.value in used]


def _picture(
    rows: list[Row],
    places: dict[int, Place],
    ties: list[tuple[Tie, str]],
    rings: int,
    chosen: int | None,
) -> SafeString:
    shapes = [_around(row, places[row.part.pk], is_chosen=row.part.pk == chosen) for row in rows]
    lines = [Line(tie.one_id, tie.other_id, kind) for tie, kind in ties]
    return around_picture(
        shapes,
        lines,
        half=reach(rings) + MARGIN,
        rings=[reach(number + 1) for number in range(rings)],
        said=_("You in the middle, and your parts around you. The list says the same in words."),
    )


def _around(row: Row, place: Place, *, is_chosen: bool) -> Around:
    part = row.part
    return Around(
        key=part.pk,
        name=part.name,
        words=". ".join([part.name, *state_in_words(row), *map(sentence, row.ties)]),
        url=reverse("selfwork:part", args=[part.pk]),
        save_url=reverse("selfwork:place", args=[part.pk]),
        colour=part.look.colour,
        shape=part.look.shape,
        x=place.x,
        y=place.y,
        is_pale=part.is_aside,
        is_chosen=is_chosen,
    )


def state_in_words(row: Row) -> list[str]:
    """Its colour and shape, where it stands, and whether it rests."""
    return [row.part.look.words, row.where, *([_("resting")] if row.part.is_aside else [])]
