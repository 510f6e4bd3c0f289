"""What a crew's page says of its meetings, and of what it lacks to have some."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crews.models import ProposedCrew
from crews.rules.dates import coming
from crews.services.first_time import common_to
from crews.showing.now import CrewNow
from pages.sections import Step
from practice.showing.meetings import Meeting, Meetings, Place, places
from practice.showing.often import hour
from practice.showing.turns import Turns, turns_of


def table_is_laid(now: CrewNow) -> Step | None:
    """They meet now, or in a few minutes."""
    meeting = now.meetings.next
    if meeting is None or not meeting.session.is_near:
        return None
    return Step(
        heading=_("The table is laid"),
        url=reverse("practice:hold", args=[meeting.session.pk]),
        action=_("Go to the table"),
    )


def people_are_missing(now: CrewNow) -> Step | None:
    """There are too few to begin."""
    if not now.missing:
        return None
    return Step(
        heading=now.sentence,
        words=_("Then you can set a rhythm. Invite somebody you would like to sit with."),
        url=reverse("circles:invite", args=[now.crew.pk]),
        action=_("Invite somebody"),
    )


def first_evening(now: CrewNow) -> Step | None:
    """A round has found an hour for all: the form to set it is filled in."""
    if now.meetings.next or now.has_met or not now.meetings.may_schedule:
        return None
    table = ProposedCrew.objects.select_related("round").filter(crew=now.crew).first()
    if table is None or table.meets_at is None:
        return None
    at = coming(table.meets_at, timezone.now()).astimezone(now.reader.zone)
    every = {1: "week", 2: "fortnight"}.get(table.round.weeks)
    meeting = {
        "day": at.date().isoformat(),
        "at": f"{at:%H:%M}",
        "zone": now.reader.time_zone,
        "minutes": table.round.minutes,
        "meetings": now.crew.meetings,
        **({"every": every} if every else {}),
    }
    return Step(
        heading=_("Set your first evening"),
        words=_(
            "{when} your time suits all who said yes. It stands as soon as one of you sets it."
        ).format(when=hour(at, now.reader.zone)),
        url=f"{reverse('practice:schedule', args=[now.crew.pk])}?{urlencode(meeting)}",
        action=_("Set it"),
        second_url=reverse("practice:find", args=[now.crew.pk]),
        second_action=_("Find another time"),
    )


@dataclass(frozen=True, slots=True)
class FirstTime:
    """A time that suits all; `elsewhere` are walls of others that show another."""

    at: datetime
    elsewhere: Sequence[Place]

    @property
    def value(self) -> str:
        """What the button sends."""
        return self.at.isoformat()


def first_times(now: CrewNow) -> list[FirstTime] | None:
    """Times to take, for a table laid elsewhere that has not met."""
    if now.meetings.next or now.has_met or not now.meetings.may_schedule:
        return None
    found = common_to(now.crew, timezone.now())
    return [FirstTime(at, _elsewhere(at, now)) for at in found.times] if found else None


def times_to_take(now: CrewNow) -> Step | None:
    """The same, as what now: they stand further down on a phone."""
    if not first_times(now):
        return None
    return Step(
        heading=_("When do you meet first?"),
        words=_("Below are hours that suit you all. One tap sets your meetings."),
        url="#first-times-h",
        action=_("See the hours"),
        second_url=reverse("practice:find", args=[now.crew.pk]),
        second_action=_("Find another time"),
    )


def _elsewhere(at: datetime, now: CrewNow) -> list[Place]:
    here = at.astimezone(now.reader.zone).utcoffset()
    walls = {wall.city: wall for wall in places(at, now.people, now.reader)}
    return [wall for wall in walls.values() if wall.local.utcoffset() != here]


def no_meeting_is_set(now: CrewNow) -> Step | None:
    """They could meet, and have not said when."""
    if now.meetings.next or not now.meetings.may_schedule:
        return None
    return Step(
        heading=_("When do you meet?"),
        words=_("A steady rhythm is what makes this work: the same hour, every other week."),
        url=reverse("practice:schedule", args=[now.crew.pk]),
        action=_("Set a rhythm"),
        second_url=reverse("practice:find", args=[now.crew.pk]),
        second_action=_("Find a time"),
    )


def zones(now: CrewNow) -> Meeting | None:
    """The next meeting, where clocks differ at it."""
    meeting = now.meetings.next
    return meeting if meeting and meeting.spans_zones else None


def meetings(now: CrewNow) -> Meetings | None:
    """The beads and the rhythm, where there are any."""
    found = now.meetings
    return found if found.next or found.last_past or found.polls else None


def turns(now: CrewNow) -> Turns | None:
    """Who has which role at the next meetings."""
    return turns_of(now.meetings)
