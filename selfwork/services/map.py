"""Where parts stand on the map, and how they relate. Everything written is sealed."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError, NotAllowed
from people.models import Person
from selfwork.looks import looks_of, placed
from selfwork.models import Part, Tie
from selfwork.rules.places import Place, kept_inside, stepped
from selfwork.rules.ties import WAYS, makes_room, slot
from selfwork.services.keys import hold, vault_for_writing
from selfwork.vault import Vault


class AlreadyTied(CircleError):
    text = _("Something else is said of these two already. Change that, or take it away first.")


@transaction.atomic
def place_part(*, part: Part, owner: Person, place: Place | str) -> Place:
    """Put a part somewhere on the map, or a step "left", "right", "up", "down", "nearer" or
    "farther" from where it is; returns where it stands then, which is never outside.

    Its words, colour and shape stay as they are in the database, whatever this window has seen.
    Parts that never had a place keep the one that the map showed. Raises NotAllowed, VaultError.
    """
    vault = vault_for_writing(owner)
    looks = looks_of(owner, vault)
    if part.pk not in looks:
        raise NotAllowed
    places = placed(looks)
    old = places[part.pk]
    places[part.pk] = stepped(old, place) if isinstance(place, str) else kept_inside(place)
    for pk, look in looks.items():
        if look.place != places[pk]:
            new = vault.seal(replace(look, place=places[pk]).as_text())
            Part.objects.filter(pk=pk, owner=owner).update(look=new)
    return places[part.pk]


@transaction.atomic
def relate(*, part: Part, other: Part, way: str, owner: Person) -> Tie:
    """Say how two parts relate; `way` is one of `rules.ties.WAYS`, as it is said of `part`.

    The same said twice is there once. Raises AlreadyTied when something else is said in this
    direction, NotAllowed unless both are the owner's and two.
    """
    vault = vault_for_writing(owner)
    both = {part.pk, other.pk}
    if Part.objects.filter(pk__in=both, owner=owner).count() != 2:
        raise NotAllowed
    rows = {tie.one_id != part.pk: tie for tie in Tie.objects.filter(one__in=both, other__in=both)}
    tied = {direction: vault.open(tie.kind) for direction, tie in rows.items()}
    kind, turned = WAYS[way]
    direction = slot(kind, turned, tied)
    if direction is None:
        raise AlreadyTied
    if tied.get(direction) == kind:
        return rows[direction]
    if makes_room(direction, tied):
        _keep(part, other, tied[direction], not direction, vault)
        rows[direction].delete()
    return _keep(part, other, kind, direction, vault)


def _keep(part: Part, other: Part, kind: str, turned: bool, vault: Vault) -> Tie:
    one, two = (other, part) if turned else (part, other)
    return Tie.objects.create(one=one, other=two, kind=vault.seal(kind))


@transaction.atomic
def change_tie(*, tie: Tie, way: str, owner: Person) -> Tie:
    """Say another word of two parts, as it is said of the first. Raises as `relate` does."""
    vault_for_writing(owner)
    untie(tie=tie, owner=owner)
    return relate(part=tie.one, other=tie.other, way=way, owner=owner)


@transaction.atomic
def untie(*, tie: Tie, owner: Person) -> None:
    """Take away what is said of two parts."""
    hold(owner)
    Tie.objects.filter(pk=tie.pk, one__owner=owner).delete()
