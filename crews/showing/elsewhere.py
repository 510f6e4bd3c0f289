"""Where else there is a seat: for hands that found none."""

from collections.abc import Collection
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from circles.models import JoinRequest, Membership
from circles.scales import Scale
from crews.models import Crew
from crews.showing.suiting import in_common_with
from pages.registry import Waiting
from people.models import Person

MOST_TABLES, MOST_LOOKED_AT = 3, 60
# So long Today helps somebody onward whose hand found no seat.
HELPED_FOR = timedelta(days=14)


def open_tables(person: Person) -> "list[Crew]":
    """Crews with a free chair that the person may ask, that do not rest; the fullest first."""
    return list(
        Crew.objects.visible_to(person)
        .with_open_seats()
        .filter(resting_since__isnull=True)
        .exclude(pk__in=Crew.objects.of(person).values("pk"))
        .select_related("parent")
        .fullest_first()[:MOST_LOOKED_AT]
    )


def tables_for(person: Person, congregation: int | None) -> list[Crew]:
    """Up to three open tables of that congregation, most hours in common first.

    Not those that have answered the person already, or where their hand is up.
    """
    asked = JoinRequest.objects.filter(
        person=person, state__in=[JoinRequest.State.WAITING, JoinRequest.State.DECLINED]
    )
    seen = set(asked.values_list("circle_id", flat=True))
    tables = [
        crew
        for crew in open_tables(person)
        if crew.parent_id == congregation and crew.pk not in seen
    ]
    shared = in_common_with(tables, person)
    return sorted(tables, key=lambda crew: -shared[crew.pk])[:MOST_TABLES]


def helped_onward(person: Person) -> list[Waiting]:
    """For Today: a hand of the person's found no seat lately, and they sit at no table yet."""
    hand = (
        JoinRequest.objects.filter(
            person=person,
            state=JoinRequest.State.DECLINED,
            circle__scale=Scale.CREW,
            answered_at__gt=timezone.now() - HELPED_FOR,
        )
        .select_related("circle")
        .order_by("-answered_at")
        .first()
    )
    if hand is None or _has_gone_on(person, hand):
        return []
    tables = tables_for(person, hand.circle.parent_id)
    return [
        Waiting(
            scale=Scale.CREW,
            heading=_("No seat at {crew} this time").format(crew=hand.circle),
            words=_onward(tables),
            url=reverse("crews:index" if tables else "crews:call"),
            action=_("See the open tables") if tables else _("Call a crew"),
            in_letter=False,
        )
    ]


def _has_gone_on(person: Person, hand: JoinRequest) -> bool:
    """Whether they have sat down or raised a hand somewhere since."""
    later = JoinRequest.objects.filter(person=person, circle__scale=Scale.CREW)
    seats = Membership.objects.present().filter(person=person, scale=Scale.CREW)
    return (
        later.filter(asked_at__gt=hand.answered_at).exists()
        or seats.filter(joined_at__gt=hand.answered_at).exists()
    )


def _onward(tables: Collection[Crew]) -> str:
    if not tables:
        return _("No other table has a seat just now. Call a crew yourself: it takes two minutes.")
    names = pgettext("between two tables", ", ").join(str(crew) for crew in tables)
    return _("Here is one: {tables}. Or call a crew yourself.").format(tables=names)
