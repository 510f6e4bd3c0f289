"""How many dyads somebody wants at a time: theirs to say, and it binds others only."""

from collections.abc import Collection

from django.db.models import Count

from circles.models import Membership
from dyads.models import Dyad, Openness
from dyads.rules.plan import USUAL_DYADS
from people.models import Person


def say_how_many(*, by: Person, most: int) -> None:
    """Keep how many dyads at most `by` wants at a time (0 to `MOST_DYADS`)."""
    Openness.objects.update_or_create(person=by, defaults={"most": most})


def with_enough(people: Collection[int]) -> set[int]:
    """Which of these people (ids) sit in as many dyads as they want. Two questions.

    A dyad counts once both have sat down: invitations that wait bind nobody.
    """
    most = dict(Openness.objects.filter(person__in=people).values_list("person", "most"))
    seats = Membership.objects.present().filter(
        person__in=people, circle__in=Dyad.objects.complete().values("pk")
    )
    counted = dict(seats.order_by().values_list("person").annotate(Count("pk")))
    return {one for one in people if counted.get(one, 0) >= most.get(one, USUAL_DYADS)}
