"""From one person's desk to everybody's shelf: offer, publish, send back."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import present
from library import errors
from library.models import Draft, Practice
from library.reading import PracticeText
from library.services.permission import may_publish, possible_homes, publishers_of
from library.services.storing import free_slug, keep_edition, store
from notifications.models import Notice
from notifications.services import owe, owe_all
from people.models import Person

# How often a new address is tried when others publish the same title at this very moment.
ATTEMPTS = 4


@transaction.atomic
def offer(*, draft: Draft, by: Person, home: Circle) -> Practice | None:
    """Lay a finished draft before those who publish; where the writer is one of them, it is
    published at once and returned.

    Raises NotAllowed, CircleClosed, NotReady, Offered.
    """
    home, draft = _locked(home, draft)
    # Seats may have been read before the lock: ask for this one again.
    if draft.written_by_id != by.pk or home not in homes_for(draft, by) or not present(home, by):
        raise NotAllowed
    if draft.is_offered:
        raise errors.Offered
    text = finished(draft)
    draft.home, draft.offered_at, draft.word = home, timezone.now(), ""
    if may_publish(home, by):
        return _publish(draft, text)
    draft.save()
    about = {"key": f"draft {draft.pk} {draft.offered_at.isoformat()}", "ref": draft.pk}
    publishers = publishers_of(home)
    owe_all(Notice(kind="library.offered", person=person, **about) for person in publishers)
    return None


@transaction.atomic
def take_back(*, draft: Draft, by: Person) -> None:
    """Back to one's own desk, to go on writing. Raises NotOffered."""
    found = Draft.objects.select_for_update().filter(pk=draft.pk, written_by=by).first()
    if found is None or not found.is_offered:
        raise errors.NotOffered
    found.home = found.offered_at = None
    found.save()


@transaction.atomic
def publish(*, draft: Draft, by: Person, seen: int | None = None) -> Practice:
    """Put an offered draft on the shelf of its home, and tell its writer.

    `seen` is the number of the edition that a change was compared with. Raises NotAllowed,
    NotOffered, CircleClosed, NotReady, ChangedMeanwhile.
    """
    draft = _offered(draft)
    _require_publisher(draft, by)
    latest = draft.practice.editions.first() if draft.practice else None
    if seen is not None and latest is not None and latest.number != seen:
        raise errors.ChangedMeanwhile
    key = f"draft {draft.pk} published"
    writer = draft.written_by
    practice = _publish(draft, finished(draft))
    owe(kind="library.published", key=key, person=writer, ref=practice.pk)
    return practice


@transaction.atomic
def send_back(*, draft: Draft, by: Person, word: str) -> None:
    """Give an offered draft back to its writer, with a word why.

    Raises NotAllowed, NotOffered, WordMissing.
    """
    draft = _offered(draft)
    _require_publisher(draft, by)
    if not word.strip():
        raise errors.WordMissing
    draft.offered_at, draft.word = None, word.strip()
    draft.save()
    key = f"draft {draft.pk} {timezone.now().isoformat()}"
    owe(kind="library.sent_back", key=key, person=draft.written_by, ref=draft.pk)


def finished(draft: Draft) -> PracticeText:
    """The practice that a draft has become. Raises NotReady."""
    # Forms are made after every app is ready: only then do fields speak our words.
    from library.forms.writing import Writing

    writing = Writing(draft.content, checked=True)
    if not writing.is_complete():
        raise errors.NotReady
    return writing.text()


def homes_for(draft: Draft, by: Person) -> list[Circle]:
    """Where it may be offered: a change where its practice stands, else where its writer sits."""
    homes = possible_homes(by)
    if draft.practice is not None:
        return [home for home in homes if home.pk == draft.practice.home_id]
    return homes


def _publish(draft: Draft, text: PracticeText) -> Practice:
    practice = store(draft.practice, text) if draft.practice else _put_on_the_shelf(draft, text)
    keep_edition(practice, text, by=draft.written_by, what_changed=draft.what_changed)
    draft.delete()
    return practice


def _put_on_the_shelf(draft: Draft, text: PracticeText) -> Practice:
    """A new practice, at an address that nobody took a moment ago."""
    for attempt in range(1, ATTEMPTS + 1):
        practice = Practice(
            slug=free_slug(text.title),
            home=draft.home,
            written_by=draft.written_by,
            variation_of=draft.variation_of,
            published_at=timezone.now(),
        )
        try:
            with transaction.atomic():
                return store(practice, text)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError


def _offered(draft: Draft) -> Draft:
    home = Circle.objects.filter(pk__in=Draft.objects.filter(pk=draft.pk).values("home")).first()
    if home is None:
        raise errors.NotOffered
    _home, draft = _locked(home, draft)
    if not draft.is_offered:
        raise errors.NotOffered
    return draft


def _require_publisher(draft: Draft, by: Person) -> None:
    if draft.home is None or not may_publish(draft.home, by):
        raise NotAllowed


def _locked(home: Circle, draft: Draft) -> tuple[Circle, Draft]:
    """Circle first, so that two who press at once take their turns."""
    home = Circle.objects.select_for_update().get(pk=home.pk)
    if not home.is_open:
        raise CircleClosed
    found = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if found is None:
        raise errors.NotOffered
    return home, found
