"""Who means to come."""

from django.db import transaction
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle, Membership
from circles.services import present
from people.models import Person
from practice import errors
from practice.models import Answer, PracticeSession, SessionRole
from practice.services.hosting import share_hosting
from practice.services.permission import require_company, takes_part


@transaction.atomic
def answer(
    *,
    session: PracticeSession,
    by: Person,
    choice: str,
    word: str | None = None,
    following: bool = False,
) -> int:
    """Say yes, maybe or no to one meeting, or to it and all that follow; returns how many.

    Declining is always possible until the meeting is over. A `word` of None keeps the old one.
    Raises NotAllowed, CircleClosed, SessionCancelled, SessionOver.
    """
    # Locked, so that nobody answers for a seat that they give up at the same moment.
    circle = Circle.objects.select_for_update().get(pk=session.circle_id)
    session = PracticeSession.objects.select_related("circle").get(pk=session.pk)
    require_company(circle)
    if not takes_part(session, by):
        raise NotAllowed
    if not circle.is_open:
        raise CircleClosed
    if session.is_cancelled:
        raise errors.SessionCancelled
    if session.is_over:
        raise errors.SessionOver
    chosen = PracticeSession.objects.filter(pk=session.pk)
    # A guest is asked to this one.
    following = following and present(circle, by)
    if following:
        chosen = PracticeSession.objects.following(session).to_come(timezone.now())
    keep = ["choice", "following", "answered_at"] + (["word"] if word is not None else [])
    answers = [
        Answer(session_id=pk, person=by, choice=choice, following=following, word=word or "")
        for pk in chosen.values_list("pk", flat=True)
    ]
    Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=keep,
    )
    chosen = PracticeSession.objects.filter(pk__in=[one.session_id for one in answers])
    if choice == Answer.Choice.NO:
        # Whoever cannot come does not host, not even by somebody's choice.
        chosen.filter(host=by).update(host_by_hand=False)
    if choice == Answer.Choice.NO or chosen.filter(host=None).exists():
        share_hosting(circle)
    return len(answers)


def let_go(seat: Membership) -> None:
    """When somebody leaves a circle: they neither come to its meetings nor host them,
    nor have a role in them."""
    to_come = PracticeSession.objects.filter(circle=seat.circle, ends_at__gt=timezone.now())
    Answer.objects.filter(session__in=to_come, person=seat.person).delete()
    SessionRole.objects.filter(session__in=to_come, person=seat.person).delete()
    to_come.filter(host=seat.person).update(host=None, host_by_hand=False)
    share_hosting(seat.circle)
    # What they said for all that follow is no answer for when they should come back.
    said = Answer.objects.filter(session__circle=seat.circle, person=seat.person)
    said.filter(following=True).update(following=False)
