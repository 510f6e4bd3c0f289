"""What a crew agreed, in editions that stay readable; who accepted; who asks to talk again."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crews.models.crew import Crew
from crews.rules.agreements import Texts
from people.models import Person

LONGEST_TEXT = 2000


class AgreementsQuerySet(models.QuerySet["Agreements"]):
    def latest_of(self, crew: Crew) -> "Agreements | None":
        """What holds now, with who wrote it; None for a crew that wrote nothing yet."""
        return self.filter(crew=crew).select_related("written_by").order_by("-number").first()

    def holding(self) -> Self:
        """Of each crew the latest."""
        later = Agreements.objects.filter(
            crew=models.OuterRef("crew"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))

    def not_accepted_by(self, person: Person) -> Self:
        """Those the person has not accepted."""
        return self.filter(
            ~models.Exists(Acceptance.objects.filter(edition=models.OuterRef("pk"), person=person))
        )


class Agreements(models.Model):
    """One edition, of which anybody at the table wrote the last word.

    Until somebody else accepts it, it is still being written and changes in place (`version`
    rises); from then on a change is a new edition.
    """

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    together = models.TextField(
        _("How you want to be together"), max_length=LONGEST_TEXT, blank=True
    )
    meeting = models.TextField(_("When you meet"), max_length=LONGEST_TEXT, blank=True)
    commitment = models.TextField(
        _("What you commit to, and for how long"), max_length=LONGEST_TEXT, blank=True
    )
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = AgreementsQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["crew", "number"], name="agreements_number_once"),
            models.CheckConstraint(
                name="agreements_say_something",
                condition=~Q(together="", meeting="", commitment=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crew_id}, {self.number}"

    def get_absolute_url(self) -> str:
        """Where it is read and accepted."""
        return reverse("crews:edition", args=[self.crew_id, self.number])

    @property
    def texts(self) -> Texts:
        """The three texts."""
        return Texts(self.together, self.meeting, self.commitment)


class Acceptance(models.Model):
    """Somebody's yes to one edition."""

    edition = models.ForeignKey(Agreements, models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "person"], name="acceptance_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.edition}"


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    def open(self) -> Self:
        """Not settled yet."""
        return self.filter(settled_at__isnull=True)


class Reopening(models.Model):
    """Somebody asks to talk about the agreements again. One at a time in a crew.

    Settled by a new edition, or by whoever asked.
    """

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="reopenings")
    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    word = models.TextField(_("a word about it"), max_length=600, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["crew"],
                condition=Q(settled_at__isnull=True),
                name="reopening_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_by}, {self.crew_id}"
