"""Dyads in a list, seen by one of the two."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Invitation, Membership
from circles.scales import Scale
from dyads.models import Dyad
from dyads.showing.plan import kind_in_words, plan_in_words, who_supports
from people.models import Person
from practice.models import PracticeSession

MOST_SHOWN = 60
MOST_ASKING = 20


@dataclass(frozen=True, slots=True)
class DyadCard:
    """A dyad in a list, seen by one of the two."""

    dyad: Dyad
    other: Person | None
    invitation: Invitation | None = None
    next: PracticeSession | None = None
    # The reader's own seat.
    seat: int = 1

    @property
    def asked(self) -> str:
        """Whom one has asked, while the invitation waits."""
        if self.invitation is None:
            return ""
        return str(self.invitation.person or self.invitation.email)

    @property
    def title(self) -> str:
        """ "You and Oisín", or whom one has asked."""
        if self.other is not None:
            return _("You and {other}").format(other=self.other.first_name)
        return _("You asked {other}").format(other=self.asked) if self.asked else self.dyad.name

    @property
    def kind(self) -> str:
        """What the two are to each other; of stewarding, who supports whom."""
        other = self.other.first_name if self.other else self._asked_first
        if self.dyad.goes_one_way and other:
            supports = who_supports(self.dyad, self.seat, other, is_agreed=self.other is not None)
            return f"{kind_in_words(self.dyad)}. {supports}"
        return f"{kind_in_words(self.dyad)}."

    @property
    def plan(self) -> str:
        """How they mean to meet."""
        return f"{plan_in_words(self.dyad)}."

    @property
    def _asked_first(self) -> str:
        person = self.invitation.person if self.invitation else None
        return person.first_name if person else self.asked


def my_dyads(person: Person) -> list[DyadCard]:
    """Open dyads of the person, those waiting for an answer last."""
    dyads = list(Dyad.objects.open().of(person).fullest_first()[:MOST_SHOWN])
    seats = Membership.objects.present().filter(circle__in=dyads).select_related("person")
    mine, other = {}, {}
    for seat in seats:
        if seat.person_id == person.pk:
            mine[seat.circle_id] = seat.seat
        else:
            other[seat.circle_id] = seat.person
    waiting = Invitation.objects.waiting().filter(circle__in=dyads).select_related("person")
    asked = {invitation.circle_id: invitation for invitation in waiting}
    soonest = _soonest(dyads)
    return [
        DyadCard(
            dyad,
            other.get(dyad.pk),
            asked.get(dyad.pk),
            soonest.get(dyad.pk),
            mine.get(dyad.pk, 1),
        )
        for dyad in dyads
    ]


def _soonest(dyads: list[Dyad]) -> dict[int, PracticeSession]:
    """The next meeting of each."""
    same = PracticeSession.objects.filter(circle=OuterRef("circle")).to_come(timezone.now())
    found = PracticeSession.objects.filter(circle__in=dyads)
    return {
        session.circle_id: session for session in found.filter(pk=Subquery(same.values("pk")[:1]))
    }


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who asks the reader, and how it would be."""

    invitation: Invitation
    dyad: Dyad

    @property
    def kind(self) -> str:
        """What the two would be to each other."""
        who = self.invitation.invited_by.first_name
        return who_supports(self.dyad, 2, who, is_agreed=False) or f"{kind_in_words(self.dyad)}."

    @property
    def plan(self) -> str:
        """How they would meet."""
        return f"{plan_in_words(self.dyad)}."


def asking(person: Person) -> list[Asking]:
    """Who waits for the person's answer."""
    waiting = Invitation.objects.waiting().for_person(person).filter(circle__scale=Scale.DYAD)
    found = waiting.select_related("circle", "circle__dyad", "invited_by").order_by("invited_at")
    return [Asking(invitation, invitation.circle.dyad) for invitation in found[:MOST_ASKING]]
