"""A meeting while it happens, and who had which role in it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Person
from practice.models.session import PracticeSession
from practice.rules import equal
from practice.rules.holding import Clock, Place, place
from practice.rules.order import Planned, Stretch, stretches


class Holding(models.Model):
    """How a meeting is held: its steps, who is there, and a clock that all follow.

    Written when somebody presses; time passing writes nothing. `version` rises with each press,
    so that of two who press at once one is told. Everything stays as it was at the end.
    """

    session = models.OneToOneField(PracticeSession, models.CASCADE, related_name="holding")
    version = models.PositiveIntegerField(default=1)
    # `Planned` steps, as they were when the table began; and ids of people, in speaking order.
    steps = models.JSONField(default=list)
    there = models.JSONField(default=list)
    held_from = models.DateTimeField(_("begun"))
    step = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    extra = models.DurationField(default=timedelta)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Seconds that stretches, by their keys, had lasted when somebody pressed.
    spent = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="holding_extra_is_more", condition=models.Q(extra__gte=timedelta(0))
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.step}, {self.version}"

    @property
    def planned(self) -> list[Planned]:
        """The steps before it is known who is there."""
        return [Planned(**step) for step in self.steps]

    @planned.setter
    def planned(self, steps: list[Planned]) -> None:
        self.steps = [asdict(step) for step in steps]

    @property
    def order(self) -> list[Stretch]:
        """Who speaks when, and for how long."""
        return stretches(self.planned, self.there)

    @property
    def clock(self) -> Clock:
        """The clock as a pure value."""
        return Clock(self.step, self.since, self.extra, self.paused_at, self.ended_at)

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self.step, self.since, self.extra = clock.step, clock.since, clock.extra
        self.paused_at, self.ended_at = clock.paused_at, clock.ended_at

    def spent_by(self, now: datetime) -> dict[str, float]:
        """How long each stretch has really lasted, in seconds, by its key; without pauses."""
        return equal.together(self.spent, equal.passed(self.clock, self.order, now))

    def place(self, now: datetime) -> Place:
        """Where the table stands."""
        return place(self.clock, self.order, now)


class SessionRole(models.Model):
    """Who has a role: chosen by hand before, or as it was when the table began.

    Roles that nobody chose and nobody had yet are computed (`practice/rules/roles.py`), not stored.
    """

    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=60)
    person = models.ForeignKey(Person, models.CASCADE, related_name="session_roles")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "role"], name="role_one_person")
        ]

    def __str__(self) -> str:
        return self.role
