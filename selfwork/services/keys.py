"""A person's vault: its key made, held while one writes, wrapped anew, destroyed."""

from django.db import transaction
from django.utils.translation import gettext as _

from circles.scales import Scale
from circles.services import take_seat
from people.models import Person
from selfwork.models import Door, PersonKey, SelfCircle
from selfwork.owned import owned_models, rows_of
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


def vault_for_writing(owner: Person) -> Vault:
    """The vault, its key held until the writing is done: nobody destroys it in another window."""
    vault_of(owner)
    key = PersonKey.objects.select_for_update().filter(owner=owner).first()
    return Vault(bytes(key.wrapped)) if key else vault_of(owner)


def sealed(vault: Vault, text: str) -> Sealed | None:
    """Sealed words; None for none."""
    return vault.seal(text) if text else None


@transaction.atomic
def delete_everything(*, owner: Person) -> None:
    """Delete every word, and destroy the key they were sealed with.

    The sentences carried into circles go, too. What remains is the empty place: its circle, and
    when its door asks for a second look.
    """
    PersonKey.objects.select_for_update().filter(owner=owner).first()
    for model in owned_models():
        if model not in {PersonKey, SelfCircle, Door}:
            rows_of(model, owner).delete()
    Door.objects.filter(owner=owner).update(would_call=None)
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
