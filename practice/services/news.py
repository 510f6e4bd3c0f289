"""Telling a circle what changed: once, after a short wait, as it then stands."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from circles.models import Circle
from notifications.models import Notice
from notifications.services import owe_all
from people.models import Person
from practice.models import Change, Guest, News
from practice.services.permission import people_of

# A mistyped time is corrected within minutes; the mail about a change waits for that.
SECOND_THOUGHTS = timedelta(minutes=3)
# As long as the ledger of mail, which is built from them.
KEPT = timedelta(days=90)


def tell(circle: Circle, changes: Iterable[Change], *, by: Person) -> None:
    """Owe those concerned one mail about these changes and any that were not told yet.

    A meeting changed a second time is told as people knew it before the first, so that a change
    taken back in time is not told at all. Nobody hears of what they did themselves.
    """
    now = timezone.now()
    news = News.objects.filter(circle=circle, due_at__gt=now).first() or News(circle=circle)
    news.due_at = now + SECOND_THOUGHTS
    news.save()
    Change.objects.bulk_create(
        [_in(news, change, by) for change in changes],
        update_conflicts=True,
        unique_fields=["news", "session"],
        update_fields=["by"],
    )
    about = {"kind": "practice.changed", "key": news.key, "ref": news.pk, "due_at": news.due_at}
    owe_all(Notice(person=person, **about) for person in _others(news))


def _others(news: News) -> list[Person]:
    """Those at the table for whom somebody else changed something, and guests who may come."""
    makers = set(news.changes.values_list("by", flat=True))
    guests = Guest.objects.filter(session__in=news.changes.values("session")).interested()
    invited = {guest.person_id: guest.person for guest in guests.select_related("person")}
    seated = [person for person in people_of(news.circle) if makers - {person.pk}]
    return [*seated, *invited.values()]


def _in(news: News, change: Change, by: Person) -> Change:
    change.news, change.by = news, by
    return change


def forget_old_news(now: datetime) -> None:
    """Delete what was told long ago; nobody needs to know what was meant to be."""
    News.objects.filter(due_at__lt=now - KEPT).delete()
