"""What is done at a meeting, who hosts it, and where."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from circles.scales import Scale
from library.models import Practice
from people.models import Person
from practice.models import PracticeSession, Rhythm
from practice.rules.hosting import turn
from practice.services.holding import follow_practice
from practice.services.hosting import share_hosting
from practice.services.permission import changing, people_of, require_company, require_seat

# What the meetings that are made later begin with, too.
OF_THE_RHYTHM = ("practice", "place", "link")


@transaction.atomic
def change_details(
    *,
    session: PracticeSession,
    by: Person,
    practice: Practice | None,
    host: Person | None,
    place: str,
    link: str,
    following: bool = False,
    seen: int | None = None,
) -> PracticeSession:
    """Change what is done, who hosts, or where. No mail for that: the reminder tells it.

    For all that `following`, only what is changed here changes there, too: each keeps the rest
    of its own. Hosting goes on from the new host, of two in turn, in a crew by who hosted least.
    Raises NotAllowed (also for a
    host without a seat), CircleClosed, SessionOver, SessionCancelled, ChangedMeanwhile.
    """
    session = changing(session, by, seen)
    require_company(session.circle)
    if host is not None:
        require_seat(session.circle, host)
    wished: dict[str, Any] = {"practice": practice, "host": host, "place": place, "link": link}
    changed = {name: it for name, it in wished.items() if it != getattr(session, name)}
    sessions = [session]
    if following and session.rhythm is not None:
        sessions = _that_follow(session)
        _begin_with(session.rhythm, changed)
    hosts = _hosts(session, changed.get("host"), len(sessions))
    for one, its_host in zip(sessions, hosts, strict=True):
        for name, value in changed.items():
            setattr(one, name, its_host if name == "host" else value)
        one.revise()
    if "host" in changed:
        for one in sessions:
            one.host_by_hand = one.pk == session.pk
    PracticeSession.objects.bulk_update(
        sessions, [*wished, "host_by_hand", "sequence", "changed_at"]
    )
    if "host" in changed:
        share_hosting(session.circle)
    if "practice" in changed:
        follow_practice(sessions[0])
    return sessions[0]


def _that_follow(session: PracticeSession) -> list[PracticeSession]:
    """This one and all that follow: also those that rest, for they may come back."""
    following = PracticeSession.objects.following(session).filter(ends_at__gt=timezone.now())
    following = following.exclude(cancelled_at__isnull=False, skipped="")
    return list(following.select_related("circle", "practice", "host").order_by("number"))


def _begin_with(rhythm: Rhythm, changed: dict[str, Any]) -> None:
    for name in OF_THE_RHYTHM:
        if name in changed:
            setattr(rhythm, name, changed[name])
    rhythm.save()


def _hosts(session: PracticeSession, first: Person | None, count: int) -> list[Person | None]:
    """The new host, and who hosts the meetings after: of two, in turn; else the same one. In a
    crew those that follow are shared out anew."""
    if session.circle.scale == Scale.CREW:
        return [first, *[None] * (count - 1)]
    if first is None or session.circle.scale != Scale.DYAD:
        return [first] * count
    people = people_of(session.circle)
    after = people[people.index(first) - 1]
    return [turn(people, number=number, after=after) for number in range(1, count + 1)]
