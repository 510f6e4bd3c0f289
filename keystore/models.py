"""Wrapped keys, in a database of their own, so that no copy of the main one holds any."""

from django.db import models
from django.utils import timezone


class WrappedKey(models.Model):
    """A data key, wrapped by a key of the environment.

    Without this row nothing that the key sealed can be read, in no backup either.
    """

    number = models.UUIDField(primary_key=True, editable=False)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return "a wrapped key"
