"""Help from outside a table: a visitor for one meeting, or a mediator between sides."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models import Circle, Membership
from people.models import Person, one_line
from practice.models import PracticeSession


class Glad(models.Model):
    """Somebody says that they are glad to visit, or to mediate, in their congregation."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="glad")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    to_visit = models.BooleanField(_("I am glad to visit a crew"), default=False)
    to_mediate = models.BooleanField(_("I am glad to mediate"), default=False)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "person"], name="glad_once_a_congregation"),
            models.CheckConstraint(
                name="glad_to_do_something", condition=Q(to_visit=True) | Q(to_mediate=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.circle}"


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    """Chainable reads."""

    def looking(self, now: datetime) -> Self:
        """Still without an offer, at a table that goes on, and not too late."""
        in_time = Q(session__isnull=True) | Q(
            session__starts_at__gt=now, session__cancelled_at__isnull=True
        )
        return self.filter(in_time, state=HelpRequest.State.LOOKING, circle__closed_at__isnull=True)

    def of_congregations(self, congregations: object) -> Self:
        """Asked at tables that stand in these congregations."""
        return self.filter(circle__parent__in=congregations)

    def offerable_by(self, person: Person, now: datetime) -> Self:
        """Those this person could offer help for: glad to, and nothing to the request so far."""
        glad = Glad.objects.filter(person=person, circle=OuterRef("circle__parent"))
        parts = HelpPart.objects.filter(request=OuterRef("pk"), person=person)
        suits = Q(Exists(glad.filter(to_visit=True)), kind=HelpRequest.Kind.VISITOR) | Q(
            Exists(glad.filter(to_mediate=True)), kind=HelpRequest.Kind.MEDIATOR
        )
        return self.looking(now).filter(suits, ~Exists(parts))

    def concerning(self, person: Person) -> Self:
        """Those of which the person knows from the inside, and those they help with.

        A visitor concerns everybody at the table; a mediator only the sides and the mediator.
        """
        parts = HelpPart.objects.filter(request=OuterRef("pk"), person=person)
        seats = Membership.objects.present().of(person).filter(circle=OuterRef("circle"))
        inside = Q(Exists(seats), kind=HelpRequest.Kind.VISITOR)
        return self.filter(
            inside | Q(Exists(parts.filter(role__in=[HelpPart.Role.SIDE, HelpPart.Role.HELPER])))
        )

    def visible_to(self, person: Person, now: datetime) -> Self:
        """Those that concern the person, and those they could offer help for."""
        known = HelpRequest.objects.concerning(person).values("pk")
        offerable = HelpRequest.objects.offerable_by(person, now).values("pk")
        return self.filter(Q(pk__in=known) | Q(pk__in=offerable))


class HelpRequest(models.Model):
    """Asked of the congregation. What is said stays between the sides and the mediator."""

    class Kind(models.TextChoices):
        VISITOR = "visitor", _("a visitor")
        MEDIATOR = "mediator", _("a mediator")

    class State(models.TextChoices):
        LOOKING = "looking", _("still looks")
        OFFERED = "offered", _("somebody has offered")
        CAME = "came", _("came")
        OVER = "over", _("came, and is over")
        TAKEN_BACK = "taken_back", _("taken back")

    OPEN: ClassVar = (State.LOOKING, State.OFFERED, State.CAME)
    # Between the asking and the coming.
    UNDECIDED: ClassVar = (State.LOOKING, State.OFFERED)

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="help_requests")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.LOOKING)
    session = models.ForeignKey(
        PracticeSession, models.CASCADE, null=True, related_name="help_requests"
    )
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    words = models.TextField(_("what you ask for"), max_length=300)
    asked_at = models.DateTimeField(default=timezone.now)
    # Since when nobody has offered: counts anew when an offer came to nothing.
    looking_since = models.DateTimeField(default=timezone.now)
    came_at = models.DateTimeField(null=True)
    # The talk with a mediator, and what it leaves behind.
    talk_at = models.DateTimeField(null=True)
    talk_where = models.CharField(max_length=300, blank=True, validators=[one_line])
    heard = models.TextField(_("what was heard"), max_length=1000, blank=True)
    next_step = models.TextField(_("what happens next"), max_length=1000, blank=True)
    look_again_on = models.DateField(_("a day to look again"), null=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="help_visitor_to_a_meeting",
                condition=Q(kind="visitor", session__isnull=False)
                | Q(kind="mediator", session__isnull=True),
            ),
            models.CheckConstraint(
                name="help_over_leaves_three_things",
                condition=Q(
                    state="over", heard__gt="", next_step__gt="", look_again_on__isnull=False
                )
                | Q(~Q(state="over"), heard="", next_step="", look_again_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state__in=["looking", "offered", "came"]),
                name="help_one_visitor_a_meeting",
            ),
            models.UniqueConstraint(
                fields=["circle", "asked_by"],
                condition=Q(kind="mediator", state__in=["looking", "offered", "came"]),
                name="help_one_mediator_an_asker",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["look_again_on"], condition=Q(state="over"), name="help_look_again"
            )
        ]

    def __str__(self) -> str:
        return f"{self.circle}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """Its own page, for those whom it concerns."""
        return reverse("congregation:help_request", args=[self.pk])

    @property
    def is_visit(self) -> bool:
        """Whether a visitor is asked for; else a mediator."""
        return self.kind == self.Kind.VISITOR

    @property
    def is_undecided(self) -> bool:
        """Whether nobody has come yet and somebody still may."""
        return self.state in self.UNDECIDED


class HelpPart(models.Model):
    """What somebody is to a request: exactly one thing.

    Everybody inside the table has a row from the moment of asking, or of sitting down later. So
    the database itself keeps a mediator from being somebody inside: a person stands once.
    """

    class Role(models.TextChoices):
        SIDE = "side", _("a side")
        INSIDE = "inside", _("at the table, and no side")
        HELPER = "helper", _("the one who helps")
        THANKED = "thanked", _("offered, and was thanked")

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="help_parts")
    role = models.CharField(max_length=8, choices=Role)
    # Of a side: said yes to who offers now; wishes that what was written goes. Nobody else's to
    # know, the sides' own included.
    said_yes = models.BooleanField(default=False)
    lets_go = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "person"], name="help_a_person_stands_once"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(role="helper"), name="help_one_helper"
            ),
            models.CheckConstraint(
                name="help_only_sides_answer",
                condition=Q(role="side") | Q(said_yes=False, lets_go=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role}"
