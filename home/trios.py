"""A table for three who came out of a round of pairing: a crew that has begun."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Circle
from circles.scales import LAWS, Scale
from circles.services import take_seat
from crews.models import Crew
from crews.rules.lengths import LEAST_MEETINGS, MOST_MEETINGS
from crews.services.beginning import shared_languages
from crews.services.first_time import Common
from dyads.models import Trio
from dyads.services.introducing import fresh_times
from dyads.services.trios import Three
from practice.services.permission import people_of
from practice.showing.often import how_often


def lay_table(three: Three) -> Circle:
    """A crew of these three in the round's congregation, with the round's plan as its rhythm.

    Inside the transaction of whoever said the last yes. Nobody called it, and it takes no
    newcomers before the three say so.
    """
    people, pairing = list(three.people), three.round
    names = [one.first_name for one in people]
    often = how_often(pairing.weeks)
    crew = Crew.objects.create(
        scale=Scale.CREW,
        name=_("{one}, {other} & {third}").format(
            one=names[0][:25], other=names[1][:25], third=names[2][:25]
        ),
        intention=_("Equal turns, the three of us."),
        seats=LAWS[Scale.CREW].least,
        parent=pairing.congregation,
        rhythm_in_words=_("{often}, {minutes} minutes").format(
            often=often[:1].upper() + often[1:], minutes=pairing.minutes
        ),
        languages=shared_languages(people),
        time_zone=pairing.time_zone,
        meetings=min(max(pairing.meetings, LEAST_MEETINGS), MOST_MEETINGS),
        begun_at=timezone.now(),
        takes_newcomers=False,
    )
    for person in people:
        take_seat(circle=crew, person=person)
    return crew


def hours_of_three(crew: Crew, now: datetime) -> Common | None:
    """What suits all who sit at a table that came out of a round, and the round's plan."""
    trio = Trio.objects.filter(crew=crew.pk).select_related("place__round").first()
    if trio is None:
        return None
    pairing, people = trio.place.round, people_of(crew)
    times = fresh_times(people, minutes=pairing.minutes, now=now)
    return Common(times, pairing.weeks, pairing.minutes) if times else None
