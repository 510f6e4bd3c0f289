"""Whom the reader may ask to be a dyad, and how it stands with each."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from circles.models import Circle, Invitation, Membership
from circles.scales import Scale
from circles.seats import circles_with_seat
from dyads.models import Dyad
from dyads.services import with_enough
from people.models import Person

MOST_FOUND = 24
# Without a name a phone shows no more than these; the others are found by theirs.
MOST_UNASKED = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody of the reader's congregations; without a `url` they cannot be asked just now."""

    person: Person
    congregation: Circle
    url: str
    words: str = ""


def found(reader: Person, name: str) -> list[Found]:
    """People with this in their name; a handful without it."""
    mine = circles_with_seat(reader, Scale.CONGREGATION)
    seats = Membership.objects.present().filter(circle__in=mine, person__is_active=True)
    if name:
        seats = seats.filter(person__name__icontains=name)
    listed = seats.exclude(person=reader).select_related("person", "circle")
    rows = list(
        listed.order_by("person__name", "person", "circle__name")[
            : MOST_FOUND if name else MOST_UNASKED
        ]
    )
    people = {seat.person_id for seat in rows}
    between = {**_asked(reader, people), **_dyads(reader, people)}
    enough = with_enough(people)
    shown = []
    for seat in rows:
        url, words = reverse("dyads:invite", args=[seat.circle_id, seat.person_id]), ""
        if seat.person_id in between:
            url, words = between[seat.person_id]
        elif seat.person_id in enough:
            url, words = "", _("looks for no other dyad at the moment")
        shown.append(Found(seat.person, seat.circle, url, words))
    return shown


def _dyads(reader: Person, people: set[int]) -> dict[int, tuple[str, str]]:
    """Those with whom the reader is a dyad already."""
    seats = Membership.objects.present().filter(
        person__in=people, circle__in=Dyad.objects.open().of(reader).values("pk")
    )
    return {
        seat.person_id: (reverse("dyads:dyad", args=[seat.circle_id]), _("you are a dyad"))
        for seat in seats
    }


def _asked(reader: Person, people: set[int]) -> dict[int, tuple[str, str]]:
    """Those whom the reader has asked, and who have asked the reader."""
    to_me = Invitation.objects.for_person(reader).filter(invited_by__in=people)
    asked = Invitation.objects.waiting().filter(
        Q(invited_by=reader, person__in=people) | Q(pk__in=to_me.values("pk")),
        circle__scale=Scale.DYAD,
    )
    found = {}
    for one in asked.select_related("circle"):
        if one.invited_by_id == reader.pk:
            url = reverse("dyads:dyad", args=[one.circle_id])
            found[one.person_id or 0] = url, _("you have asked")
        else:
            found[one.invited_by_id] = one.get_absolute_url(), _("has asked you")
    return found
