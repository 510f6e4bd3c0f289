"""A person's vault: its key made, held while one writes, destroyed.

The number of a person's key stands in the main database, the key in the key store. What holds
across the two, which share no transaction:

- A key is committed before anything is sealed with it, so no word's key can be lost by a crash.
- A key is destroyed after the words are gone. The deletion writes down which one; what a crash
  leaves undone, `destroy_keys` finishes.
- Where a number has no key, because an old copy was brought back after a deletion, nothing is
  opened, and no new key is made in its place.
"""

import uuid
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from circles.models import Membership
from circles.scales import Scale
from circles.services import take_seat
from keystore.models import WrappedKey
from people.models import Person
from selfwork.models import Door, KeyToDestroy, PersonKey, SelfCircle
from selfwork.owned import owned_models, rows_of
from selfwork.vault import Sealed, Vault, VaultError, new_wrapped_key


@transaction.atomic
def vault_of(owner: Person) -> Vault:
    """The owner's vault; their key is made on first use. Raises VaultError."""
    key = PersonKey.objects.filter(owner=owner).first() or _first_key(owner)
    try:
        return _open(key)
    except VaultError:
        # Perhaps everything was deleted in another window just now.
        if PersonKey.objects.filter(pk=key.pk, number=key.number).exists():
            raise
        return _open(_first_key(owner))


@transaction.atomic
def circle_of(owner: Person) -> SelfCircle:
    """The owner's own circle, made when it is wanted first. Raises VaultError."""
    vault_of(owner)
    if not Membership.objects.present().filter(person=owner, scale=Scale.SELF).exists():
        _furnish(owner)
    return SelfCircle.objects.get(owner=owner)


def vault_for_writing(owner: Person) -> Vault:
    """The vault, its key held until the writing is done: nobody destroys it in another window."""
    vault_of(owner)
    key = PersonKey.objects.select_for_update().filter(owner=owner).first()
    return _open(key) if key else vault_of(owner)


def hold(owner: Person) -> None:
    """Nobody writes in another window until this deletion is done, with a key or without."""
    PersonKey.objects.select_for_update().filter(owner=owner).first()


def sealed(vault: Vault, text: str) -> Sealed | None:
    """Sealed words; None for none."""
    return vault.seal(text) if text else None


@transaction.atomic
def delete_everything(*, owner: Person) -> None:
    """Delete every word, and destroy the key they were sealed with.

    The sentences carried into circles go, too. What remains is the empty place: its circle, and
    when its door asks for a second look.
    """
    hold(owner)
    for model in owned_models():
        if model not in {PersonKey, SelfCircle, Door}:
            rows_of(model, owner).delete()
    Door.objects.filter(owner=owner).update(would_call=None)
    PersonKey.objects.filter(owner=owner).delete()


def on_number_gone(*, instance: PersonKey, **signal: Any) -> None:
    """However the number of a key is deleted, also with the account: destroy the key after it."""
    KeyToDestroy.objects.get_or_create(number=instance.number)
    # Robust: should the key store not answer now, the sweep finishes it.
    transaction.on_commit(partial(destroy_key, instance.number), robust=True)


def destroy_key(number: uuid.UUID) -> None:
    """Destroy a key whose number is deleted. Nothing brings back what it sealed."""
    WrappedKey.objects.filter(number=number).delete()
    KeyToDestroy.objects.filter(number=number).delete()


def destroy_keys() -> int:
    """Finish the deletions that were interrupted; returns how many."""
    numbers = list(KeyToDestroy.objects.values_list("number", flat=True))
    for number in numbers:
        destroy_key(number)
    return len(numbers)


def _open(key: PersonKey) -> Vault:
    try:
        kept = WrappedKey.objects.filter(number=key.number).first()
    except DatabaseError as error:
        raise VaultError("the key store does not answer") from error
    if kept is None:
        raise VaultError("the key store has no such key")
    return Vault(bytes(kept.wrapped))


def _first_key(owner: Person) -> PersonKey:
    wrapped = new_wrapped_key()
    try:
        kept = WrappedKey.objects.create(number=uuid.uuid4(), wrapped=wrapped)
    except DatabaseError as error:
        raise VaultError("the key store does not answer") from error
    key, is_first = PersonKey.objects.get_or_create(owner=owner, defaults={"number": kept.number})
    if not is_first:
        # Another window was quicker; nothing was sealed with this one.
        kept.delete()
        return key
    _furnish(owner)
    return key


def _furnish(owner: Person) -> None:
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
