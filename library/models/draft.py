"""What somebody is writing: theirs alone until they offer it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import Circle, Membership
from circles.scales import Scale
from library.models.practice import Practice
from people.models import Person


class DraftQuerySet(models.QuerySet["Draft"]):
    def offered(self) -> Self:
        """Those that lie with the people who may publish them."""
        return self.filter(offered_at__isnull=False, home__closed_at__isnull=True)

    def publishable_by(self, person: Person) -> Self:
        """Offered ones that this person may publish or send back: a steward for a congregation,
        anybody who sits there for a crew."""
        seats = Membership.objects.present().of(person).filter(circle=OuterRef("home_id"))
        looked_after = Circle.objects.looked_after_by(person).values("pk")
        return self.offered().filter(
            Q(home__in=looked_after) | Q(home__scale=Scale.CREW) & Exists(seats)
        )

    def visible_to(self, person: Person) -> Self:
        """One's own, and those one may publish."""
        return self.filter(
            Q(written_by=person) | Q(pk__in=self.model.objects.publishable_by(person).values("pk"))
        )


class Draft(models.Model):
    """A new practice, a variation of one, or the next edition of one, as far as it is typed.

    `content` is what stands in the form, complete or not: see `library.forms.writing`.
    """

    written_by = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    # Of this practice it would be the next edition.
    practice = models.ForeignKey(
        Practice, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    variation_of = models.ForeignKey(
        Practice, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content: Any = models.JSONField(default=dict)
    what_changed = models.CharField(gettext_lazy("what changed"), max_length=200, blank=True)
    # Where it is offered.
    home = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField(null=True, blank=True)
    # Why it came back.
    word = models.TextField(gettext_lazy("a word"), max_length=600, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="draft_offered_to_somebody",
                condition=Q(offered_at__isnull=True) | Q(home__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["home"],
                condition=Q(offered_at__isnull=False),
                name="draft_offered",
            )
        ]

    def __str__(self) -> str:
        return str(self.content.get("title") or _("Without a title yet"))

    def get_absolute_url(self) -> str:
        """Where it is read, by whoever may."""
        return reverse("library:draft", args=[self.pk])

    @property
    def is_offered(self) -> bool:
        """Whether it lies with those who may publish it."""
        return self.offered_at is not None
