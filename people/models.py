"""The person, who is also the user that signs in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.quiet_hours import QuietHours
from people.time_zones import city, validate_zone, zone_info

# A name becomes a mail header, and a line break in one would stall a whole batch.
one_line = RegexValidator(
    r"[\x00-\x1f\x7f\u2028\u2029]",
    message=_("Write the name on one line, please."),
    inverse_match=True,
)

LONGEST_NAME = 80


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Store a new person; the e-mail address is kept in lower case."""
        if not email:
            raise ValueError("a person needs an e-mail address")
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Store somebody who looks after the whole installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who takes part. Signs in by e-mail; has no username."""

    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=LONGEST_NAME, validators=[one_line])
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True, validators=[one_line])
    languages = models.JSONField(_("languages"), default=list, blank=True)
    about = models.TextField(_("about you"), max_length=600, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_zone]
    )
    suitable_hours = models.JSONField(
        _("hours that usually suit"), default=list, blank=True
    )  # people.week
    # Whole local hours between which mail waits; both or neither.
    quiet_from = models.PositiveSmallIntegerField(_("quiet from"), null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(_("quiet until"), null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("looks after the installation"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    # What was read for the reader of a request, by name; None for anybody else (circles/seats.py).
    read_once: dict[str, Any] | None = None

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="person_email_unique"),
            models.CheckConstraint(
                name="person_quiet_from_until",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(
                    ~Q(quiet_from=models.F("quiet_until")),
                    quiet_from__isnull=False,
                    quiet_from__lte=23,
                    quiet_until__isnull=False,
                    quiet_until__lte=23,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email.partition("@")[0]

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def first_name(self) -> str:
        """What a crewmate says: the name up to its first space."""
        return str(self).split(" ", 1)[0]

    @property
    def initials(self) -> str:
        """Up to two letters, for a seat at a table."""
        words = [word for word in str(self).split() if word[:1].isalnum()] or [str(self)]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @property
    def city(self) -> str:
        """The place that names their time zone."""
        return city(self.time_zone)

    @property
    def zone(self) -> Any:
        """Their time zone as a tzinfo."""
        return zone_info(self.time_zone)

    @property
    def quiet(self) -> QuietHours:
        """The hours in which mail to them waits."""
        return QuietHours(self.zone, self.quiet_from, self.quiet_until)


class RemovedLock(models.Model):
    """That the second lock of an account was taken off by somebody who looks after the
    installation, and who had recognised the person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="removed_locks")
    recognised_by = models.CharField(max_length=LONGEST_NAME)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return "a lock that was taken off"
