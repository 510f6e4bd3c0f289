"""A person's calendar addresses. A secret leaves here once, for its owner to read."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle
from people.models import Person
from practice import errors
from practice.models import Feed
from practice.models.feed import digest_of

SECRET_BYTES = 32
MOST_FEEDS = 10


@transaction.atomic
def make_feed(
    *, by: Person, circles: Iterable[Circle] = (), shows_names: bool = False
) -> tuple[Feed, str]:
    """A new address for one's own calendar, and its secret: of some circles, of all if none are
    named. Raises TooManyFeeds."""
    Person.objects.select_for_update().get(pk=by.pk)
    if Feed.objects.filter(person=by).count() >= MOST_FEEDS:
        raise errors.TooManyFeeds
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = Feed.objects.create(person=by, digest=digest_of(secret))
    change_feed(feed=feed, by=by, circles=circles, shows_names=shows_names)
    return feed, secret


@transaction.atomic
def change_feed(*, feed: Feed, by: Person, circles: Iterable[Circle], shows_names: bool) -> None:
    """What the address shows; it stays the same address. Raises NotAllowed."""
    _require_own(feed, by)
    chosen = list(circles)
    feed.has_all, feed.shows_names = not chosen, shows_names
    feed.save(update_fields=["has_all", "shows_names"])
    feed.circles.set(chosen)


@transaction.atomic
def renew_feed(*, feed: Feed, by: Person) -> str:
    """Another secret for the same feed; the old one opens nothing any more. Raises NotAllowed."""
    _require_own(feed, by)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed.digest, feed.made_at, feed.last_read_on = digest_of(secret), timezone.now(), None
    feed.save(update_fields=["digest", "made_at", "last_read_on"])
    return secret


def remove_feed(*, feed: Feed, by: Person) -> None:
    """End the address. Raises NotAllowed."""
    _require_own(feed, by)
    feed.delete()


def note_read(*, feed: Feed, content: bytes, now: datetime) -> None:
    """Note on the feed that this was read from it today, and since when it has been so.

    Writes only when either is news.
    """
    digest, today = hashlib.sha256(content).hexdigest(), timezone.localdate(now, feed.person.zone)
    if (feed.content_digest, feed.last_read_on) == (digest, today):
        return
    if feed.content_digest != digest:
        feed.content_digest, feed.content_since = digest, now
    feed.last_read_on = today
    # An update, not a save: what was renewed or removed meanwhile stays so.
    Feed.objects.filter(pk=feed.pk, digest=feed.digest).update(
        content_digest=feed.content_digest,
        content_since=feed.content_since,
        last_read_on=today,
    )


def _require_own(feed: Feed, by: Person) -> None:
    if feed.person_id != by.pk:
        raise NotAllowed
