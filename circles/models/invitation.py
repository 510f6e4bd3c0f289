"""Invitations: to one person, or by a link that a congregation hands round."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.core import signing
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models.circle import Circle
from circles.models.membership import Membership
from circles.models.preference import Preference
from circles.scales import Scale
from people.addresses import proved_by, reads
from people.models import Person

LIFE = timedelta(days=30)
SALT = "circles.invitation"
LINK_SALT = "circles.invitation-link"


def default_expiry() -> datetime:
    """A month from now."""
    return timezone.now() + LIFE


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> Self:
        """Neither answered nor taken back nor too old, to a circle that is still there; to a dyad
        by somebody who may still sign in, since nobody else sits there."""
        return self.filter(
            answered_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
            circle__closed_at__isnull=True,
        ).exclude(circle__scale=Scale.DYAD, invited_by__is_active=False)

    def managed_by(self, person: Person) -> Self:
        """Those a person may see in a list and take back: their own; all those of a crew they sit
        in, and of a congregation they look after."""
        seats = Membership.objects.present().filter(person=person, circle=OuterRef("circle_id"))
        looked_after = Circle.objects.looked_after_by(person).values("pk")
        return self.filter(
            Q(circle__in=looked_after)
            | Exists(seats) & (Q(invited_by=person) | ~Q(circle__scale=Scale.CONGREGATION))
        )

    def to(self, person: Person) -> Self:
        """Invitations to this person, or to an address of theirs, known to them or not."""
        theirs = Q(email=person.email) | Q(email__in=proved_by(person))
        return self.filter(Q(person=person) | Q(person__isnull=True) & theirs)

    def for_person(self, person: Person) -> Self:
        """Those of them that the person may know of."""
        return self.to(person).unrefused(person)

    def unrefused(self, reader: Person | None = None) -> Self:
        """Without those to a small table by somebody with whom the one who is invited, or the
        reader, would rather not sit: for them it is as if it had never come."""
        by = Q(by=OuterRef("person")) | reads(OuterRef("email"), at="by")
        if reader is not None:
            by |= Q(by=reader)
        refusals = Preference.objects.refusals().filter(by, whom=OuterRef("invited_by"))
        return self.exclude(Exists(refusals), circle__scale__in=[Scale.DYAD, Scale.CREW])


class Invitation(models.Model):
    """To a person who is here already, or to an e-mail address. Used once.

    Its link is a signature over its id: nothing in the database opens a door.
    """

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    message = models.TextField(_("a few words"), max_length=600, blank=True)
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=default_expiry)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="invitation_to_a_person_or_an_address",
                condition=Q(person__isnull=False, email="") | Q(person__isnull=True, email__gt=""),
            ),
            models.UniqueConstraint(
                "circle",
                "person",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open_a_person",
            ),
            models.UniqueConstraint(
                "circle",
                Lower("email"),
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True, email__gt=""),
                name="invitation_one_open_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle} → {self.person or self.email}"

    def get_absolute_url(self) -> str:
        """The page where it is read and answered; works without signing in."""
        return reverse("circles:invitation", args=[signing.Signer(salt=SALT).sign(str(self.pk))])

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be accepted."""
        return (
            self.answered_at is None
            and self.withdrawn_at is None
            and self.expires_at > timezone.now()
            and self.circle.is_open
            and (self.circle.scale != Scale.DYAD or self.invited_by.is_active)
        )


class InvitationLink(models.Model):
    """A congregation's link, handed round where its people talk. One at a time."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="links")
    made_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["circle"],
                condition=Q(ended_at__isnull=True),
                name="invitationlink_one_a_circle",
            )
        ]

    def __str__(self) -> str:
        return str(self.circle)

    def get_absolute_url(self) -> str:
        """The page that the link opens; works without signing in."""
        return reverse("circles:link", args=[signing.Signer(salt=LINK_SALT).sign(str(self.pk))])
