"""What waits on Today after a meeting, and before there is one."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.scales import Scale
from pages.registry import Waiting
from people.models import Person
from practice.models import Poll, PracticeSession

# Later nobody remembers, and it does not matter.
REMEMBERED = timedelta(days=7)
MOST = 2


def attendance(person: Person) -> Iterator[Waiting]:
    """Who was there? Asked at small tables, until somebody has noted it."""
    now = timezone.now()
    held = (
        PracticeSession.objects.visible_to(person)
        .happening()
        .past(now)
        .filter(
            ends_at__gt=now - REMEMBERED,
            attendances__isnull=True,
            circle__scale__in=[Scale.DYAD, Scale.CREW],
        )
        .select_related("circle")
    )
    for session in held[:MOST]:
        day = formatted(timezone.localtime(session.starts_at), "l")
        yield Waiting(
            scale=session.circle.scale,
            heading=_("{circle} met on {day}").format(circle=session.circle, day=day),
            words=_("Who was there? Any one of you can note it."),
            url=session.get_absolute_url(),
            action=_("Note it"),
        )


def polls(person: Person) -> Iterator[Waiting]:
    """Times about which a circle waits for the person's word."""
    now = timezone.now()
    for poll in Poll.objects.waiting_for(person, now).select_related("circle")[:MOST]:
        words = ngettext("Does this time suit you?", "Which of {count} times suit you?", poll.times)
        yield Waiting(
            scale=poll.circle.scale,
            heading=_("{circle} looks for a time").format(circle=poll.circle),
            words=f"{poll}. {words.format(count=poll.times)}",
            url=poll.get_absolute_url(),
            action=_("Say which suit me"),
        )
