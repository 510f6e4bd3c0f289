"""A programme: practices over several meetings, in an order that makes sense."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from library.models.practice import Practice


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def for_scale(self, scale: str) -> Self:
        """Programmes of one scale."""
        return self.filter(scale=scale)

    def with_parts(self) -> Self:
        """With their parts, in order, and the practices of those."""
        parts = ProgrammePart.objects.select_related("practice").order_by("position")
        return self.prefetch_related(models.Prefetch("parts", parts))


class Programme(models.Model):
    """What a circle can take on for its coming meetings, one part each."""

    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=120)
    scale = models.CharField(_("scale"), max_length=12, choices=Practice.Scale)
    purpose = models.CharField(_("purpose"), max_length=300)
    opening = models.TextField(_("how it works"), blank=True)
    source = models.CharField(_("source"), max_length=300)
    is_shipped = models.BooleanField(default=False, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The programme's page."""
        return reverse("library:programme", args=[self.slug])


class ProgrammePart(models.Model):
    """One meeting of a programme: a practice, and words for that evening.

    `minutes` is how long the meeting takes, arriving and leaving included. Without a practice
    the words say what is done. Meetings that are held point to it, so it keeps its row when
    the shipped text is read again.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    practice = models.ForeignKey(
        Practice, models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    minutes = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "position"], name="part_position_once"),
            models.CheckConstraint(
                name="part_counts_from_one_and_takes_time",
                condition=Q(position__gte=1, minutes__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title
