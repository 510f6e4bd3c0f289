"""What a circle wants to remember of a meeting."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Membership
from circles.scales import Scale
from circles.seats import seats_of
from people.models import Person
from practice.models.session import PracticeSession

LONGEST_NOTE = 4000


class NoteQuerySet(models.QuerySet["SessionNote"]):
    """Chainable reads of notes."""

    def visible_to(self, person: Person) -> Self:
        """Notes of circles in which the person has a seat now; a guest of one evening has none."""
        mine = [seat.circle_id for seat in seats_of(person)]
        return self.staying().filter(session__circle__in=mine)

    def staying(self) -> Self:
        """What somebody wrote in a crew stays when they leave; in a dyad it goes with them."""
        seats = Membership.objects.present().filter(
            circle=OuterRef("session__circle"), person=OuterRef("by")
        )
        return self.exclude(~Exists(seats), session__circle__scale=Scale.DYAD)


class SessionNote(models.Model):
    """Some words about a meeting, for the circle and nobody else; signed, and the writer's own."""

    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="notes")
    by = models.ForeignKey(Person, models.CASCADE, related_name="session_notes")
    words = models.CharField(_("your words"), max_length=LONGEST_NOTE)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="note_says_something", condition=~models.Q(words=""))
        ]

    def __str__(self) -> str:
        # Never the words: this may end up in a log.
        return f"note {self.pk}"
