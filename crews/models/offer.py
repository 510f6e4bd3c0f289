"""An open seat that would fit somebody who came late."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crews.models.crew import Crew
from people.models import Person


class SeatOfferQuerySet(models.QuerySet["SeatOffer"]):
    def waiting(self) -> Self:
        """Not answered, for a seat that is still there for a newcomer."""
        open_ones = Crew.objects.for_newcomers().values("pk")
        return self.filter(answer=SeatOffer.Answer.WAITING, crew__in=open_ones)


class SeatOffer(models.Model):
    """The app tells somebody of a seat that fits; taking it raises a hand, and the crew answers.

    Once a crew and person: nobody is asked twice about the same table.
    """

    class Answer(models.TextChoices):
        WAITING = "waiting", _("not answered")
        TAKEN = "taken", _("raised a hand")
        NOT_FOR_ME = "no", _("not for me")
        GONE = "gone", _("the seat was taken")

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="offers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="seat_offers")
    # The hour that they all share, as a moment of some week; None for a table found otherwise.
    meets_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SeatOfferQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["crew", "person"], name="offer_once")
        ]

    def __str__(self) -> str:
        return f"{self.crew} → {self.person}"
