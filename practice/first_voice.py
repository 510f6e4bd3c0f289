"""Who of two speaks first at a meeting: one answer for every page, mail and table.

It alternates from one meeting they held to the next, whatever was called off, moved or missed in
between. In a dyad of which one supports the other it does not: the one who is supported begins.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from circles.models import Membership
from circles.scales import Scale
from pages.registry import Registry
from practice.models import Holding, PracticeSession
from practice.rules.order import begins

# Each takes ids of circles and says for those where one supports the other who is supported (ids).
supported: Registry[Callable[[Collection[int]], Mapping[int, int]]] = Registry()
# So many of the meetings that two have held are looked at.
MOST_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Openings:
    """What decides who begins, by the dyad."""

    pairs: Mapping[int, list[int]] = field(default_factory=dict)
    # Who spoke first when both were last there.
    before: Mapping[int, int] = field(default_factory=dict)
    one_way: Mapping[int, int] = field(default_factory=dict)

    def first(self, session: PracticeSession, before: int | None = None) -> int | None:
        """Who begins a meeting; `before` began the one before it, if that is not held yet."""
        circle = session.circle_id
        pair = self.pairs.get(circle, [])
        if (whose := self.one_way.get(circle)) in pair:
            return whose
        return begins(pair, number=session.number, before=before or self.before.get(circle))


def one_way(circles: Collection[int]) -> dict[int, int]:
    """Who is supported, of circles in which one supports the other."""
    found: dict[int, int] = {}
    for source in supported.sources:
        found.update(source(circles))
    return found


def read_openings(dyads: Collection[int]) -> Openings:
    """Reads it: as many questions for many dyads as for one, and none for none."""
    if not dyads:
        return Openings()
    pairs: dict[int, list[int]] = {}
    seats = Membership.objects.present().filter(circle__in=dyads).order_by("seat")
    for circle, person in seats.values_list("circle", "person"):
        pairs.setdefault(circle, []).append(person)
    return Openings(pairs, _before(dyads, pairs), one_way(dyads))


def _before(dyads: Collection[int], pairs: Mapping[int, list[int]]) -> dict[int, int]:
    held = (
        Holding.objects.filter(session__circle__in=dyads, session__cancelled_at__isnull=True)
        .order_by("-held_from")
        .values_list("session__circle", "there")
    )
    found: dict[int, int] = {}
    for circle, there in held[: MOST_LOOKED_AT * len(dyads)]:
        pair = pairs.get(circle, [])
        if len(pair) == 2 and {*pair} <= {*there}:
            found.setdefault(circle, _first_of(pair, there))
    return found


def _first_of(pair: Collection[int], there: Iterable[int]) -> int:
    return next(pk for pk in there if pk in pair)


def pair_of(session: PracticeSession) -> list[int]:
    """Ids of the two, in the order of their seats."""
    seats = Membership.objects.present().filter(circle=session.circle_id).order_by("seat")
    return list(seats.values_list("person", flat=True))


def first_role(session: PracticeSession) -> str:
    """The practice's role that speaks first, or ""."""
    if session.practice is None:
        return ""
    return next((step.who for step in session.practice.steps.all() if step.who), "")


def _chosen_first(session: PracticeSession) -> int | None:
    role = first_role(session)
    if not role:
        return None
    return next((one.person_id for one in session.roles.all() if one.role == role), None)


def first_voices(sessions: Iterable[PracticeSession], openings: Openings) -> list[int | None]:
    """Who begins meetings of one dyad that are to come, one after the other, as it looks now."""
    found: list[int | None] = []
    before = None
    for session in sessions:
        before = _chosen_first(session) or openings.first(session, before)
        found.append(before)
    return found


def first_voice(session: PracticeSession) -> int | None:
    """Who of two speaks first at a meeting that is being held, or is the next to come (an id).

    Whoever has the practice's first role by hand begins it. None at other tables than for two.
    """
    if session.circle.scale != Scale.DYAD:
        return None
    held = Holding.objects.filter(session=session).first()
    pair = pair_of(session)
    if held is not None:
        return next((pk for pk in held.there if pk in pair), None)
    return first_voices([session], read_openings([session.circle_id]))[0]
