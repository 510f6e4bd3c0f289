"""Open seats for whoever comes late: the page, Today, and what a crew reads of a raised hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import JoinRequest
from circles.scales import Scale
from circles.seats import circles_with_seat
from crews.models import Crew, SeatOffer
from crews.rules.interests import label
from crews.services.fitting import Fit, fit_of, fits_for
from pages.pictures.table import TableSeat
from pages.registry import Waiting
from people.models import Person
from practice.showing.meetings import table_seats
from practice.showing.naming import in_one_breath
from practice.showing.often import hour
from practice.showing.wording import in_words

MOST_INTERESTS = 2


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A seat that fits its reader, in words."""

    crew: Crew
    people: Sequence[Person]
    seats: Sequence[TableSeat]
    names: str
    why: Sequence[str]


@dataclass(frozen=True, slots=True)
class SeatsPage:
    """What the page "Find me a seat" says."""

    reader: Person
    seats: Sequence[OpenSeat]
    hands: Sequence[JoinRequest]
    is_in_a_congregation: bool

    @property
    def heading(self) -> str:
        """The news."""
        if not self.seats:
            return _("No open seat fits just now") if self.can_search else _("Find me a seat")
        return ngettext(
            "A table has a seat that fits you",
            "{count} tables have a seat that fits you",
            len(self.seats),
        ).format(count=in_words(len(self.seats)).capitalize())

    @property
    def can_search(self) -> bool:
        """Whether there is anything to go by."""
        return self.is_in_a_congregation and bool(self.reader.suitable_hours)


def seats_page(reader: Person, now: datetime) -> SeatsPage:
    """The few seats that fit the reader best, reckoned on the spot."""
    congregations = circles_with_seat(reader, Scale.CONGREGATION)
    fits: list[Fit] = []
    if congregations and reader.suitable_hours:
        fits = fits_for([reader], congregations, now)[reader.pk]
    waiting = JoinRequest.objects.waiting().filter(person=reader, circle__scale=Scale.CREW)
    hands = list(waiting.select_related("circle").order_by("asked_at")[:5])
    return SeatsPage(reader, [_open_seat(fit) for fit in fits], hands, bool(congregations))


def _open_seat(fit: Fit) -> OpenSeat:
    reader = fit.newcomer
    return OpenSeat(
        crew=fit.crew,
        people=fit.people,
        seats=table_seats(list(fit.people), reader, fit.crew.seats, {}),
        names=in_one_breath(fit.people, reader),
        why=why_it_fits(fit),
    )


def why_it_fits(fit: Fit) -> list[str]:
    """Sentences for the newcomer."""
    reader, said = fit.newcomer, []
    if fit.at:
        when = hour(fit.at, reader.zone)
        said.append(_("{when} your time suits you and everybody there.").format(when=when))
    for interest, same in list(fit.interests.items())[:MOST_INTERESTS]:
        names = in_one_breath(same, reader)
        words = _("You and {names} chose “{interest}”.")
        said.append(words.format(names=names, interest=label(interest)))
    if fit.met:
        said.append(_("You know {names}.").format(names=in_one_breath(fit.met, reader)))
    return said


def why_they_fit(request: JoinRequest, reader: Person) -> list[str]:
    """Sentences for those at a crew's table about somebody whose hand is up."""
    if request.circle.scale != Scale.CREW or request.state != JoinRequest.State.WAITING:
        return []
    crew = Crew.objects.filter(pk=request.circle_id).first()
    if crew is None or not request.person.suitable_hours:
        return []
    fit = fit_of(request.person, crew, timezone.now())
    who, said = request.person.first_name, []
    if fit.at:
        when = hour(fit.at, reader.zone)
        said.append(_("{when} your time suits {who} and all of you.").format(when=when, who=who))
    for interest, same in list(fit.interests.items())[:MOST_INTERESTS]:
        names = in_one_breath(same, reader)
        words = _("{who} chose “{interest}”, as did {names}.")
        said.append(words.format(who=who, interest=label(interest), names=names))
    return said


def offered(person: Person) -> Iterator[Waiting]:
    """For Today: the best seat that waits for the reader's word; the page has the others."""
    offers = SeatOffer.objects.waiting().filter(person=person).select_related("crew")
    offer = offers.order_by("offered_at", "pk").first()
    if offer is None:
        return
    words = _("At {crew}.").format(crew=offer.crew)
    if offer.meets_at:
        when = hour(offer.meets_at, person.zone)
        words = _("{when} your time, at {crew}.").format(when=when, crew=offer.crew)
    yield Waiting(
        scale=Scale.CREW,
        heading=_("A table has a seat that fits you"),
        words=words,
        url=reverse("crews:seats"),
        action=_("Look at it"),
    )
