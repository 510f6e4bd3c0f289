"""Parts. Every function takes the owner, and nothing of anyone else's."""

from django.db import transaction
from django.utils import timezone

from people.models import Person
from selfwork.looks import Look, looks_of, next_colour, opened, placed, read_look
from selfwork.models import Part, Shape
from selfwork.rules.places import kind_place
from selfwork.services.keys import hold, sealed, vault_for_writing


@transaction.atomic
def meet_part(
    *,
    owner: Person,
    name: str,
    body_place: str = "",
    does_for_me: str = "",
    fears: str = "",
    needs: str = "",
    shows_up: str = "",
    colour: str = "",
    shape: str = "",
) -> Part:
    """Name a part. Only the name is needed: it gets a place on the map, and a colour not yet used.

    Raises VaultError.
    """
    vault = vault_for_writing(owner)
    others = looks_of(owner, vault)
    look = Look(
        colour=colour or next_colour(one.colour for one in others.values()),
        shape=shape or Shape.ROUND,
        place=kind_place(list(placed(others).values())),
    )
    return Part.objects.create(
        owner=owner,
        name=vault.seal(name),
        body_place=sealed(vault, body_place),
        does_for_me=sealed(vault, does_for_me),
        fears=sealed(vault, fears),
        needs=sealed(vault, needs),
        shows_up=sealed(vault, shows_up),
        look=vault.seal(look.as_text()),
    )


@transaction.atomic
def describe_part(
    *,
    part: Part,
    owner: Person,
    name: str,
    body_place: str,
    does_for_me: str,
    fears: str,
    needs: str = "",
    shows_up: str = "",
    colour: str = "",
    shape: str = "",
) -> None:
    """Write anew what is known of a part. Its place on the map stays as it is. Raises VaultError.

    A colour or shape that is not named stays, too.
    """
    vault = vault_for_writing(owner)
    kept = Part.objects.filter(pk=part.pk, owner=owner).first()
    if kept is None:
        return
    look = read_look(opened(vault, kept.look)).dressed(colour, shape)
    Part.objects.filter(pk=kept.pk).update(
        name=vault.seal(name),
        body_place=sealed(vault, body_place),
        does_for_me=sealed(vault, does_for_me),
        fears=sealed(vault, fears),
        needs=sealed(vault, needs),
        shows_up=sealed(vault, shows_up),
        look=vault.seal(look.as_text()),
    )


def set_aside(*, part: Part, owner: Person, is_aside: bool) -> None:
    """Let a part rest, or take it up again; nothing is lost."""
    Part.objects.filter(pk=part.pk, owner=owner).update(
        set_aside_at=timezone.now() if is_aside else None
    )


@transaction.atomic
def delete_part(*, part: Part, owner: Person) -> None:
    """Delete a part and all that was said with it for good."""
    hold(owner)
    Part.objects.filter(pk=part.pk, owner=owner).delete()
