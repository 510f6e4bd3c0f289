"""A person's own circle, and the key to what they write in it."""

import uuid

from django.db import models

from circles.models import Circle
from people.models import Person
from selfwork.vault import SealedField


class SelfCircle(Circle):
    """The smallest circle: one person, who is a group of parts."""

    owner = models.OneToOneField(Person, models.CASCADE, related_name="self_circle")


class PersonKey(models.Model):
    """That a person has a data key, and under which number it lies in the key store.

    The row is locked while one writes. When it goes, with the words or with the account, its
    key is destroyed (selfwork.services.keys).
    """

    owner = models.OneToOneField(Person, models.CASCADE, related_name="selfwork_key")
    number = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return "the number of a key"


class KeyToDestroy(models.Model):
    """Written with the deletion of a key's number, gone when the key itself is destroyed.

    Two databases share no transaction: what a crash leaves undone stands here to be finished.
    """

    number = models.UUIDField(primary_key=True, editable=False)

    def __str__(self) -> str:
        return "the number of a key to destroy"


class Door(models.Model):
    """How the private place is opened, and whom its owner would call. One a person.

    `asks_after`: minutes after which a second look (password, code or passkey) is asked for;
    0 asks each time, None never. `would_call` is a sealed list of people in words.
    """

    owner = models.OneToOneField(Person, models.CASCADE, related_name="selfwork_door")
    asks_after = models.PositiveSmallIntegerField(null=True, blank=True)
    would_call = SealedField(null=True)

    def __str__(self) -> str:
        return "a door"
