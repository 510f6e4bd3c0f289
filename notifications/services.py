"""Writing to the ledger, and working it off."""

import contextlib
import logging
import smtplib
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from notifications import kinds
from notifications.kinds import is_urgent
from notifications.letters import Dropped, Held, message_for
from notifications.mime import Mail
from notifications.models import Notice, Switch
from people.addresses import reads
from people.models import Person

logger = logging.getLogger(__name__)

# After this many failures a message is given up; the waits between them add up to eighteen hours.
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
KEPT = timedelta(days=90)
# Messages claimed at once, and how long they stay in hand: what is not sent by then is given
# back. So no mail tells of a state older than this, nor does an urgent one wait longer, and no
# claim grows stale while its worker lives.
RUN = 50
IN_HAND = timedelta(seconds=1)


def owe(
    *,
    kind: str,
    key: str,
    person: Person | None = None,
    address: str = "",
    ref: int = 0,
    payload: dict[str, str] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Owe one message to a person or an address, once for this kind and key."""
    owe_all(
        [
            Notice(
                kind=kind,
                key=key,
                person=person,
                address=address.lower(),
                ref=ref,
                payload=payload or {},
                due_at=due_at or timezone.now(),
            )
        ]
    )


def owe_all(notices: Iterable[Notice]) -> None:
    """Owe all of these in one query, each once for its person, kind and key.

    Safe inside any transaction: the rows commit or vanish with what they tell of. The mails
    are built and sent by a worker, soon after the commit.
    """
    owed = list(notices)
    for notice in owed:
        notice.is_urgent = is_urgent(notice.kind)
    Notice.objects.bulk_create(owed, ignore_conflicts=True)
    now = timezone.now()
    if any(notice.due_at <= now for notice in owed) and not _will_nudge():
        transaction.on_commit(nudge)


def _will_nudge() -> bool:
    """Whether this transaction asks a worker already; once is enough, however many it owes."""
    return any(row[1] is nudge for row in connection.run_on_commit)


def nudge() -> None:
    """Ask a worker to send what is due now. If no broker answers, the next tick will."""
    from notifications.tasks import send_due_notices  # tasks import services

    try:
        send_due_notices.apply_async(retry=False, expires=settings.NOTICE_TICK_SECONDS)
    except (OperationalError, OSError):
        logger.warning("The broker did not answer; the next tick sends what is due.")


def queue_due_notices(now: datetime) -> int:
    """Let every kind with a clock of its own write what is due; returns how many were offered."""
    offered = 0
    for kind in kinds.every():
        if kind.due is None:
            continue
        try:
            with transaction.atomic():
                rows = list(kind.due(now))
                Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        except Exception:
            # One kind that cannot tell what is due must not keep the others from being sent.
            logger.exception("What is due of %s could not be written", kind.slug)
        else:
            offered += len(rows)
    return offered


def send_due(*, seconds: float, connections: int = 1) -> int:
    """Send what is due until nothing is left or the time is up; returns how many were sent.

    Over several connections to the mail server when there is enough for them: while one waits
    for an answer, the next mail is built. Each is a thread with its own run of messages.
    """
    waiting = Notice.objects.claimable(timezone.now())[: RUN * connections].count()
    end = time.monotonic() + seconds
    if waiting <= RUN or connections == 1:
        return _send_until(end)
    with ThreadPoolExecutor(connections) as threads:
        return sum(threads.map(_send_in_a_thread, [end] * connections))


def _send_in_a_thread(end: float) -> int:
    try:
        return _send_until(end)
    finally:
        connection.close()


def _send_until(end: float) -> int:
    """Claim a run and work it off, again and again, over one connection to the mail server."""
    sent = 0
    mailer = mailers.default
    try:
        while time.monotonic() < end and (run := Notice.objects.claim(timezone.now(), RUN)):
            sent += _work_off(run, mailer, end)
    finally:
        with contextlib.suppress(OSError):
            mailer.close()
    return sent


def _work_off(run: list[Notice], mailer: BaseEmailBackend, end: float) -> int:
    """Send and stamp one after another while the run is fresh, and give back what is left.

    Each is stamped before the next is sent. That bounds what a crash can repeat: the one message
    between the server's "250" and our stamp.
    """
    sent = 0
    claimed_at = run[0].claimed_at or timezone.now()
    try:
        while run:
            sent += deliver(run.pop(0), mailer)
            if time.monotonic() >= end or timezone.now() - claimed_at > IN_HAND:
                break
    finally:
        Notice.objects.filter(claimed_at=claimed_at).give_back(run)
    return sent


def deliver(notice: Notice, mailer: BaseEmailBackend) -> bool:
    """Build a claimed message from the present state, send and stamp it; True when it went out.

    Outside any transaction. A failure leaves the message owed, a little later each time.
    """
    try:
        outcome = _built(notice)
        if isinstance(outcome, Dropped):
            _close(notice, dropped_at=timezone.now(), reason=outcome.reason[:200])
            return False
        if isinstance(outcome, Held):
            _hold(notice, outcome.until)
            return False
        mailer.open()
        mailer.send_messages([outcome])
    except smtplib.SMTPRecipientsRefused as error:
        _postpone(notice, error, for_good=all(c >= 500 for c, _ in error.recipients.values()))
        return False
    except OSError as error:
        # The server is away or has had enough of this connection: begin a new one next time.
        with contextlib.suppress(OSError):
            mailer.close()
        _postpone(notice, error)
        return False
    except Exception as error:
        # One message that cannot be built must not hold up the others.
        logger.exception("Notice %s could not be built", notice.pk)
        _postpone(notice, error)
        return False
    Notice.objects.stamp(notice)
    return True


def _built(notice: Notice) -> Mail | Held | Dropped:
    kind = kinds.find(notice.kind)
    if kind is None:
        return Dropped("this kind is no longer sent")
    reader = notice.person
    if reader is None and kind.can_be_stopped:
        # An address may belong to somebody here: then their own switches hold for it, too.
        reader = Person.objects.filter(reads(notice.address)).first()
    if reader is not None:
        if not reader.is_active:
            return Dropped("the person has left")
        if not _is_wanted(notice, reader, kind):
            return Dropped("switched off")
    letter = kind.build(notice)
    if isinstance(letter, Dropped):
        return letter
    if reader is not None and not kind.is_urgent:
        now = timezone.now()
        earliest = reader.quiet.earliest(now, letter.needed_by)
        if earliest > now:
            return Held(earliest)
    return message_for(notice, letter, kind, reader)


def _is_wanted(notice: Notice, reader: Person, kind: kinds.Kind) -> bool:
    if notice.person is None:
        return wants(reader, kind)
    return not kind.can_be_stopped or reader.pk not in notice.once(_switched_off)


def _switched_off(notices: Sequence[Notice]) -> set[int]:
    people = [notice.person_id for notice in notices]
    off = Switch.objects.filter(kind=notices[0].kind, is_on=False, person__in=people)
    return set(off.values_list("person_id", flat=True))


def _close(notice: Notice, **fields: object) -> None:
    Notice.objects.filter(pk=notice.pk, sent_at__isnull=True, dropped_at__isnull=True).update(
        payload={}, **fields
    )


def _hold(notice: Notice, until: datetime) -> None:
    attempts = F("attempts") - 1
    Notice.objects.filter(pk=notice.pk).owed().update(
        claimed_at=None, due_at=until, attempts=attempts
    )


def _postpone(notice: Notice, error: Exception, *, for_good: bool = False) -> None:
    words = f"{type(error).__name__}: {error}"[:200]
    if for_good or notice.attempts >= MOST_ATTEMPTS:
        _close(notice, dropped_at=timezone.now(), reason=f"given up: {words}"[:200])
        return
    wait = FIRST_WAIT * 3 ** (notice.attempts - 1)
    Notice.objects.filter(pk=notice.pk).owed().update(
        claimed_at=None, due_at=timezone.now() + wait, reason=words
    )


def wants(person: Person, kind: kinds.Kind) -> bool:
    """Whether the person gets this kind of mail."""
    if not kind.can_be_stopped:
        return True
    switch = Switch.objects.filter(person=person, kind=kind.slug).first()
    return switch.is_on if switch else True


@transaction.atomic
def set_switch(*, person: Person, kind: kinds.Kind, is_on: bool) -> None:
    """Keep the person's choice about one kind of mail."""
    if kind.can_be_stopped:
        Switch.objects.update_or_create(person=person, kind=kind.slug, defaults={"is_on": is_on})


def forget_old(now: datetime) -> int:
    """Delete what was sent or dropped long ago; the ledger is no archive of who wrote to whom."""
    old = Notice.objects.exclude(pk__in=Notice.objects.owed().values("pk")).filter(
        created_at__lt=now - KEPT, due_at__lt=now - KEPT
    )
    deleted, _ = old.delete()
    return deleted
