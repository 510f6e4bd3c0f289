"""A crew gone quiet: on its page, on Today, and in a steward's pulse."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circles.scales import Scale
from circles.seats import circles_with_seat
from congregation.pulse import MOST as MOST_PULSE
from congregation.pulse import Need, PulseRow
from crews.models import QuietQuestion
from crews.showing.now import CrewNow
from pages.registry import Waiting
from pages.sections import Step
from people.models import Person

MOST = 2


def has_gone_quiet(now: CrewNow) -> Step | None:
    """On the crew's page: all are asked how it is."""
    if not now.crew.has_begun or now.meetings.next or now.crew.is_resting:
        return None
    if not QuietQuestion.objects.open().filter(crew=now.crew).exists():
        return None
    return Step(
        heading=_("How is your crew?"),
        words=_("You have not met for a while. Does it rest, has it ended, or does it still meet?"),
        url=reverse("crews:quiet", args=[now.crew.pk]),
        action=_("Say how it is"),
    )


def waiting_when_quiet(person: Person) -> Iterator[Waiting]:
    """For Today: crews that are asked."""
    crews = circles_with_seat(person, Scale.CREW)
    if not crews:
        return
    asked = QuietQuestion.objects.open().filter(crew__in=crews).select_related("crew")
    for question in asked.order_by("asked_at", "pk")[:MOST]:
        yield Waiting(
            scale=Scale.CREW,
            heading=_("{crew} has been quiet for a while").format(crew=question.crew),
            words=_("Does it rest, has it ended, or does it still meet? One tap is enough."),
            url=reverse("crews:quiet", args=[question.crew_id]),
            action=_("Say how it is"),
        )


def gone_quiet(congregations: Collection[int]) -> Iterator[PulseRow]:
    """In the pulse: that a crew is asked, and since when."""
    asked = QuietQuestion.objects.open().filter(crew__parent__in=congregations)
    for question in asked.select_related("crew").order_by("asked_at", "pk")[:MOST_PULSE]:
        day = formatted(localtime(question.asked_at), "j F")
        yield PulseRow(
            need=Need.GONE_QUIET,
            since=question.asked_at,
            heading=_("{crew} has gone quiet").format(crew=question.crew),
            words=_("All of them were asked on {day}. A kind word may help.").format(day=day),
            url=question.crew.get_absolute_url(),
            action=_("Open {crew}").format(crew=question.crew),
        )
