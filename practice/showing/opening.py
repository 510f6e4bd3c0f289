"""Who of two speaks first, for a page that one of them reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from circles.scales import Scale
from people.models import Person
from practice.first_voice import first_voices, one_way, read_openings
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
    circle = session.circle
    if circle.scale != Scale.DYAD or not circle.is_open or session.is_cancelled:
        return None
    if len(people) < 2 or session.is_over:
        return None
    soonest = PracticeSession.objects.filter(circle=circle).to_come(timezone.now()).first()
    if soonest != session:
        return None
    (begins,) = first_voices([session], read_openings([circle.pk]))
    first = next((one for one in people if one.pk == begins), None)
    if first is None:
        return None
    return Opening(first, reader, is_one_way=circle.pk in one_way([circle.pk]))
