"""How a practice came to be: each published state of it, kept."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.models.practice import Practice
from library.reading import PracticeText, read
from people.models import Person


class Edition(models.Model):
    """One published state, as its text file. Never changed; the latest is what is held."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    what_changed = models.CharField(_("what changed"), max_length=200, blank=True)
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "number"], name="edition_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.number}"

    @property
    def text(self) -> PracticeText:
        """The practice as it was then."""
        return read(self.body)
