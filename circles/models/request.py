"""A raised hand: somebody asks for a seat."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models.circle import Circle
from circles.models.membership import Membership
from circles.scales import Scale
from people.models import Person


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> Self:
        """Not answered yet, and the circle is still there."""
        return self.filter(state=JoinRequest.State.WAITING, circle__closed_at__isnull=True)

    def answerable_by(self, person: Person) -> Self:
        """Requests this person may answer: any crewmate for a crew; a steward, or who looks after
        the installation, for a congregation."""
        seats = Membership.objects.present().filter(person=person, circle=OuterRef("circle_id"))
        crew = Q(circle__scale=Scale.CREW) & Exists(seats)
        whole = Q(circle__scale=Scale.CONGREGATION)
        return self.filter(
            crew | whole if person.is_staff else crew | whole & Exists(seats.stewards())
        )


class JoinRequest(models.Model):
    """Asked by the person; answered by somebody inside. One open request a person and circle."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("yes")
        DECLINED = "declined", _("not now")
        WITHDRAWN = "withdrawn", _("taken back")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="requests")
    message = models.TextField(_("a few words"), max_length=600, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["circle", "person"],
                condition=Q(state="waiting"),
                name="joinrequest_one_open_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.circle}"

    def get_absolute_url(self) -> str:
        """The page where somebody inside reads and answers it."""
        return reverse("circles:request", args=[self.pk])
