"""A person's private calendar address."""

import hashlib
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from people.models import Person
from practice.models.answer import Answer
from practice.models.session import PracticeSession, SessionQuerySet

# How long a meeting that is past or called off is still there, so that calendars which read
# seldom (some once a day) hear of it.
STAYS = timedelta(weeks=4)
MOST_IN_A_FEED = 500


def digest_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256, in hexadecimal digits.

    A secret of 256 random bits cannot be guessed from it, so a slow hash would gain nothing.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


class FeedQuerySet(models.QuerySet["Feed"]):
    """Chainable reads of calendar addresses."""

    def of(self, person: Person) -> Self:
        """Their own, the oldest first."""
        return self.filter(person=person).prefetch_related("circles").order_by("made_at", "pk")

    def opened_by(self, secret: str) -> Self:
        """The one that this secret opens, if its owner is still here."""
        found = self.filter(digest=digest_of(secret), person__is_active=True)
        return found.select_related("person")


class Feed(models.Model):
    """What a calendar program reads again and again: the meetings of all of somebody's circles,
    or of chosen ones. Only its secret opens it, and only a hash of that is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    has_all = models.BooleanField(default=True)
    circles = models.ManyToManyField(Circle, blank=True, related_name="+")
    shows_names = models.BooleanField(_("show the names of my circles"), default=False)
    made_at = models.DateTimeField(default=timezone.now)
    # To the day: enough to tell a living address from a forgotten one.
    last_read_on = models.DateField(null=True, blank=True)
    # What was read last, and since when it has been so: for calendars that ask "anything new?".
    content_digest = models.CharField(max_length=64, blank=True)
    content_since = models.DateTimeField(default=timezone.now)

    objects = FeedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.person)

    def sessions(self, now: datetime) -> SessionQuerySet:
        """The meetings in it, soonest first.

        A meeting its owner has declined is not: a calendar holds what one goes to, and whoever
        thinks again changes the answer, not the calendar.
        """
        sessions = PracticeSession.objects.all()
        if self.has_all:
            sessions = sessions.concerning(self.person)
        else:
            sessions = sessions.visible_to(self.person).filter(circle__in=self.circles.all())
        declined = Answer.objects.filter(
            session=OuterRef("pk"), person=self.person, choice=Answer.Choice.NO
        )
        # What never stood in a calendar need not be called off there: a rhythm also writes down
        # the meetings it leaves out.
        called_off = Q(cancelled_at__gt=now - STAYS, sequence__gt=0)
        stands = Q(cancelled_at__isnull=True) | called_off
        goes_on = Q(circle__closed_at__isnull=True) | Q(ends_at__lte=now)
        return (
            sessions.filter(stands, goes_on, ends_at__gt=now - STAYS)
            .exclude(Exists(declined))
            .select_related("circle", "practice")
            .order_by("starts_at", "pk")[:MOST_IN_A_FEED]
        )
