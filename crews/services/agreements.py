"""Writing down what was agreed, accepting it, asking to talk about it again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Membership
from crews import errors
from crews.models import Acceptance, Agreements, Crew, Reopening
from crews.rules.agreements import Texts, merge
from crews.services.tables import changing
from notifications.services import owe
from people.models import Person

# Time for whoever writes to go on: the others are told once, of what stands by then.
SECOND_THOUGHTS = timedelta(minutes=5)


@transaction.atomic
def agree(
    *, crew: Crew, by: Person, texts: Texts, seen: Mapping[str, str] | None = None
) -> Agreements:
    """Write down what the crew agreed; whoever writes accepts it with that.

    `seen` are the marks of the texts that they began from; what they left alone stays as it is
    by now. Until somebody else has accepted, the edition changes in place. All others hear once.
    Raises NotAllowed, CircleClosed, NothingWritten, WrittenMeanwhile.
    """
    crew = changing(crew, by)
    latest = Agreements.objects.latest_of(crew)
    now = latest.texts if latest else Texts()
    merged = merge(now, texts, seen if seen is not None else now.marks)
    if merged.clashes:
        raise errors.WrittenMeanwhile(merged.clashes)
    if merged.texts.is_empty:
        raise errors.NothingWritten
    if latest is not None and merged.texts.marks == now.marks:
        return latest
    reopened = Reopening.objects.open().filter(crew=crew).update(settled_at=timezone.now())
    edition = _written(crew, by, merged.texts, None if reopened else latest)
    for seat in Membership.objects.present().filter(circle=crew).exclude(person=by):
        owe(
            kind="crews.agreements",
            key=f"edition {edition.pk}",
            person=seat.person,
            ref=edition.pk,
            due_at=timezone.now() + SECOND_THOUGHTS,
        )
    return edition


def _written(crew: Crew, by: Person, texts: Texts, latest: Agreements | None) -> Agreements:
    fields = {name: text.strip() for name, text in asdict(texts).items()}
    if latest and not latest.acceptances.exclude(person=latest.written_by_id or 0).exists():
        Agreements.objects.filter(pk=latest.pk).update(
            **fields, version=latest.version + 1, written_by=by, written_at=timezone.now()
        )
        latest.acceptances.all().delete()
        edition = Agreements.objects.get(pk=latest.pk)
    else:
        last = Agreements.objects.latest_of(crew)
        number = last.number + 1 if last else 1
        edition = Agreements.objects.create(crew=crew, number=number, written_by=by, **fields)
    Acceptance.objects.create(edition=edition, person=by)
    return edition


@transaction.atomic
def accept(*, crew: Crew, by: Person, number: int, version: int) -> Agreements:
    """Say yes to the edition that one has read. Twice is once.

    Raises NotAllowed, CircleClosed, WrittenAnew when it is no longer what holds.
    """
    crew = changing(crew, by)
    edition = Agreements.objects.latest_of(crew)
    if edition is None or (edition.number, edition.version) != (number, version):
        raise errors.WrittenAnew
    Acceptance.objects.get_or_create(edition=edition, person=by)
    return edition


@transaction.atomic
def reopen(*, crew: Crew, by: Person, word: str = "") -> Reopening:
    """Ask to talk about the agreements again; all others hear once.

    Raises NotAllowed, CircleClosed, NothingToReopen, ReopenedAlready.
    """
    crew = changing(crew, by)
    if Agreements.objects.latest_of(crew) is None:
        raise errors.NothingToReopen
    if Reopening.objects.open().filter(crew=crew).exists():
        raise errors.ReopenedAlready
    asked = Reopening.objects.create(crew=crew, asked_by=by, word=word.strip())
    for seat in Membership.objects.present().filter(circle=crew).exclude(person=by):
        owe(
            kind="crews.reopened",
            key=f"reopening {asked.pk}",
            person=seat.person,
            ref=asked.pk,
            due_at=timezone.now() + SECOND_THOUGHTS,
        )
    return asked


@transaction.atomic
def leave_it(*, crew: Crew, by: Person) -> None:
    """Whoever asked lets it be. Raises NotAllowed for anybody else, CircleClosed."""
    crew = changing(crew, by)
    asked = Reopening.objects.open().filter(crew=crew, asked_by=by)
    if not asked.update(settled_at=timezone.now()):
        raise NotAllowed


def let_go_of_reopening(seat: Membership) -> None:
    """When somebody leaves, what they asked for is let be."""
    asked = Reopening.objects.open().filter(crew=seat.circle_id, asked_by=seat.person_id)
    asked.update(settled_at=timezone.now())


def copy_agreements(*, of: Crew, to: Crew) -> None:
    """A crew that came out of another begins with what was agreed there, and who said yes."""
    latest = Agreements.objects.latest_of(of)
    if latest is None:
        return
    copy = Agreements.objects.create(
        crew=to, number=1, written_by=latest.written_by, **asdict(latest.texts)
    )
    Acceptance.objects.bulk_create(
        Acceptance(edition=copy, person_id=person)
        for person in latest.acceptances.values_list("person", flat=True)
    )
