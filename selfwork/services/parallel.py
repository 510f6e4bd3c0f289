"""Between self-work and the tables: a private note to a meeting, and the sentence carried out."""

import json
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError, NotAllowed
from circles.models import Circle, Membership
from circles.scales import Scale
from circles.services import locked, present
from people.models import Person
from practice.models import PracticeSession
from selfwork.models import CarriedLine, Noticed, Part
from selfwork.services.keys import vault_for_writing

# Where one may carry a sentence, and whose meetings one may note something of.
TABLES = (Scale.DYAD, Scale.CREW)


class NobodyThere(CircleError):
    text = _("Nobody sits there but you. Carry it when somebody is there to read it.")


class OthersThere(CircleError):
    text = _("Meanwhile somebody sat down or left. Look once more who will read it.")


@transaction.atomic
def note_of_meeting(
    *, owner: Person, session: PracticeSession, parts: Iterable[int], words: str
) -> Noticed:
    """Keep which parts were there at a meeting, sealed; a note that is there is written anew.

    Raises NotAllowed for a meeting that has not begun, or of a circle that is no small table.
    """
    vault = vault_for_writing(owner)
    if not session.has_begun or session.circle.scale not in TABLES:
        raise NotAllowed
    sealed = vault.seal(_as_json(owner, parts, words))
    note, _is_new = Noticed.objects.update_or_create(
        owner=owner, session=session, defaults={"words": sealed}
    )
    return note


@transaction.atomic
def rewrite_note(*, note: Noticed, owner: Person, parts: Iterable[int], words: str) -> None:
    """Write a note anew. Raises NotAllowed for somebody else's."""
    vault = vault_for_writing(owner)
    if note.owner_id != owner.pk:
        raise NotAllowed
    sealed = vault.seal(_as_json(owner, parts, words))
    Noticed.objects.filter(pk=note.pk).update(words=sealed)


@transaction.atomic
def delete_note(*, note: Noticed, owner: Person) -> None:
    """Delete a note. Raises NotAllowed for somebody else's."""
    vault_for_writing(owner)
    if note.owner_id != owner.pk:
        raise NotAllowed
    Noticed.objects.filter(pk=note.pk).delete()


def _as_json(owner: Person, parts: Iterable[int], words: str) -> str:
    own = Part.objects.filter(owner=owner, pk__in=list(parts)).order_by("pk")
    return json.dumps({"parts": list(own.values_list("pk", flat=True)), "words": words})


def readers_in(circle: Circle, owner: Person) -> list[Person]:
    """Who would read a sentence that the owner carries there now: the others who sit there."""
    seats = circle.memberships.present().exclude(person=owner).at_table()
    return [seat.person for seat in seats]


@transaction.atomic
def carry(*, owner: Person, circle: Circle, words: str, readers: Collection[int]) -> CarriedLine:
    """Let one sentence lie in a dyad or crew, for those `readers` (ids) whom the owner was shown.

    One at a time: the one that lay there is gone with it. Nobody is told by mail. Raises
    NotAllowed without a seat there, CircleClosed, NobodyThere, and OthersThere when others sit
    there by now than the owner was shown.
    """
    circle = locked(circle)
    if circle.scale not in TABLES or not present(circle, owner):
        raise NotAllowed
    there = {person.pk for person in readers_in(circle, owner)}
    if not there:
        raise NobodyThere
    if there != set(readers):
        raise OthersThere
    line = CarriedLine.objects.filter(owner=owner, circle=circle).first()
    if line is not None and line.words == words and there <= _readers_of(line):
        return line
    line, _is_new = CarriedLine.objects.update_or_create(
        owner=owner, circle=circle, defaults={"words": words, "carried_at": timezone.now()}
    )
    return line


def _readers_of(line: CarriedLine) -> set[int]:
    seats = Membership.objects.present().filter(
        circle=line.circle_id, joined_at__lte=line.carried_at
    )
    return set(seats.values_list("person", flat=True))


@transaction.atomic
def take_back_line(*, line: CarriedLine, owner: Person) -> None:
    """Take a sentence back: it is gone for all at once, and nobody is told.

    Raises NotAllowed for somebody else's.
    """
    if line.owner_id != owner.pk:
        raise NotAllowed
    CarriedLine.objects.filter(pk=line.pk).delete()


def take_lines_along(seat: Membership) -> None:
    """Whoever leaves takes their sentence along."""
    CarriedLine.objects.filter(owner=seat.person_id, circle=seat.circle_id).delete()
