"""Who of two speaks first, for a page that one of them reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from circles.scales import Scale
from people.models import Person
from practice.first_voice import first_voices, read_openings
from practice.models import PracticeSession


@dataclass(frozen=True, slots=True)
class Opening:
    """Who begins the next meeting of two."""

    first: Person
    reader: Person
    # Whether one of the two supports the other, and so always listens first.
    is_one_way: bool

    @property
    def words(self) -> str:
        """ "You speak first this time.", and why it is so where it does not alternate."""
        name = self.first.first_name
        if self.is_one_way and self.first == self.reader:
            return _("You speak first: this time is yours.")
        if self.is_one_way:
            return _("{who} speaks first: you are here for {who} this time.").format(who=name)
        if self.first == self.reader:
            return _("You speak first this time.")
        return _("{who} speaks first this time.").format(who=name)


def opening_of(
    session: PracticeSession, reader: Person, people: Sequence[Person]
) -> Opening | None:
    """Who begins, where the meeting is one of two, not called off, and the next to come.

    `people` come. What later meetings begin with follows from those before them.
    """
    if len(people) < 2 or not _may_open(session):
        return None
    begins, is_one_way = openings_each([session]).get(session.pk, (None, False))
    first = next((one for one in people if one.pk == begins), None)
    return Opening(first, reader, is_one_way) if first else None


def _may_open(session: PracticeSession) -> bool:
    circle = session.circle
    if circle.scale != Scale.DYAD or not circle.is_open:
        return False
    return not session.is_cancelled and not session.is_over


def openings_each(sessions: Iterable[PracticeSession]) -> dict[int, tuple[int, bool]]:
    """Who begins (an id), and whether they always do, by meeting: of those that are the next of
    two to come. As many questions for many meetings as for one, and none where none is of two."""
    asked = [session for session in sessions if _may_open(session)]
    circles = {session.circle_id for session in asked}
    if not circles:
        return {}
    soonest: dict[int, int] = {}
    coming = PracticeSession.objects.filter(circle__in=circles).to_come(timezone.now())
    for circle, pk in coming.values_list("circle", "pk"):
        soonest.setdefault(circle, pk)
    openings = read_openings(circles)
    found = {}
    for session in asked:
        (begins,) = first_voices([session], openings)
        if begins and soonest.get(session.circle_id) == session.pk:
            found[session.pk] = begins, session.circle_id in openings.one_way
    return found
