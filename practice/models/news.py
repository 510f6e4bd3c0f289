"""What a circle is to hear about its meetings, and how it knew them before."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from circles.models import Circle
from people.models import Person
from practice.models.session import PracticeSession


class News(models.Model):
    """Changes that came shortly after one another: told together, in one mail, when they are due.

    Each further change puts that off a little, so that a typo can be corrected unheard.
    """

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="news")
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return f"{self.circle}, {self.due_at:%Y-%m-%d %H:%M} UTC"

    @property
    def key(self) -> str:
        """What makes the mail about it this one: a further change makes it another."""
        return f"news {self.pk} {self.due_at:%Y%m%dT%H%M%S%f}"


class Change(models.Model):
    """A meeting as people knew it before the news; without a moment when they knew of none.

    How it stands now is asked of the meeting itself, when the mail is built.
    """

    news = models.ForeignKey(News, models.CASCADE, related_name="changes")
    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["news", "session"], name="change_once_in_the_news"),
            models.CheckConstraint(
                name="change_knew_a_moment_or_none",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def was(self) -> tuple[datetime, datetime] | None:
        """Beginning and end as people knew them; None when it did not take place."""
        return (self.starts_at, self.ends_at) if self.starts_at and self.ends_at else None

    @property
    def now(self) -> tuple[datetime, datetime] | None:
        """Beginning and end as they stand; None when it does not take place."""
        session = self.session
        return None if session.is_cancelled else (session.starts_at, session.ends_at)
