"""What a crew's page says of its meetings, and of what it lacks to have some."""

from django.urls import reverse
from django.utils.translation import gettext as _

from crews.models import Crew
from crews.showing.now import CrewNow, Step
from practice.showing.meetings import Meeting, Meetings
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


def agreements(now: CrewNow) -> Crew:
    """What they agreed."""
    return now.crew
