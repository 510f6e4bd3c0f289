"""Roles that a crew has at each of its meetings, whatever it practises."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from people.models import one_line
from practice.rules.roles import MOST_STANDING


class StandingRole(models.Model):
    """One of them. The host is always there and has no row; the positions keep the number small.

    Who has it at a meeting goes round (`practice/rules/roles.py`) or is chosen (`SessionRole`).
    """

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="standing_roles")
    name = models.CharField(_("what it is called"), max_length=40, validators=[one_line])
    what_for = models.CharField(
        _("what whoever has it does"), max_length=160, blank=True, validators=[one_line]
    )
    position = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint("circle", Lower("name"), name="standingrole_name_once"),
            models.UniqueConstraint(fields=["circle", "position"], name="standingrole_place_once"),
            models.CheckConstraint(
                name="standingrole_few", condition=Q(position__gte=1, position__lte=MOST_STANDING)
            ),
        ]

    def __str__(self) -> str:
        return self.name
