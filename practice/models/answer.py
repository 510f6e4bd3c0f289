"""Who means to come, and who was there: two things, kept apart."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person, one_line
from practice.models.session import PracticeSession


class Answer(models.Model):
    """A person's word about one meeting. No row: not answered yet."""

    class Choice(models.TextChoices):
        YES = "yes", _("I’ll be there")
        MAYBE = "maybe", _("Maybe")
        NO = "no", _("I can’t")

    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="answers")
    choice = models.CharField(max_length=5, choices=Choice)
    # Said for all that follow: meetings that come to be later begin with it.
    following = models.BooleanField(default=False)
    word = models.CharField(_("a word why"), max_length=200, blank=True, validators=[one_line])
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="answer_one_a_person"),
            models.CheckConstraint(
                name="answer_choice",
                condition=models.Q(choice__in=["yes", "maybe", "no"]),
            ),
        ]

    def __str__(self) -> str:
        return self.get_choice_display()


class Attendance(models.Model):
    """Whether somebody was there, noted afterwards by anyone of the circle."""

    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.CASCADE, related_name="attendances")
    was_there = models.BooleanField()
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="attendance_one_a_person")
        ]

    def __str__(self) -> str:
        return str(self.was_there)
