"""Meetings as calendar events, for files, mails and feeds.

One VEVENT a meeting, in UTC, so that no calendar has to understand our zones; a stable UID and
a rising SEQUENCE, so that a newer file replaces what an older one said. The same meetings make
the same bytes, so that a calendar can be told that nothing is new.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from circles.scales import Scale
from notifications.letters import Attachment
from notifications.links import absolute
from practice.models import PracticeSession

MIMETYPE = "text/calendar"
# How often a calendar program should look again. A wish: Google looks when it likes.
READ_AGAIN = timedelta(hours=4)


def calendar_of(sessions: Iterable[PracticeSession], *, shows_names: bool = True) -> bytes:
    """An iCalendar file (RFC 5545) with these meetings; cancelled ones as cancelled."""
    return _file(_calendar(), sessions, shows_names)


def feed_of(sessions: Iterable[PracticeSession], *, shows_names: bool) -> bytes:
    """The same, for programs that subscribe: named, and with a wish when to read again (RFC 7986;
    the X- properties are what Outlook and Apple read)."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Common Table")
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{READ_AGAIN // timedelta(hours=1)}H")
    return _file(calendar, sessions, shows_names)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Common Table//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _file(calendar: Calendar, sessions: Iterable[PracticeSession], shows_names: bool) -> bytes:
    for session in sessions:
        calendar.add_component(event_of(session, shows_names=shows_names))
    return bytes(calendar.to_ical())


def event_of(session: PracticeSession, *, shows_names: bool) -> Event:
    """One meeting. Says where and what for, and nothing of what is said there; without names,
    neither whose it is nor what for. Of what somebody does for themselves it never says more
    than that the hour is taken."""
    shows_names = shows_names and session.circle.scale != Scale.SELF
    event = Event()
    event.add("uid", f"{session.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.changed_at)
    event.add("last-modified", session.changed_at)
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", session.circle.name if shows_names else neutral_title(session))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("url", absolute(session.get_absolute_url()))
    if session.place or session.link:
        event.add("location", session.place or session.link)
    if session.practice is not None and shows_names:
        event.add("description", _("Practice: {title}").format(title=session.practice.title))
    return event


def neutral_title(session: PracticeSession) -> str:
    """ "Crew, Common Table", and for oneself "Taken": for calendars into which others look."""
    if session.circle.scale == Scale.SELF:
        return _("Taken")
    return _("{scale}, Common Table").format(scale=session.circle.get_scale_display())


def attachment(sessions: Iterable[PracticeSession]) -> Attachment:
    """The file as it goes with a mail."""
    return Attachment("common-table.ics", calendar_of(sessions), MIMETYPE)
