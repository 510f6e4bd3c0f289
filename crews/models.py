"""A crew: three to six people around one table."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from people.models import Person


class Crew(Circle):
    """What a crew has besides its seats. The caller wrote the first invitation, no more."""

    caller = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", editable=False)
    rhythm_in_words = models.CharField(_("rhythm"), max_length=120, blank=True)
    agreements = models.TextField(_("what we agreed"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("crew")
        verbose_name_plural = _("crews")
        constraints: ClassVar[list[models.BaseConstraint]] = []

    @property
    def agreed(self) -> list[str]:
        """The agreements, one a line."""
        return [line.strip() for line in self.agreements.splitlines() if line.strip()]
