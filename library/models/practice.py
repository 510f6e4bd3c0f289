"""A practice: one exercise with steps and timings."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person


class PracticeQuerySet(models.QuerySet["Practice"]):
    def published(self) -> Self:
        """Practices everyone may read."""
        return self.filter(published_at__isnull=False)

    def for_scale(self, scale: str) -> Self:
        """Practices of one scale."""
        return self.filter(scale=scale)

    def fitting(self, *, people: int | None = None, minutes: int | None = None) -> Self:
        """Practices that work for so many people and end within so many minutes."""
        found = self
        if people is not None:
            found = found.filter(people_least__lte=people, people_most__gte=people)
        if minutes is not None:
            found = found.filter(minutes__lte=minutes)
        return found

    def matching(self, words: str) -> Self:
        """Practices in whose title, purpose or opening every one of the words occurs."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word) | Q(purpose__icontains=word) | Q(opening__icontains=word)
            )
        return found


class Practice(models.Model):
    """What it is for, for how many, how long, in which steps, and where it comes from."""

    class Scale(models.TextChoices):
        SELF = "self", _("Self")
        DYAD = "dyad", _("Dyad")
        CREW = "crew", _("Crew")
        CONGREGATION = "congregation", _("Congregation")

    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=120)
    scale = models.CharField(_("scale"), max_length=12, choices=Scale)
    purpose = models.CharField(_("purpose"), max_length=300)
    opening = models.TextField(_("how it works"), blank=True)
    caution = models.TextField(_("caution"), blank=True)
    people_least = models.PositiveSmallIntegerField(_("at least"))
    people_most = models.PositiveSmallIntegerField(_("at most"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    roles = models.JSONField(_("roles"), default=list, blank=True)
    # The role of whoever has no other ("coaches"), or "".
    others = models.CharField(_("all others"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=300)
    is_shipped = models.BooleanField(default=False, editable=False)
    written_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="practice_people_in_order",
                condition=Q(people_least__gte=1, people_most__gte=F("people_least")),
            ),
            models.CheckConstraint(name="practice_takes_time", condition=Q(minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The practice's page."""
        return reverse("library:practice", args=[self.slug])

    @property
    def all_roles(self) -> list[str]:
        """Every role, that of all others last."""
        return [*self.roles, *([self.others] if self.others else [])]


class Step(models.Model):
    """One timed step. Silence is a step like any other; a step for each is one turn a person.

    `who` names the role whose turn it is, or is empty when all speak.
    """

    class Kind(models.TextChoices):
        TALK = "talk", _("all together")
        EACH = "each", _("a turn for each")
        SILENT = "silent", _("in silence")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.TALK)
    who = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "position"], name="step_position_once"),
            models.CheckConstraint(name="step_takes_time", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="step_kind", condition=Q(kind__in=["talk", "each", "silent"])
            ),
        ]

    def __str__(self) -> str:
        return self.title
