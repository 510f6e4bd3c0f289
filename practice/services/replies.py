"""Answering from a mail."""

from django.db import transaction

from circles.models import Circle
from practice import errors
from practice.models import PracticeSession
from practice.replies import Reply, seconds
from practice.services.answers import answer


@transaction.atomic
def reply(*, to: Reply, choice: str, following: bool = False) -> int:
    """Answer as the link's person, if the meeting still is when the link says; returns how many
    meetings were answered.

    Raises ChangedMeanwhile for a moved one, and what `answer` raises.
    """
    Circle.objects.select_for_update().get(pk=to.session.circle_id)
    session = PracticeSession.objects.get(pk=to.session.pk)
    if seconds(session.starts_at) != to.began:
        raise errors.ChangedMeanwhile
    return answer(session=session, by=to.person, choice=choice, following=following)
