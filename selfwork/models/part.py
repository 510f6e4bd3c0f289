"""Parts of a person, and how they relate. Every word of theirs is sealed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person
from selfwork.vault import SealedField


class Colour(models.TextChoices):
    """What colour a part has; the plant dyes of the tables, and some more."""

    HONEY = "honey", _("honey yellow")
    ROSE = "rose", _("rose red")
    MOSS = "moss", _("moss green")
    SEA = "sea", _("sea blue")
    PLUM = "plum", _("plum purple")
    EARTH = "earth", _("earth brown")
    STONE = "stone", _("stone grey")


class Shape(models.TextChoices):
    """What shape a part has."""

    ROUND = "round", _("round")
    SQUARE = "square", _("square")
    TRIANGLE = "triangle", _("triangle")
    DIAMOND = "diamond", _("diamond")
    DROP = "drop", _("drop")
    STAR = "star", _("star")


class TieKind(models.TextChoices):
    """How one part relates to another."""

    PROTECTS = "protects", _("protects")
    QUARRELS = "quarrels", _("quarrels with")
    COMFORTS = "comforts", _("comforts")


class Part(models.Model):
    """One of the voices in a person."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="parts")
    name = SealedField()
    body_place = SealedField(null=True)
    does_for_me = SealedField(null=True)
    fears = SealedField(null=True)
    needs = SealedField(null=True)
    shows_up = SealedField(null=True)
    # Colour, shape and place on the map, as JSON: see selfwork.looks.
    look = SealedField(null=True)
    met_at = models.DateTimeField(default=timezone.now)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-met_at"]

    def __str__(self) -> str:
        return "a part"


class Tie(models.Model):
    """How two parts relate: the sealed kind says whether one protects, quarrels, comforts."""

    one = models.ForeignKey(Part, models.CASCADE, related_name="ties")
    other = models.ForeignKey(Part, models.CASCADE, related_name="tied_to")
    kind = SealedField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="tie_one_each_way"),
            models.CheckConstraint(
                name="tie_between_two", condition=~models.Q(one=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return "a tie"
