"""Wrapping every data key anew, while people write, and however often it is stopped."""

import uuid
from collections.abc import Generator
from dataclasses import dataclass

from django.db import transaction

from keystore.models import WrappedKey
from keystore.router import KEYS
from selfwork.vault import VaultError, is_newest, rewrap

A_BATCH = 200


@dataclass(slots=True)
class Progress:
    """How far it is: keys wrapped anew, already by the newest, and opened by none."""

    turned: int = 0
    were_new: int = 0
    unopened: int = 0


def turn_keys(*, batch: int = A_BATCH) -> Generator[Progress]:
    """Wrap every data key with the newest key of the environment; tells after each batch.

    May be stopped anywhere: each key is replaced by itself or not at all, and those done are
    not done again. A key that nothing opens is left as it is, and the others are turned. Goes
    over the store until it finds nothing to turn, since a process that was started before the
    keys of the environment changed may still make keys with the older one.
    """
    progress = Progress()
    while True:
        before = progress.turned
        progress.were_new = progress.unopened = 0
        last = uuid.UUID(int=0)
        while keys := list(WrappedKey.objects.filter(number__gt=last).order_by("number")[:batch]):
            _turn(keys, progress)
            last = keys[-1].number
            yield progress
        if progress.turned == before:
            return


def rotate_keys(*, batch: int = A_BATCH) -> Progress:
    """Turn all keys. Raises VaultError when some are opened by no key of the environment."""
    *_steps, progress = [Progress(), *turn_keys(batch=batch)]
    if progress.unopened:
        raise VaultError("no key in SELFWORK_KEYS opens some of the data keys")
    return progress


def _turn(keys: list[WrappedKey], progress: Progress) -> None:
    with transaction.atomic(using=KEYS):
        for key in keys:
            old = bytes(key.wrapped)
            if is_newest(old):
                progress.were_new += 1
                continue
            try:
                new = rewrap(old)
            except VaultError:
                progress.unopened += 1
                continue
            # Only what was read is replaced: another one that turns keys, or a deletion, wins.
            found = WrappedKey.objects.filter(number=key.number, wrapped=old)
            progress.turned += found.update(wrapped=new)
