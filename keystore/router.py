"""Wrapped keys lie in a database of their own, and nothing else does."""

from typing import Any

from django.db import models

KEYS = "keys"
APP = "keystore"


class KeyStoreRouter:
    """Sends what the key store holds to the database `keys`; all else stays where it was."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return KEYS if model._meta.app_label == APP else None

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == KEYS) == (app_label == APP)
