"""Parts of a person and letters between them. Every word of theirs is sealed.

There is no admin class, no search and no export but the owner's own.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


class Part(models.Model):
    """One of the voices in a person."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="parts")
    name = SealedField()
    body_place = SealedField(null=True)
    does_for_me = SealedField(null=True)
    fears = SealedField(null=True)
    met_at = models.DateTimeField(default=timezone.now)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-met_at"]

    def __str__(self) -> str:
        return "a part"


class Letter(models.Model):
    """A letter to a part, or from it."""

    class Voice(models.TextChoices):
        ME = "me", _("me, to this part")
        PART = "part", _("this part, to me")

    part = models.ForeignKey(Part, models.CASCADE, related_name="letters")
    voice = models.CharField(max_length=4, choices=Voice, default=Voice.ME)
    body = SealedField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="letter_voice", condition=models.Q(voice__in=["me", "part"])
            )
        ]

    def __str__(self) -> str:
        return "a letter"
