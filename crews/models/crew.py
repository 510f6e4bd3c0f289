"""A crew: three to six people around one table."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from circles.models.circle import CircleQuerySet
from crews.rules.lengths import LEAST_MEETINGS, MOST_MEETINGS, USUAL_MEETINGS
from people.models import Person
from people.time_zones import validate_zone


class CrewQuerySet(CircleQuerySet["Crew"]):
    """Chainable reads, besides those that all circles have."""

    def called(self) -> Self:
        """Open calls: crews that have not said “go” yet and do not rest."""
        return self.open().filter(begun_at__isnull=True, resting_since__isnull=True)

    def going(self) -> Self:
        """Crews that have begun, go on, and do not rest."""
        return self.open().filter(begun_at__isnull=False, resting_since__isnull=True)

    def for_newcomers(self) -> Self:
        """Crews that have begun, have a seat free and say so; annotates `size`.

        Not while the seats are still kept for those whom a round has proposed there.
        """
        awaited = Q(proposal__seats__answer="waiting")
        return self.going().with_open_seats().filter(takes_newcomers=True).exclude(awaited)

    def resting(self) -> Self:
        """Calls that were let rest, and crews at rest."""
        return self.open().filter(resting_since__isnull=False)


class Crew(Circle):
    """What a crew has besides its seats. The caller wrote the first invitation, no more.

    A crew is a call until three people have said “go”; then it has begun. It may rest, with or
    without a day to look again. Its end is the circle's (`closed_at`).
    """

    caller = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", editable=False)
    rhythm_in_words = models.CharField(_("rhythm"), max_length=120, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)  # people.languages
    # Hours of the week that the call has in mind, by the clock of `time_zone`: people.week.
    hours = models.JSONField(_("hours"), default=list, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_zone])
    meetings = models.PositiveSmallIntegerField(
        _("meetings of the first cycle"), default=USUAL_MEETINGS
    )
    takes_newcomers = models.BooleanField(_("we take newcomers"), default=True)
    begun_at = models.DateTimeField(null=True, blank=True, editable=False)
    resting_since = models.DateTimeField(null=True, blank=True, editable=False)
    resting_until = models.DateField(null=True, blank=True, editable=False)
    # Since when it is awake again, after a rest.
    awake_since = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = CrewQuerySet.as_manager()

    class Meta:
        verbose_name = _("crew")
        verbose_name_plural = _("crews")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="crew_meetings",
                condition=Q(meetings__gte=LEAST_MEETINGS, meetings__lte=MOST_MEETINGS),
            ),
            models.CheckConstraint(
                name="crew_rests_until_only_while_it_rests",
                condition=Q(resting_until__isnull=True) | Q(resting_since__isnull=False),
            ),
        ]

    @property
    def has_begun(self) -> bool:
        """Whether it is more than a call."""
        return self.begun_at is not None

    @property
    def is_resting(self) -> bool:
        """Whether it rests: a call that was let rest, or a crew between two cycles."""
        return self.resting_since is not None
