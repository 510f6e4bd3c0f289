"""A practice: one exercise with steps and timings."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle
from circles.seats import seats_of
from library.reading import LONGEST, PracticeText, TextStep
from people.models import Person


def homes_of(person: Person) -> set[int]:
    """Ids of the circles whose practices the person may read: where they sit, and the
    congregations that their crews and dyads stand in."""
    circles = [seat.circle for seat in seats_of(person)]
    return {home for one in circles for home in (one.pk, one.parent_id) if home is not None}


def circles_that_held(practice: "Practice", now: datetime) -> models.QuerySet[Circle]:
    """Circles with a meeting behind them for which they had chosen this practice.

    Meetings stand above the library; here they are only the circle's `sessions`.
    """
    past = Q(
        sessions__practice=practice, sessions__ends_at__lte=now, sessions__cancelled_at__isnull=True
    )
    return Circle.objects.filter(past).distinct()


class PracticeQuerySet(models.QuerySet["Practice"]):
    def published(self) -> Self:
        """Practices that can be held."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, person: Person | None) -> Self:
        """Practices that a person, or a visitor, may read: everybody's, and those of their own
        congregations and crews."""
        homes = homes_of(person) if person else set()
        return self.published().filter(Q(home=None) | Q(home__in=homes))

    def usable_by(self, circle: Circle) -> Self:
        """Practices that a circle may hold: everybody's, its own, its congregation's."""
        homes = [circle.pk, *([circle.parent_id] if circle.parent_id else [])]
        return self.published().filter(Q(home=None) | Q(home__in=homes))

    def for_scale(self, scale: str) -> Self:
        """Practices of one scale."""
        return self.filter(scale=scale)

    def fitting(self, *, people: int | None = None, minutes: int | None = None) -> Self:
        """Practices that work for so many people and end within so many minutes."""
        found = self
        if people is not None:
            found = found.filter(people_least__lte=people, people_most__gte=people)
        if minutes is not None:
            found = found.filter(minutes__lte=minutes)
        return found

    def matching(self, words: str) -> Self:
        """Practices in whose title, purpose, roles, text or steps every one of the words occurs."""
        found = self
        for word in words.split():
            found = found.filter(found_by__contains=word.casefold())
        return found

    def in_order(self) -> Self:
        """From the smallest scale to the largest, then the shortest first."""
        scales = [When(scale=scale, then=order) for order, scale in enumerate(Practice.Scale)]
        return self.order_by(Case(*scales), "minutes", "title", "pk")


class Practice(models.Model):
    """What it is for, for how many, how long, in which steps, and where it comes from."""

    class Scale(models.TextChoices):
        SELF = "self", _("Self")
        DYAD = "dyad", _("Dyad")
        CREW = "crew", _("Crew")
        CONGREGATION = "congregation", _("Congregation")

    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=LONGEST["title"])
    scale = models.CharField(_("scale"), max_length=12, choices=Scale)
    purpose = models.CharField(_("purpose"), max_length=LONGEST["purpose"])
    opening = models.TextField(_("how it works"), blank=True)
    caution = models.TextField(_("caution"), blank=True)
    people_least = models.PositiveSmallIntegerField(_("at least"))
    people_most = models.PositiveSmallIntegerField(_("at most"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    roles = models.JSONField(_("roles"), default=list, blank=True)
    # The role of whoever has no other ("coaches"), or "".
    others = models.CharField(_("all others"), max_length=LONGEST["role"], blank=True)
    source = models.CharField(_("source"), max_length=LONGEST["source"])
    is_shipped = models.BooleanField(default=False, editable=False)
    # The congregation, or crew without one, whose own it is; None: everybody's.
    home = models.ForeignKey(
        Circle, models.PROTECT, null=True, blank=True, related_name="practices", editable=False
    )
    variation_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="variations", editable=False
    )
    written_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Every word a search looks through, in small letters.
    found_by = models.TextField(blank=True, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="practice_people_in_order",
                condition=Q(people_least__gte=1, people_most__gte=F("people_least")),
            ),
            models.CheckConstraint(name="practice_takes_time", condition=Q(minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The practice's page."""
        return reverse("library:practice", args=[self.slug])

    @property
    def all_roles(self) -> list[str]:
        """Every role, that of all others last."""
        return [*self.roles, *([self.others] if self.others else [])]

    @property
    def text(self) -> PracticeText:
        """Itself as it would be written in a file."""
        return PracticeText(
            title=self.title,
            scale=self.scale,
            purpose=self.purpose,
            opening=self.opening,
            caution=self.caution,
            people_least=self.people_least,
            people_most=self.people_most,
            minutes=self.minutes,
            roles=tuple(self.roles),
            others=self.others,
            source=self.source,
            steps=tuple(step.text for step in self.steps.all()),
        )


class Step(models.Model):
    """One timed step. Silence is a step like any other; a step for each is one turn a person.

    `who` names the role whose turn it is, or is empty when all speak.
    """

    class Kind(models.TextChoices):
        TALK = "talk", _("all together")
        EACH = "each", _("a turn for each")
        SILENT = "silent", _("in silence")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST["step"])
    words = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.TALK)
    who = models.CharField(max_length=LONGEST["role"], blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "position"], name="step_position_once"),
            models.CheckConstraint(name="step_takes_time", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="step_kind", condition=Q(kind__in=["talk", "each", "silent"])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> TextStep:
        """Itself as it would be written in a file."""
        return TextStep(
            title=self.title, words=self.words, minutes=self.minutes, kind=self.kind, who=self.who
        )
