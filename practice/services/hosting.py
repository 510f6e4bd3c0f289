"""Who hosts the meetings to come: whoever hosted least hosts next."""

from collections.abc import Iterable

from django.utils import timezone

from circles.models import Circle, Membership
from circles.scales import Scale
from practice.models import Answer, Holding, PracticeSession
from practice.rules.hosting import Evening, share_out

# So many meetings are looked at, those to come among them.
MOST_EVENINGS = 240


def share_hosting(circle: Circle) -> None:
    """Say for each meeting to come of a crew who hosts it, inside the transaction of what changed.

    What somebody chose by hand stays, and so does what has begun. No mail: the reminder tells
    it. Expects the circle to be locked.
    """
    if circle.scale != Scale.CREW:
        return
    sessions = PracticeSession.objects.filter(circle=circle, cancelled_at__isnull=True)
    found = list(sessions.order_by("-starts_at")[:MOST_EVENINGS])[::-1]
    now = timezone.now()
    if not any(session.starts_at > now for session in found):
        return
    changed = []
    for session, host in zip(found, share_out(_evenings(circle, found)), strict=True):
        if session.host_id != host:
            session.host_id = host
            changed.append(session)
    PracticeSession.objects.bulk_update(changed, ["host"])


def _evenings(circle: Circle, sessions: Iterable[PracticeSession]) -> list[Evening]:
    now = timezone.now()
    seats = list(Membership.objects.filter(circle=circle).order_by("seat", "pk"))
    held = set(Holding.objects.filter(session__in=sessions).values_list("session", flat=True))
    away: dict[int, set[int]] = {}
    declined = Answer.objects.filter(session__in=sessions, choice=Answer.Choice.NO)
    for session, person in declined.values_list("session", "person"):
        away.setdefault(session, set()).add(person)
    return [
        Evening(
            people=_seated(seats, session, is_past=session.starts_at <= now),
            host=session.host_id,
            is_settled=session.starts_at <= now or session.pk in held or session.host_by_hand,
            away=away.get(session.pk, frozenset()),
        )
        for session in sessions
    ]


def _seated(seats: Iterable[Membership], session: PracticeSession, *, is_past: bool) -> list[int]:
    """Ids of those who sat there then, or do now."""
    if not is_past:
        return [seat.person_id for seat in seats if seat.left_at is None]
    return list(
        dict.fromkeys(
            seat.person_id
            for seat in seats
            if seat.joined_at <= session.starts_at
            and (seat.left_at is None or seat.left_at > session.starts_at)
        )
    )


def share_hosting_anew(seat: Membership) -> None:
    """When somebody has sat down or left."""
    share_hosting(seat.circle)
