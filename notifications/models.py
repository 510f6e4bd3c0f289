"""The ledger: one row a message, from owed to sent. Jobs only tick; this is the truth."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import ClassVar, Self, cast

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person

# The order in which messages go.
ORDER = ("-is_urgent", "due_at", "pk")
# In plain SQL, since it is done once a message: the ORM takes longer to put the same words
# together than the database to carry them out.
STAMP = """
UPDATE notifications_notice SET sent_at = %s, payload = %s
WHERE id = %s AND sent_at IS NULL AND dropped_at IS NULL
"""


class NoticeQuerySet(models.QuerySet["Notice"]):
    def owed(self) -> Self:
        """Neither sent nor dropped."""
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)

    def claimable(self, now: datetime) -> Self:
        """Owed, due, and not in the hands of a worker that may still be alive."""
        stale = now - timedelta(seconds=settings.NOTICE_STALE_SECONDS)
        return self.owed().filter(
            Q(claimed_at__isnull=True) | Q(claimed_at__lt=stale), due_at__lte=now
        )

    def claim(self, now: datetime, most: int = 1) -> "list[Notice]":
        """Take what has been due longest, urgent ones first; empty when nothing is due.

        PostgreSQL skips rows another worker holds. There as on SQLite rows are ours only when
        the conditional update changed all of them. One that a worker died with is taken alone:
        if it was the cause, it shall not take others with it again.
        """
        skips = connection.features.has_select_for_update_skip_locked
        while True:
            with transaction.atomic():
                due = self.claimable(now).order_by(*ORDER)
                due = due.select_for_update(skip_locked=True) if skips else due
                rows = list(due.values_list("pk", "claimed_at")[:most])
                fresh = list(takewhile(lambda row: row[1] is None, rows))
                pks = [pk for pk, _ in fresh or rows[:1]]
                taken = (
                    self.claimable(now)
                    .filter(pk__in=pks)
                    .update(claimed_at=now, attempts=models.F("attempts") + 1)
                )
                if taken != len(pks):
                    transaction.set_rollback(True)
                    continue
            run = list(self.select_related("person").filter(pk__in=pks).order_by(*ORDER))
            known: dict[object, object] = {}
            for notice in run:
                notice.peers, notice.known = tuple(run), known
            return run

    def stamp(self, notice: "Notice") -> None:
        """Write down that a message went out."""
        with connection.cursor() as cursor:
            now = connection.ops.adapt_datetimefield_value(timezone.now())
            cursor.execute(STAMP, [now, "{}", notice.pk])

    def give_back(self, run: "Sequence[Notice]") -> None:
        """Let go of what was claimed and not tried."""
        rest = self.owed().filter(pk__in=[notice.pk for notice in run])
        rest.update(claimed_at=None, attempts=models.F("attempts") - 1)


class Notice(models.Model):
    """One message owed to one person or address.

    `kind` says how to build it (`notifications.kinds`), `ref` from what, and `key` what makes
    it this one and no other: a reminder's key carries the session's start, so that a moved
    session owes a new reminder. `payload` holds what cannot be built later, and is emptied
    when the message is gone.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="notices"
    )
    address = models.EmailField(blank=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    ref = models.BigIntegerField(default=0)
    payload = models.JSONField(default=dict, blank=True)
    is_urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    # Those claimed with it, and what was read for all of them.
    peers: "Sequence[Notice]" = ()
    known: "dict[object, object]"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notice_to_a_person_or_an_address",
                condition=Q(person__isnull=False, address="")
                | Q(person__isnull=True, address__gt=""),
            ),
            models.UniqueConstraint("person", "kind", "key", name="notice_once_a_person"),
            models.UniqueConstraint(
                fields=["address", "kind", "key"],
                condition=Q(person__isnull=True),
                name="notice_once_an_address",
            ),
            models.CheckConstraint(
                name="notice_sent_or_dropped",
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                models.F("is_urgent").desc(),
                "due_at",
                "id",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
                name="notice_owed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.key}"

    @property
    def to(self) -> str:
        """The address it goes to."""
        return self.person.email if self.person else self.address

    def once[Found](self, read: "Callable[[Sequence[Notice]], Found]") -> Found:
        """What `read` finds for this and those of its kind that were claimed with it.

        It is asked once for all of them, so that fifty reminders cost no more questions than
        one. A notice that was not claimed is alone.
        """
        if not self.peers:
            return read([self])
        question = (read, self.kind)
        if question not in self.known:
            self.known[question] = read([one for one in self.peers if one.kind == self.kind])
        return cast("Found", self.known[question])


class Switch(models.Model):
    """A person's own choice about one kind of mail. No row: it is sent."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_switches")
    kind = models.CharField(_("kind"), max_length=40)
    is_on = models.BooleanField(_("send it"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="switch_one_a_kind")
        ]

    def __str__(self) -> str:
        return self.kind
