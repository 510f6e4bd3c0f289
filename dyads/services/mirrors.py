"""The partnership mirror: asking for one, answering alone, opening to both, taking back.

Every write stands behind the lock of the dyad's circle, so that it opens once, and never beside
somebody who takes their answers back. Nothing here is logged, and no mail has a word of it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from circles.errors import NotAllowed
from circles.jobs import each
from circles.models import Circle
from circles.services import locked, present
from dyads.errors import MirrorIsAway, MirrorIsOpen, NotTwoYet
from dyads.models import Dyad, Mirror, MirrorAnswer, NotNow
from dyads.rules.mirror import GROWS_OLD, Question, both_have_answered, is_due
from dyads.services.shared import sitting
from notifications.services import owe
from people.models import Person
from practice.models import PracticeSession

ASKED, OPENED = "dyads.mirror_asked", "dyads.mirror_opened"
# So many dyads are looked at in one go of the beat.
MOST_AT_ONCE = 200


@transaction.atomic
def ask_mirror(*, dyad: Dyad, by: Person) -> Mirror:
    """Ask the other to look into it; where one waits already, it is that one.

    Raises NotAllowed, CircleClosed, NotTwoYet.
    """
    dyad = _sitting_in(dyad, by)
    found = dyad.mirrors.waiting().first()
    if found is not None:
        return found
    mirror = Mirror.objects.create(dyad=dyad, asked_by=by)
    for person in sitting(dyad):
        if person != by:
            owe(kind=ASKED, key=f"mirror {mirror.pk}", person=person, ref=mirror.pk)
    return mirror


@transaction.atomic
def answer_mirror(
    *, mirror: Mirror, by: Person, steps: dict[Question, int], would_try: str = ""
) -> Mirror:
    """Say, or change, what one sees. With the second answer it opens to both, at that moment.

    Raises NotAllowed, CircleClosed, NotTwoYet, MirrorIsOpen, MirrorIsAway.
    """
    mirror = _behind_the_lock(mirror, by)
    if mirror.is_open:
        raise MirrorIsOpen
    if not mirror.is_waiting:
        raise MirrorIsAway
    said = {one.value: step for one, step in steps.items()}
    MirrorAnswer.objects.update_or_create(
        mirror=mirror,
        person=by,
        defaults={**said, "would_try": would_try, "answered_at": timezone.now()},
    )
    NotNow.objects.filter(mirror=mirror, person=by).delete()
    people = sitting(mirror.dyad)
    answered = list(mirror.answers.values_list("person", flat=True))
    if both_have_answered([one.pk for one in people], answered):
        mirror.opened_at = timezone.now()
        mirror.save(update_fields=["opened_at"])
        for person in people:
            owe(kind=OPENED, key=f"mirror {mirror.pk}", person=person, ref=mirror.pk)
    return mirror


@transaction.atomic
def not_now(*, mirror: Mirror, by: Person) -> None:
    """Do not look now. The other learns nothing; when both say so, it is put away.

    Raises NotAllowed, CircleClosed, NotTwoYet, MirrorIsOpen.
    """
    mirror = _behind_the_lock(mirror, by)
    if mirror.is_open:
        raise MirrorIsOpen
    if not mirror.is_waiting:
        return
    MirrorAnswer.objects.filter(mirror=mirror, person=by).delete()
    NotNow.objects.get_or_create(mirror=mirror, person=by)
    said = mirror.not_now.values_list("person", flat=True)
    if both_have_answered([one.pk for one in sitting(mirror.dyad)], list(said)):
        _put_away(mirror)


@transaction.atomic
def withdraw_answers(*, mirror: Mirror, by: Person) -> None:
    """Take one's own answers back, at any time, also after the dyad has ended. An open mirror
    closes for both; the other keeps their own, and nobody is told by mail."""
    Circle.objects.select_for_update().get(pk=mirror.dyad_id)
    mirror = Mirror.objects.get(pk=mirror.pk)
    gone, _each = MirrorAnswer.objects.filter(mirror=mirror, person=by).delete()
    if gone and mirror.is_open:
        mirror.opened_at = None
        _put_away(mirror)


@transaction.atomic
def choose_rhythm(*, dyad: Dyad, by: Person, weeks: int) -> Dyad:
    """How often the two are asked by themselves. Either may change it. Raises NotAllowed,
    CircleClosed, NotTwoYet."""
    dyad = _sitting_in(dyad, by)
    dyad.mirror_every = weeks
    dyad.save(update_fields=["mirror_every"])
    return dyad


# --- what the clock brings --------------------------------------------------------------------


def ask_by_rhythm(now: datetime) -> None:
    """Ask those who have chosen how often, when it is time: not before they have met, not while
    they rest, and not while a mirror waits."""
    past = PracticeSession.objects.past(now).filter(circle=OuterRef("pk")).order_by("ends_at")
    asked = Mirror.objects.filter(dyad=OuterRef("pk")).order_by("-asked_at")
    dyads = (
        Dyad.objects.complete()
        .filter(mirror_every__gt=0, resting_since__isnull=True)
        .exclude(mirrors__in=Mirror.objects.waiting())
        .annotate(
            first_met=Subquery(past.values("ends_at")[:1]),
            last_asked=Subquery(asked.values("asked_at")[:1]),
        )
        .filter(first_met__isnull=False)
        .order_by("pk")
    )
    for pk, weeks, *moments in dyads.values_list("pk", "mirror_every", "first_met", "last_asked"):
        if is_due(weeks, last=max(one for one in moments if one), now=now):
            each(_ask_both, pk, now)


@transaction.atomic
def _ask_both(pk: int, now: datetime) -> None:
    Circle.objects.select_for_update().get(pk=pk)
    dyad = Dyad.objects.get(pk=pk)
    people = sitting(dyad)
    if not dyad.is_open or dyad.is_resting or len(people) < 2 or dyad.mirrors.waiting().exists():
        return
    mirror = Mirror.objects.create(dyad=dyad, asked_at=now)
    for person in people:
        owe(kind=ASKED, key=f"mirror {mirror.pk}", person=person, ref=mirror.pk)


def put_old_away(now: datetime) -> None:
    """Put away what nobody looked into for a while. Who did not is nobody's business."""
    for old in Mirror.objects.waiting().filter(asked_at__lte=now - GROWS_OLD)[:MOST_AT_ONCE]:
        each(_put_old_away, old, now)


@transaction.atomic
def _put_old_away(old: Mirror, _now: datetime) -> None:
    Circle.objects.select_for_update().get(pk=old.dyad_id)
    mirror = Mirror.objects.waiting().filter(pk=old.pk).first()
    if mirror is not None:
        _put_away(mirror)


# --- together ---------------------------------------------------------------------------------


def _sitting_in(dyad: Dyad, by: Person) -> Dyad:
    """The dyad as it is now, behind the lock, if `by` is one of two who go on."""
    locked(dyad)
    if not present(dyad, by):
        raise NotAllowed
    found = Dyad.objects.get(pk=dyad.pk)
    if len(sitting(found)) < 2:
        raise NotTwoYet
    return found


def _behind_the_lock(mirror: Mirror, by: Person) -> Mirror:
    dyad = _sitting_in(mirror.dyad, by)
    found = Mirror.objects.get(pk=mirror.pk)
    found.dyad = dyad
    return found


def _put_away(mirror: Mirror) -> None:
    mirror.put_away_at = timezone.now()
    mirror.save(update_fields=["opened_at", "put_away_at"])
