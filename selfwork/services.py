"""Writing in the private place. Every function takes the owner, and nothing of anyone else's."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.errors import NotAllowed
from circles.scales import Scale
from circles.services import take_seat
from people.models import Person
from selfwork.models import Letter, Part, PersonKey, SelfCircle
from selfwork.vault import Sealed, Vault, new_wrapped_key, rewrap


@transaction.atomic
def vault_of(owner: Person) -> Vault:
    """The owner's vault; their key is made on first use. Raises VaultError."""
    key, is_new = PersonKey.objects.get_or_create(
        owner=owner, defaults={"wrapped": new_wrapped_key()}
    )
    if is_new:
        circle, _is_new = SelfCircle.objects.get_or_create(
            owner=owner,
            defaults={
                "scale": Scale.SELF,
                "name": _("A quiet place"),
                "seats": 1,
                "created_by": owner,
            },
        )
        if not circle.memberships.present().exists():
            take_seat(circle=circle, person=owner)
    return Vault(bytes(key.wrapped))


def _sealed(vault: Vault, text: str) -> Sealed | None:
    return vault.seal(text) if text else None


def _vault_for_writing(owner: Person) -> Vault:
    """The vault, its key held until the writing is done: nobody destroys it in another window."""
    vault_of(owner)
    key = PersonKey.objects.select_for_update().filter(owner=owner).first()
    return Vault(bytes(key.wrapped)) if key else vault_of(owner)


@transaction.atomic
def meet_part(
    *, owner: Person, name: str, body_place: str = "", does_for_me: str = "", fears: str = ""
) -> Part:
    """Name a part. Only the name is needed."""
    vault = _vault_for_writing(owner)
    return Part.objects.create(
        owner=owner,
        name=vault.seal(name),
        body_place=_sealed(vault, body_place),
        does_for_me=_sealed(vault, does_for_me),
        fears=_sealed(vault, fears),
    )


@transaction.atomic
def describe_part(
    *, part: Part, owner: Person, name: str, body_place: str, does_for_me: str, fears: str
) -> None:
    """Write anew what is known of a part."""
    vault = _vault_for_writing(owner)
    Part.objects.filter(pk=part.pk, owner=owner).update(
        name=vault.seal(name),
        body_place=_sealed(vault, body_place),
        does_for_me=_sealed(vault, does_for_me),
        fears=_sealed(vault, fears),
    )


def set_aside(*, part: Part, owner: Person, is_aside: bool) -> None:
    """Let a part rest, or take it up again; nothing is lost."""
    Part.objects.filter(pk=part.pk, owner=owner).update(
        set_aside_at=timezone.now() if is_aside else None
    )


@transaction.atomic
def write_letter(*, part: Part, owner: Person, voice: str, body: str) -> Letter:
    """Write to a part as to a friend, or let it write. Raises NotAllowed for another's part."""
    if part.owner_id != owner.pk:
        raise NotAllowed
    vault = _vault_for_writing(owner)
    return Letter.objects.create(part=part, voice=voice, body=vault.seal(body))


def delete_letter(*, letter: Letter, owner: Person) -> None:
    """Delete one letter for good."""
    Letter.objects.filter(pk=letter.pk, part__owner=owner).delete()


def delete_part(*, part: Part, owner: Person) -> None:
    """Delete a part and its letters for good."""
    Part.objects.filter(pk=part.pk, owner=owner).delete()


@transaction.atomic
def delete_everything(*, owner: Person) -> None:
    """Delete all parts and letters, and destroy the key they were sealed with."""
    PersonKey.objects.select_for_update().filter(owner=owner).first()
    Part.objects.filter(owner=owner).delete()
    PersonKey.objects.filter(owner=owner).delete()


def rotate_keys(*, batch: int = 200) -> int:
    """Wrap every data key with the newest key of the environment; returns how many.

    Safe to stop and run again. Raises VaultError at the first key that nothing opens, before
    anything of its batch is written.
    """
    done, last = 0, 0
    while keys := list(PersonKey.objects.filter(pk__gt=last).order_by("pk")[:batch]):
        for key in keys:
            key.wrapped = rewrap(bytes(key.wrapped))
        PersonKey.objects.bulk_update(keys, ["wrapped"])
        done, last = done + len(keys), keys[-1].pk
    return done
