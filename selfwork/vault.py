"""Sealing what a person writes to themselves.

Each person has a data key of their own, which is stored wrapped by a key from the environment
(`SELFWORK_KEYS`, the newest first), in a database that holds nothing but such keys. So a copy of
the main database opens nothing, not even with that environment; and once the wrapped key is
destroyed, no older copy of the main database can be read either.
"""

from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class VaultError(Exception):
    """A key does not fit. Nothing is returned and nothing may be saved over it."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Cipher text. The only thing a SealedField takes or gives; shows nothing of itself."""

    token: bytes = field(repr=False)


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """A column for `Sealed` and nothing else, so that plain text cannot get in by mistake."""

    def from_db_value(self, value: Any, *args: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("a sealed field stores Sealed, never plain text")
        return value.token

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        token = value if prepared else self.get_prep_value(value)
        return None if token is None else connection.Database.Binary(token)


def _wrapper() -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in settings.SELFWORK_KEYS])
    except ValueError as error:
        raise VaultError("SELFWORK_KEYS holds something that is no key") from error


def check_keys() -> None:
    """Raise VaultError when `SELFWORK_KEYS` holds something that is no key."""
    _wrapper()


def new_wrapped_key() -> bytes:
    """A fresh data key, wrapped by the newest key of the environment."""
    return _wrapper().encrypt(Fernet.generate_key())


def rewrap(wrapped: bytes) -> bytes:
    """The same data key under the newest key. Raises VaultError when no key opens it."""
    try:
        return _wrapper().rotate(wrapped)
    except InvalidToken as error:
        raise VaultError("no key in SELFWORK_KEYS opens this data key") from error


def is_newest(wrapped: bytes) -> bool:
    """Whether the newest key of the environment wraps this data key."""
    try:
        Fernet(settings.SELFWORK_KEYS[0]).decrypt(wrapped)
    except InvalidToken:
        return False
    except (ValueError, IndexError) as error:
        raise VaultError("SELFWORK_KEYS holds something that is no key") from error
    return True


class Vault:
    """One person's data key, unwrapped for the length of a request."""

    __slots__ = ("_fernet",)

    def __init__(self, wrapped: bytes) -> None:
        """Raises VaultError when no key of the environment opens the data key."""
        try:
            self._fernet = Fernet(_wrapper().decrypt(wrapped))
        except InvalidToken as error:
            raise VaultError("no key in SELFWORK_KEYS opens this data key") from error

    def seal(self, text: str) -> Sealed:
        """Text as cipher text."""
        return Sealed(self._fernet.encrypt(text.encode()))

    def open(self, sealed: Sealed) -> str:
        """The text. Raises VaultError for another person's cipher text or a damaged one."""
        try:
            return self._fernet.decrypt(sealed.token).decode()
        except InvalidToken as error:
            raise VaultError("this text was sealed with another key") from error
