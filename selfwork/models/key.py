"""A person's own circle, and the key to what they write in it."""

from django.db import models

from circles.models import Circle
from people.models import Person
from selfwork.vault import SealedField


class SelfCircle(Circle):
    """The smallest circle: one person, who is a group of parts."""

    owner = models.OneToOneField(Person, models.CASCADE, related_name="self_circle")


class PersonKey(models.Model):
    """A person's data key, wrapped. Without this row nothing it sealed can be read."""

    owner = models.OneToOneField(Person, models.CASCADE, related_name="selfwork_key")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return "a wrapped key"


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
