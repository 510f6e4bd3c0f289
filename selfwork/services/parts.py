"""Parts. Every function takes the owner, and nothing of anyone else's."""

from django.db import transaction
from django.utils import timezone

from people.models import Person
from selfwork.models import Part
from selfwork.services.keys import sealed, vault_for_writing


@transaction.atomic
def meet_part(
    *, owner: Person, name: str, body_place: str = "", does_for_me: str = "", fears: str = ""
) -> Part:
    """Name a part. Only the name is needed."""
    vault = vault_for_writing(owner)
    return Part.objects.create(
        owner=owner,
        name=vault.seal(name),
        body_place=sealed(vault, body_place),
        does_for_me=sealed(vault, does_for_me),
        fears=sealed(vault, fears),
    )


@transaction.atomic
def describe_part(
    *, part: Part, owner: Person, name: str, body_place: str, does_for_me: str, fears: str
) -> None:
    """Write anew what is known of a part."""
    vault = vault_for_writing(owner)
    Part.objects.filter(pk=part.pk, owner=owner).update(
        name=vault.seal(name),
        body_place=sealed(vault, body_place),
        does_for_me=sealed(vault, does_for_me),
        fears=sealed(vault, fears),
    )


def set_aside(*, part: Part, owner: Person, is_aside: bool) -> None:
    """Let a part rest, or take it up again; nothing is lost."""
    Part.objects.filter(pk=part.pk, owner=owner).update(
        set_aside_at=timezone.now() if is_aside else None
    )


def delete_part(*, part: Part, owner: Person) -> None:
    """Delete a part and all that was said with it for good."""
    Part.objects.filter(pk=part.pk, owner=owner).delete()
