"""What the owner reads of parts: opened with the owner's vault, for one request."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.pictures.around import shape_sign
from people.models import Person
from selfwork.looks import Look, opened, placed, read_look
from selfwork.models import Part, Tie, TieKind
from selfwork.rules.places import Place, direction, distance
from selfwork.services import vault_of
from selfwork.vault import Vault

MOST_PARTS = 200

DIRECTIONS = (
    gettext_lazy("on the right"),
    gettext_lazy("below on the right"),
    gettext_lazy("below"),
    gettext_lazy("below on the left"),
    gettext_lazy("on the left"),
    gettext_lazy("above on the left"),
    gettext_lazy("above"),
    gettext_lazy("above on the right"),
)
DISTANCES = (
    gettext_lazy("close to you"),
    gettext_lazy("a little way off"),
    gettext_lazy("farther off"),
)
# The same seen from the other side; a quarrel is one from both.
TURNED = {
    TieKind.PROTECTS.value: gettext_lazy("is protected by"),
    TieKind.QUARRELS.value: gettext_lazy("quarrels with"),
    TieKind.COMFORTS.value: gettext_lazy("is comforted by"),
}


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A part, readable."""

    pk: int
    name: str = field(repr=False)
    body_place: str = field(default="", repr=False)
    does_for_me: str = field(default="", repr=False)
    fears: str = field(default="", repr=False)
    needs: str = field(default="", repr=False)
    shows_up: str = field(default="", repr=False)
    look: Look = field(default=Look(), repr=False)
    is_aside: bool = False

    @property
    def sign(self) -> SafeString:
        """Its shape in its colour."""
        return shape_sign(self.look.colour, self.look.shape)

    @property
    def colour(self) -> str:
        """For the form."""
        return self.look.colour

    @property
    def shape(self) -> str:
        """For the form."""
        return self.look.shape


@dataclass(frozen=True, slots=True)
class OpenTie:
    """How one part relates to another, as it is said of `part`, of whose page it is."""

    pk: int
    part: OpenPart
    word: str = field(repr=False)
    other: OpenPart


def open_part(part: Part, vault: Vault) -> OpenPart:
    """The part with its words. Raises VaultError."""
    return OpenPart(
        pk=part.pk,
        name=vault.open(part.name),
        body_place=opened(vault, part.body_place),
        does_for_me=opened(vault, part.does_for_me),
        fears=opened(vault, part.fears),
        needs=opened(vault, part.needs),
        shows_up=opened(vault, part.shows_up),
        look=read_look(opened(vault, part.look)),
        is_aside=part.set_aside_at is not None,
    )


def parts_of(owner: Person) -> list[OpenPart]:
    """All parts of the owner, those set aside last."""
    return open_parts(owner, vault_of(owner))


def open_parts(owner: Person, vault: Vault) -> list[OpenPart]:
    """The same, for a page that has the vault at hand."""
    parts = Part.objects.filter(owner=owner).order_by(
        F("set_aside_at").asc(nulls_first=True), "-met_at"
    )[:MOST_PARTS]
    return sorted((open_part(part, vault) for part in parts), key=lambda part: part.is_aside)


def places_of(parts: Iterable[OpenPart]) -> dict[int, Place]:
    """Where each stands; the first met chooses first."""
    return placed({part.pk: part.look for part in sorted(parts, key=lambda part: part.pk)})


def where_in_words(place: Place) -> str:
    """Where a part stands, seen from the self: “close to you, above”."""
    return f"{DISTANCES[distance(place)]}, {DIRECTIONS[direction(place)]}"


def open_kind(tie: Tie, vault: Vault) -> str:
    """A tie's kind; one that is none of ours counts as protecting. Raises VaultError."""
    kind = vault.open(tie.kind)
    return kind if kind in TieKind.values else TieKind.PROTECTS.value


def ties_among(
    owner: Person, parts: Iterable[OpenPart], vault: Vault
) -> tuple[list[tuple[Tie, str]], dict[int, list[OpenTie]]]:
    """All ties with their kinds, and for each part what is said of it. One query."""
    named = {part.pk: part for part in parts}
    ties, said = [], {pk: list[OpenTie]() for pk in named}
    for tie in Tie.objects.filter(one__owner=owner, other__owner=owner).order_by("pk"):
        one, other = named.get(tie.one_id), named.get(tie.other_id)
        if one is None or other is None:
            continue
        kind = open_kind(tie, vault)
        ties.append((tie, kind))
        said[one.pk].append(OpenTie(tie.pk, one, str(TieKind(kind).label), other))
        said[other.pk].append(OpenTie(tie.pk, other, str(TURNED[kind]), one))
    return ties, said


def sentence(tie: OpenTie) -> str:
    """A tie in one sentence."""
    names = {"one": tie.part.name, "word": tie.word, "other": tie.other.name}
    return _("%(one)s %(word)s %(other)s") % names
