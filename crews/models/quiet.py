"""A crew that has gone quiet is asked once, all at once, whether it rests, ended or still meets."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crews.models.crew import Crew
from people.models import Person
from practice.models import PracticeSession


class QuietQuestionQuerySet(models.QuerySet["QuietQuestion"]):
    """Chainable reads."""

    def unanswered(self) -> Self:
        """Without an answer, whatever has become of the crew."""
        return self.filter(answered_at__isnull=True)

    def open(self) -> Self:
        """Without an answer, of a crew that goes on and has nothing planned."""
        ahead = PracticeSession.objects.to_come(timezone.now()).filter(circle=OuterRef("crew"))
        going = Crew.objects.going().values("pk")
        return self.unanswered().filter(~Exists(ahead), crew__in=going)


class QuietQuestion(models.Model):
    """One question to everybody at the table; the first answer settles it for all."""

    class Answer(models.TextChoices):
        NONE = "", _("no answer yet")
        MEETS = "meets", _("still meets")
        RESTS = "rests", _("rests")
        ENDED = "ended", _("has ended")
        # A meeting was planned, which answers it as well.
        PLANNED = "planned", _("has planned a meeting")

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="quiet_questions")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.NONE, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = QuietQuestionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["crew"],
                condition=Q(answered_at__isnull=True),
                name="quiet_one_question_at_a_time",
            ),
            models.CheckConstraint(
                name="quiet_answered_with_an_answer",
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crew}, {self.asked_at:%Y-%m-%d}"
