"""The partnership mirror: two answer apart, and look into it together. No third reader, ever."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Membership
from dyads.models.dyad import Dyad
from dyads.rules.mirror import LONGEST_TRY, STEPS, Question
from people.models import Person


class MirrorQuerySet(models.QuerySet["Mirror"]):
    def waiting(self) -> Self:
        """Asked for, and neither open nor put away."""
        return self.filter(opened_at__isnull=True, put_away_at__isnull=True)


class Mirror(models.Model):
    """One look into it. `opened_at`: both had answered, and both read both from that moment.

    Whoever takes their answers back closes it again for both: then it is put away, and each has
    their own answers alone. After the end of a dyad an open one stays readable to both for as
    long as both keep their seats; whoever leaves, or is left, reads their own answers only.
    """

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="mirrors")
    asked_at = models.DateTimeField(default=timezone.now)
    # None when the rhythm of the two asked.
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    # Nobody has to: it is put away when both say "not now", when it has grown too old, and when
    # somebody takes their answers back.
    put_away_at = models.DateTimeField(null=True, blank=True)

    objects = MirrorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dyad"],
                condition=Q(opened_at__isnull=True, put_away_at__isnull=True),
                name="mirror_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dyad_id}, {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Where it is answered, and read."""
        return reverse("dyads:mirror", args=[self.dyad_id, self.pk])

    @property
    def is_open(self) -> bool:
        """Whether both read both."""
        return self.opened_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it can be answered."""
        return self.opened_at is None and self.put_away_at is None


class NotNow(models.Model):
    """Somebody does not want to look into a mirror now. Nobody else ever learns it: for the
    other it waits until it has grown old, as it would if nobody had said anything."""

    mirror = models.ForeignKey(Mirror, models.CASCADE, related_name="not_now")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mirror", "person"], name="notnow_once_a_mirror")
        ]

    def __str__(self) -> str:
        return f"{self.mirror_id}, {self.person_id}"


class MirrorAnswerQuerySet(models.QuerySet["MirrorAnswer"]):
    def readable_by(self, person: Person) -> Self:
        """Their own; and the other's while the mirror is open to both. The one way to read.

        The other's need the reader's own answers beside them, and both in their seats.
        """
        seats = Membership.objects.present().filter(circle=OuterRef("mirror__dyad_id"))
        own = MirrorAnswer.objects.filter(mirror=OuterRef("mirror_id"), person=person)
        return self.filter(
            Q(person=person)
            | Q(
                Exists(own),
                Exists(seats.filter(person=person)),
                Exists(seats.filter(person=OuterRef("person_id"))),
                mirror__opened_at__isnull=False,
            )
        )


class MirrorAnswer(models.Model):
    """What one of the two sees. It has no admin class and no third reader."""

    mirror = models.ForeignKey(Mirror, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="mirror_answers")
    decisions = models.PositiveSmallIntegerField(_("how we decide"))
    care = models.PositiveSmallIntegerField(_("how care flows"))
    disagreeing = models.PositiveSmallIntegerField(_("how safe it is to disagree"))
    needs = models.PositiveSmallIntegerField(_("whose needs lead"))
    # "What I would like to try."
    would_try = models.CharField(_("what I would like to try"), max_length=LONGEST_TRY, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    objects = MirrorAnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mirror", "person"], name="mirroranswer_one_a_person"),
            models.CheckConstraint(
                name="mirroranswer_on_the_spectrum",
                condition=Q(
                    decisions__in=STEPS, care__in=STEPS, disagreeing__in=STEPS, needs__in=STEPS
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mirror_id}, {self.person_id}"

    @property
    def steps(self) -> dict[Question, int]:
        """The four answers by their questions."""
        return {one: getattr(self, one) for one in Question}
