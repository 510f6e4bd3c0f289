"""The way back for whoever lost their passkey, their app and their recovery codes.

Somebody who looks after the installation takes the second lock off, after somebody recognised the
person. What the second lock was wanted for beyond signing in stays closed for a while after it
(`closed_until`), so that whoever was not asked has time to notice.
"""

import logging
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from people.addresses import addresses_of
from people.models import Person, RemovedLock

logger = logging.getLogger(__name__)

CLOSED_FOR = timedelta(days=7)


class NoLock(Exception):
    """There is no second lock on this account."""


@transaction.atomic
def remove_locks(*, person: Person, recognised_by: str) -> RemovedLock:
    """Take every passkey, app and recovery code off the account, and sign it out everywhere.

    The person is told at each address of theirs, and who recognised them. Raises NoLock.
    """
    locks = Authenticator.objects.filter(user=person)
    if not locks.exists():
        raise NoLock
    locks.delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    removed = RemovedLock.objects.create(person=person, recognised_by=recognised_by)
    get_adapter().mail_locks_removed(person, addresses_of(person), recognised_by)
    logger.warning("The second lock of person %s was removed by command.", person.pk)
    return removed


def closed_until(person: Person) -> datetime | None:
    """Until when what asks for a second look stays closed; None when it does not."""
    last = RemovedLock.objects.filter(person=person).order_by("-at").first()
    if last is None or last.at + CLOSED_FOR <= timezone.now():
        return None
    return last.at + CLOSED_FOR


def removed_from(person: Person) -> list[dict[str, object]]:
    """What the download of "everything" says of it."""
    kept = RemovedLock.objects.filter(person=person).order_by("at")
    return [{"at": one.at, "recognised_by": one.recognised_by} for one in kept]
