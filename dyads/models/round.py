"""Pairing: who takes part in a congregation, how often it pairs, and one round of it."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle, Membership
from congregation.rules.rounds import USUAL_HOUR
from dyads.models.dyad import Dyad
from dyads.rules.plan import (
    LEAST_MEETINGS,
    LEAST_MINUTES,
    LEAST_WEEKS,
    MOST_MEETINGS,
    MOST_MINUTES,
    MOST_WEEKS,
    USUAL_MEETINGS,
    USUAL_MINUTES,
    USUAL_WEEKS,
)
from people.models import Person
from people.time_zones import validate_zone, zone_info

# Weeks from one round to the next.
LEAST_APART, USUAL_APART, MOST_APART = 2, 8, 52
# How long before the pairing everybody hears of it, in days.
LEAST_NOTICE, USUAL_NOTICE, MOST_NOTICE = 2, 5, 21
# How long stewards look before a proposal publishes itself, in hours.
MOST_HOURS_TO_LOOK = 72
# A worker that has taken a pairing up and is not done by then is given up.
SILENCE = timedelta(minutes=1)


class TakingPartQuerySet(models.QuerySet["TakingPart"]):
    def now(self) -> Self:
        """Those who take part, and still sit in the congregation."""
        seats = Membership.objects.present().filter(
            person=OuterRef("person_id"), circle=OuterRef("congregation_id")
        )
        return self.filter(Exists(seats), ended_at__isnull=True, person__is_active=True)


class TakingPart(models.Model):
    """Somebody's standing word that they would like to be paired in a congregation's rounds."""

    congregation = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="takes_part_in_pairing")
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TakingPartQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["congregation", "person"], name="takingpart_one_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.congregation}"


class Plan(models.Model):
    """What a rhythm and a round of pairing have in common: what the dyads begin with."""

    weeks = models.PositiveSmallIntegerField(
        _("weeks from one meeting to the next"), default=USUAL_WEEKS
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=USUAL_MINUTES)
    meetings = models.PositiveSmallIntegerField(_("meetings"), default=USUAL_MEETINGS)
    # None: a steward publishes.
    hours_to_look = models.PositiveSmallIntegerField(
        _("hours for stewards to look"), null=True, blank=True
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(class)s_plan",
                condition=Q(
                    weeks__gte=LEAST_WEEKS,
                    weeks__lte=MOST_WEEKS,
                    minutes__gte=LEAST_MINUTES,
                    minutes__lte=MOST_MINUTES,
                    meetings__gte=LEAST_MEETINGS,
                    meetings__lte=MOST_MEETINGS,
                )
                & (Q(hours_to_look__isnull=True) | Q(hours_to_look__lte=MOST_HOURS_TO_LOOK)),
            )
        ]


class PairingRhythm(Plan):
    """A congregation pairs again and again: the beat opens each round some days before.

    `next_at` is when the next pairing is made, by the clock of `time_zone`; `at` is the hour on
    that clock, kept by itself, since an hour that a change of clocks jumps over comes back.
    """

    congregation = models.ForeignKey(Circle, models.CASCADE, related_name="pairing_rhythms")
    apart = models.PositiveSmallIntegerField(_("weeks between rounds"), default=USUAL_APART)
    notice = models.PositiveSmallIntegerField(_("days of notice"), default=USUAL_NOTICE)
    next_at = models.DateTimeField(_("next pairing"))
    at = models.TimeField(_("hour"), default=time(USUAL_HOUR))
    time_zone = models.CharField(max_length=64, validators=[validate_zone])
    set_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Plan.Meta):
        constraints: ClassVar = [
            *Plan.Meta.constraints,
            models.UniqueConstraint(
                fields=["congregation"],
                condition=Q(ended_at__isnull=True),
                name="pairingrhythm_one_at_a_time",
            ),
            models.CheckConstraint(
                name="pairingrhythm_bounds",
                condition=Q(
                    apart__gte=LEAST_APART,
                    apart__lte=MOST_APART,
                    notice__gte=LEAST_NOTICE,
                    notice__lte=MOST_NOTICE,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.congregation}, {self.apart}"

    @property
    def zone(self) -> tzinfo:
        """The zone by whose clock its days are counted."""
        return zone_info(self.time_zone)


class PairingRoundQuerySet(models.QuerySet["PairingRound"]):
    def going_on(self) -> Self:
        """Neither published nor called off, in a congregation that goes on."""
        return self.filter(
            published_at__isnull=True,
            called_off_at__isnull=True,
            congregation__closed_at__isnull=True,
        )

    def to_pair(self, now: datetime) -> Self:
        """Those whose day has come, and which no worker is at."""
        free = Q(taken_up_at__isnull=True) | Q(taken_up_at__lt=now - SILENCE)
        return self.going_on().filter(free, proposed_at__isnull=True, pairs_at__lte=now)

    def to_publish(self, now: datetime) -> Self:
        """Those proposed, which a steward publishes or which by now publish themselves."""
        is_time = Q(publish_pressed_at__isnull=False) | Q(publishes_at__lte=now)
        return self.going_on().filter(is_time, proposed_at__isnull=False)

    def visible_to(self, person: Person) -> Self:
        """Rounds of congregations in which the person has a seat."""
        seats = Membership.objects.present().filter(
            person=person, circle=OuterRef("congregation_id")
        )
        return self.filter(Exists(seats))


class PairingRound(Plan):
    """One pairing of a congregation, from the notice to the introductions.

    Open (people say yes, or skip it, until `pairs_at`) → being paired (a job) → proposed
    (stewards look, until `publishes_at` if it publishes itself) → being published (a job again,
    for minutes at most) → published. It can be called off until a steward publishes it, or the
    clock does. `version` rises with each change of the proposal.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAIRING = "pairing", _("being paired")
        PROPOSED = "proposed", _("proposed")
        PUBLISHING = "publishing", _("being published")
        PUBLISHED = "published", _("published")
        CALLED_OFF = "called_off", _("called off")

    congregation = models.ForeignKey(Circle, models.CASCADE, related_name="pairing_rounds")
    rhythm = models.ForeignKey(
        PairingRhythm, models.SET_NULL, null=True, blank=True, related_name="rounds"
    )
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    words = models.TextField(_("a few words"), max_length=600, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    pairs_at = models.DateTimeField(_("pairing"))
    time_zone = models.CharField(max_length=64, validators=[validate_zone])
    seed = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1, editable=False)
    # When a worker took the pairing up; it is taken up again when none has been heard of.
    taken_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    proposed_at = models.DateTimeField(null=True, blank=True, editable=False)
    publishes_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When a steward pressed "publish": from then on nobody changes anything any more.
    publish_pressed_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    called_off_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PairingRoundQuerySet.as_manager()

    class Meta(Plan.Meta):
        verbose_name = _("pairing round")
        constraints: ClassVar = [
            *Plan.Meta.constraints,
            models.UniqueConstraint(
                fields=["congregation"],
                condition=Q(published_at__isnull=True, called_off_at__isnull=True),
                name="pairinground_one_at_a_time",
            ),
            models.CheckConstraint(
                name="pairinground_published_was_proposed",
                condition=Q(published_at__isnull=True) | Q(proposed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.congregation}, {self.pairs_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The round's page for everybody in the congregation."""
        return reverse("dyads:round", args=[self.pk])

    def state(self, now: datetime) -> State:
        """Where it stands."""
        if self.called_off_at:
            return self.State.CALLED_OFF
        if self.published_at:
            return self.State.PUBLISHED
        if self.publish_pressed_at:
            return self.State.PUBLISHING
        if self.proposed_at:
            return self.State.PROPOSED
        return self.State.OPEN if now < self.pairs_at else self.State.PAIRING

    @property
    def pairing_day(self) -> date:
        """The day of the pairing, by the round's own clock: what pauses are held against."""
        return self.pairs_at.astimezone(self.zone).date()

    @property
    def zone(self) -> tzinfo:
        """The zone by whose clock its dates were chosen."""
        return zone_info(self.time_zone)


class ProposedPair(models.Model):
    """Two who would be a dyad; once published, the dyad."""

    round = models.ForeignKey(PairingRound, models.CASCADE, related_name="pairs")
    by_hand = models.BooleanField(default=False)
    dyad = models.OneToOneField(
        Dyad, models.SET_NULL, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.pk}"


class PlaceQuerySet(models.QuerySet["Place"]):
    def up(self) -> Self:
        """Of people who still sit in the congregation and may sign in."""
        seats = Membership.objects.present().filter(
            person=OuterRef("person_id"), circle=OuterRef("round__congregation_id")
        )
        return self.filter(Exists(seats), person__is_active=True)

    def left_over(self) -> Self:
        """Of those who were paired with nobody in a published round they took part in."""
        return self.filter(round__published_at__isnull=False, was_in=True, pair__isnull=True)


class Place(models.Model):
    """Somebody's place in a round: what they said to it, and with whom they are paired.

    Everybody who takes part has one as soon as the round opens. `must_say_yes`: they were
    silent in the last three, and are paired only if they say so. `heard_at`: they have done
    something about this round: answered, taken a time, said whether they met.
    """

    class Answer(models.TextChoices):
        NONE = "", _("not answered")
        IN = "in", _("in")
        SKIP = "skip", _("skips this one")

    class Wants(models.TextChoices):
        NONE = "", _("not answered")
        TRIO = "trio", _("to be three this time")
        FIRST = "first", _("first place next time")

    round = models.ForeignKey(PairingRound, models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, models.CASCADE, related_name="pairing_places")
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    must_say_yes = models.BooleanField(default=False)
    heard_at = models.DateTimeField(null=True, blank=True)
    # Whether they took part in the pairing when it was made.
    was_in = models.BooleanField(default=False)
    pair = models.ForeignKey(
        ProposedPair, models.SET_NULL, null=True, blank=True, related_name="places"
    )
    side = models.PositiveSmallIntegerField(null=True, blank=True)
    # With whom a pairing put them, whatever stewards did since.
    drawn_with = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # Why nobody was found, as facts that reveal nobody's refusal; what they chose then.
    lacking = models.JSONField(default=dict, blank=True, editable=False)
    wants = models.CharField(max_length=5, choices=Wants, default=Wants.NONE, blank=True)

    # Set by `places.dyads_and_most`.
    has: int
    at_most: int

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person"], name="place_once_a_round"),
            models.UniqueConstraint(fields=["pair", "side"], name="place_side_taken_once"),
            models.CheckConstraint(
                name="place_of_a_pair_has_a_side",
                # Without "is not null" an unknown side would pass: what is not false is kept.
                condition=Q(pair__isnull=True) | Q(side__isnull=False, side__in=[1, 2]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
