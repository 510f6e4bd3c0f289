"""A dyad: two people who take equal turns, and what each of the two allows."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle, Membership
from circles.models.circle import CircleQuerySet
from dyads.rules.plan import (
    LEAST_MEETINGS,
    LEAST_MINUTES,
    LEAST_WEEKS,
    MOST_DYADS,
    MOST_MEETINGS,
    MOST_MINUTES,
    MOST_WEEKS,
    USUAL_DYADS,
    USUAL_MEETINGS,
    USUAL_MINUTES,
    USUAL_WEEKS,
)
from people.models import Person, one_line


class DyadQuerySet(CircleQuerySet["Dyad"]):
    """Chainable reads of dyads. What the two say is read from their own page only."""

    def complete(self) -> Self:
        """Open, with both seats taken."""
        return self.open().with_size().filter(size=2)

    def shown_in(self, congregation: Circle) -> Self:
        """Complete ones of the congregation of which both have allowed it to know, while both
        sit in it and in the dyad."""
        here = Membership.objects.present().filter(
            circle=congregation, person=OuterRef("person"), person__is_active=True
        )
        there = Membership.objects.present().filter(
            circle=OuterRef("dyad"), person=OuterRef("person")
        )
        allowed = Consent.objects.filter(Exists(here), Exists(there), dyad=OuterRef("pk"))
        both = allowed.order_by().values("dyad").annotate(people=Count("pk")).values("people")
        found = self.complete().filter(parent=congregation)
        return found.annotate(allow=Subquery(both)).filter(allow=2)


class Dyad(Circle):
    """What a dyad has besides its two seats.

    `pair` holds the two ids, the lower first, while the dyad is open or asked for: two people
    are one dyad at a time. It is empty for an invitation to an address until the second sits
    down. `weeks`, `minutes` and `meetings` are the plan until a rhythm is set.
    """

    class Kind(models.TextChoices):
        FRIENDS = "friends", _("Friends")
        PEERS = "peers", _("Peers")
        COACHING = "coaching", _("Coaching each other")
        PRACTICE = "practice", _("Practice partners")
        STEWARDING = "stewarding", _("Stewarding: one of us supports the other")
        OWN = "own", _("Something else")

    class MirrorEvery(models.IntegerChoices):
        """How many weeks from one mirror to the next."""

        ASKED = 0, _("when one of us asks for it")
        MONTH = 4, _("every four weeks")
        TWO_MONTHS = 8, _("every eight weeks")
        QUARTER = 12, _("every twelve weeks")

    pair = models.CharField(max_length=41, blank=True, editable=False)
    kind = models.CharField(_("what kind"), max_length=10, choices=Kind, default=Kind.PEERS)
    own_kind = models.CharField(
        _("in your own words"), max_length=40, blank=True, validators=[one_line]
    )
    # In stewarding, the seat of the one who supports: it is agreed with the invitation, and
    # stays, so that nobody stewards the person who stewards them.
    steward_seat = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    weeks = models.PositiveSmallIntegerField(
        _("weeks from one meeting to the next"), default=USUAL_WEEKS
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=USUAL_MINUTES)
    meetings = models.PositiveSmallIntegerField(_("meetings"), default=USUAL_MEETINGS)
    agreements = models.TextField(_("what we agreed"), max_length=2000, blank=True)
    mirror_every = models.PositiveSmallIntegerField(
        _("the partnership mirror"), choices=MirrorEvery, default=MirrorEvery.ASKED
    )
    resting_since = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = DyadQuerySet.as_manager()

    class Meta:
        verbose_name = _("dyad")
        verbose_name_plural = _("dyads")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(pair__gt=""), name="dyad_one_a_pair"
            ),
            models.CheckConstraint(
                name="dyad_own_kind_in_words",
                condition=(Q(kind="own") & ~Q(own_kind="")) | (~Q(kind="own") & Q(own_kind="")),
            ),
            models.CheckConstraint(
                name="dyad_stewarding_goes_one_way",
                # Without "is not null" an unknown seat would pass: what is not false is kept.
                condition=Q(kind="stewarding", steward_seat__isnull=False, steward_seat__in=[1, 2])
                | (~Q(kind="stewarding") & Q(steward_seat__isnull=True)),
            ),
            models.CheckConstraint(
                name="dyad_plan",
                condition=Q(
                    weeks__gte=LEAST_WEEKS,
                    weeks__lte=MOST_WEEKS,
                    minutes__gte=LEAST_MINUTES,
                    minutes__lte=MOST_MINUTES,
                    meetings__gte=LEAST_MEETINGS,
                    meetings__lte=MOST_MEETINGS,
                ),
            ),
        ]

    @property
    def is_resting(self) -> bool:
        """Whether the two have paused."""
        return self.resting_since is not None

    @property
    def goes_one_way(self) -> bool:
        """Whether one supports the other, so that turns are not equal."""
        return self.steward_seat is not None


def pair_of(one: Person, other: Person) -> str:
    """The pair's own key, whoever asked whom."""
    low, high = sorted((one.pk, other.pk))
    return f"{low}-{high}"


class Consent(models.Model):
    """One of the two allows that the congregation knows that they practise together."""

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, models.CASCADE, related_name="dyad_consents")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dyad", "person"], name="consent_one_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.dyad}"


class Openness(models.Model):
    """How open somebody is to dyads: how many at most, and whether rounds pause for them."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="openness")
    most = models.PositiveSmallIntegerField(_("dyads at most"), default=USUAL_DYADS)
    paused_until = models.DateField(_("no pairing before"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="openness_most", condition=Q(most__lte=MOST_DYADS))
        ]

    def __str__(self) -> str:
        return str(self.person)
