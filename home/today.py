"""Today: what comes next and what waits for me, over all scales."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Circle, Invitation
from circles.scales import Scale
from circles.seats import own_sizes, seats_of
from pages.registry import Waiting, waiting
from pages.respond import go, page
from pages.templatetags.dates import day_in_words
from people import services as people_services
from people.models import Person
from people.signed_in import person_of
from practice.concerned import people_at
from practice.models import PracticeSession
from practice.models.session import SessionQuerySet
from practice.showing.meetings import Meeting, meeting_of

MOST_WAITING = 12
MOST_CIRCLES = 12
# Whoever is asked about a meeting too far away cannot know.
ASKED_AHEAD = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class CircleRow:
    """One of my circles, as a picture and a line."""

    circle: Circle
    size: int
    next: PracticeSession | None

    @property
    def is_table(self) -> bool:
        """Whether it is a dyad or a crew, which sit at one table."""
        return self.circle.scale in {Scale.DYAD, Scale.CREW}

    @property
    def missing(self) -> int:
        """How many people a table still needs before it can set a rhythm."""
        return self.circle.law.missing(self.size) if self.is_table else 0

    @property
    def hollow(self) -> int:
        """Open seats, drawn as hollow dots at small tables."""
        return self.circle.seats - self.size if self.is_table else 0


def today(request: HttpRequest) -> HttpResponseBase:
    """The first page after signing in."""
    person = person_of(request)
    if person.settled_at is None and not _sits_somewhere(person):
        return go(request, "people:begin")
    sessions = PracticeSession.objects.concerning(person)
    coming = list(sessions.to_come(timezone.now()).with_answers()[:20])
    rows = _rows(person, _soonest(sessions))
    context = {
        "greeting": greeting(timezone.localtime().hour),
        "meeting": _meeting(coming, person),
        "waiting": _in_order(_waiting(person, coming[1:])),
        "rows": rows,
        "table": next((row for row in rows if row.is_table), None),
        "now": timezone.localtime(),
    }
    return page(request, "home/today.html", context)


def _soonest(sessions: SessionQuerySet) -> list[PracticeSession]:
    """The next meeting of each circle."""
    same = PracticeSession.objects.filter(circle=OuterRef("circle")).to_come(timezone.now())
    return list(sessions.filter(pk=Subquery(same.values("pk")[:1])))


def greeting(hour: int) -> str:
    """What one says at this hour of the reader's day."""
    if 5 <= hour < 12:
        return _("Good morning")
    if 12 <= hour < 18:
        return _("Good afternoon")
    return _("Good evening")


def _sits_somewhere(person: Person) -> bool:
    return any(seat.scale != Scale.SELF for seat in seats_of(person))


def _meeting(coming: Sequence[PracticeSession], person: Person) -> Meeting | None:
    if not coming:
        return None
    return meeting_of(coming[0], person, people_at(coming[0]))


def _waiting(person: Person, later: Sequence[PracticeSession]) -> Iterator[Waiting]:
    for source in waiting.sources:
        yield from source(person)
    asked: set[int] = set()
    for session in later:
        if session.circle_id in asked or session.starts_at > timezone.now() + ASKED_AHEAD:
            continue
        if person.pk not in {answer.person_id for answer in session.answers.all()}:
            asked.add(session.circle_id)
            yield unanswered(session)


def _in_order(found: Iterable[Waiting]) -> list[Waiting]:
    """First whoever waits for the reader's yes or no, then the rest as it comes."""
    return sorted(found, key=lambda one: not one.asks)[:MOST_WAITING]


def unanswered(session: PracticeSession) -> Waiting:
    """A meeting to come that I have said nothing about."""
    return Waiting(
        scale=session.circle.scale,
        heading=_("{circle}, {day}").format(
            circle=session.circle, day=day_in_words(session.starts_at)
        ),
        words=_("You haven’t said whether you’ll be there."),
        url=session.get_absolute_url(),
        action=_("Answer"),
    )


def _rows(person: Person, coming: Sequence[PracticeSession]) -> list[CircleRow]:
    circles = [
        seat.circle for seat in seats_of(person) if seat.circle.is_open and seat.scale != Scale.SELF
    ][:MOST_CIRCLES]
    size = own_sizes(person)
    soonest = {session.circle_id: session for session in coming}
    order = [Scale.DYAD, Scale.CREW, Scale.CONGREGATION]
    rows = [CircleRow(circle, size.get(circle.pk, 0), soonest.get(circle.pk)) for circle in circles]
    return sorted(rows, key=lambda row: order.index(Scale(row.circle.scale)))


def doors(request: HttpRequest) -> HttpResponseBase:
    """Two doors: with a community, or on one's own for now."""
    person = person_of(request)
    people_services.settle(person=person)
    invitations = (
        Invitation.objects.waiting().for_person(person).select_related("circle", "invited_by")
    )
    return page(request, "home/doors.html", {"invitations": invitations[:10]})
