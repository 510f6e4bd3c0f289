"""Meetings as calendar events, for files and mails.

One VEVENT a meeting, in UTC, so that no calendar has to understand our zones; a stable UID and
a rising SEQUENCE, so that a newer file replaces what an older one said.
"""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from notifications.letters import Attachment
from notifications.links import absolute
from practice.models import PracticeSession

MIMETYPE = "text/calendar"


def calendar_of(sessions: Iterable[PracticeSession]) -> bytes:
    """An iCalendar file (RFC 5545) with these meetings; cancelled ones as cancelled."""
    calendar = Calendar()
    calendar.add("prodid", "-//Common Table//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for session in sessions:
        calendar.add_component(event_of(session))
    return bytes(calendar.to_ical())


def event_of(session: PracticeSession) -> Event:
    """One meeting. Says where and what for, and nothing of what is said there."""
    event = Event()
    event.add("uid", f"{session.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", session.circle.name)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("url", absolute(session.get_absolute_url()))
    if session.place or session.link:
        event.add("location", session.place or session.link)
    if session.practice is not None:
        event.add("description", _("Practice: {title}").format(title=session.practice.title))
    return event


def attachment(sessions: Iterable[PracticeSession]) -> Attachment:
    """The file as it goes with a mail."""
    return Attachment("common-table.ics", calendar_of(sessions), MIMETYPE)
