"""What a crew agreed, as those inside read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from circles.scales import Scale
from circles.seats import circles_with_seat
from crews.models import Acceptance, Agreements, Crew, Reopening
from crews.rules.agreements import FIELDS
from crews.showing.now import CrewNow
from library.models import Practice
from pages.registry import Waiting
from pages.sections import Step
from people.models import Person
from practice.models import PracticeSession
from practice.showing.after import Further
from practice.showing.naming import in_one_breath
from practice.showing.wording import in_words

# The practice that a crew begins with.
CONVERSATIONS = "three-conversations"
MOST_WAITING = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three texts under its heading, one a line."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Agreed:
    """An edition and who said yes to it; both empty for a crew that wrote nothing yet."""

    edition: Agreements | None
    parts: Sequence[Part]
    people: Sequence[Person]
    accepted: frozenset[int]
    reader: Person
    reopening: Reopening | None = None
    # Whether it is what holds now.
    holds: bool = True

    @property
    def waits_for_me(self) -> bool:
        """Whether the reader has not accepted what holds."""
        return self.edition is not None and self.holds and self.reader.pk not in self.accepted

    @property
    def sentence(self) -> str:
        """Who has accepted."""
        return acceptance_sentence(self.people, self.accepted, self.reader)


def acceptance_sentence(people: Sequence[Person], accepted: frozenset[int], reader: Person) -> str:
    """ "Three of four have accepted; Rory has not looked yet."; nobody is pressed."""
    missing = [person for person in people if person.pk not in accepted]
    if not missing:
        return _("All of you have accepted.")
    count, of = in_words(len(people) - len(missing)), in_words(len(people))
    names = in_one_breath(missing, reader)
    if len(people) == len(missing):
        return _("Nobody has accepted yet.")
    if len(people) - len(missing) == 1:
        said = _("One of {of} has accepted, {names} not yet.")
    else:
        said = _("{count} of {of} have accepted, {names} not yet.")
    return said.format(count=count[:1].upper() + count[1:], of=of, names=names)


def parts_of(edition: Agreements) -> list[Part]:
    """The texts that say something."""
    found = []
    for field in [field for field in Agreements._meta.fields if field.name in FIELDS]:
        text = getattr(edition, field.name)
        if lines := [line.strip() for line in text.splitlines() if line.strip()]:
            found.append(Part(str(field.verbose_name), lines))
    return found


def agreed(
    crew: Crew, people: Sequence[Person], reader: Person, edition: Agreements | None
) -> Agreed:
    """An edition, or None for none yet, with what belongs to it."""
    if edition is None:
        return Agreed(None, [], people, frozenset(), reader)
    latest = Agreements.objects.latest_of(crew)
    return Agreed(
        edition=edition,
        parts=parts_of(edition),
        people=people,
        accepted=frozenset(
            Acceptance.objects.filter(edition=edition).values_list("person", flat=True)
        ),
        reader=reader,
        reopening=Reopening.objects.open().filter(crew=crew).select_related("asked_by").first(),
        holds=latest == edition,
    )


# --- on the crew's page -----------------------------------------------------------------------


def agreements(now: CrewNow) -> Agreed:
    """What holds now."""
    return agreed(now.crew, now.people, now.reader, Agreements.objects.latest_of(now.crew))


def agreements_wait(now: CrewNow) -> Step | None:
    """The reader has not accepted what holds: it is new, or they are."""
    found = Agreements.objects.holding().filter(crew=now.crew).not_accepted_by(now.reader).first()
    if found is None:
        return None
    return Step(
        heading=_("Read what you agreed"),
        words=_("It is written down. Look whether you can say yes to it."),
        url=found.get_absolute_url(),
        action=_("Read and accept"),
    )


def result_is_missing(now: CrewNow) -> Step | None:
    """They held the three conversations, and nothing is written down."""
    last = now.meetings.last_past
    found = write_it_down(last, now.reader) if last else None
    return Step(found.heading, found.url, found.action, found.words) if found else None


def write_it_down(session: PracticeSession, reader: Person) -> Further | None:
    """After a meeting: the three conversations were held, and nothing is written down."""
    held = PracticeSession.objects.filter(
        pk=session.pk, practice__slug=CONVERSATIONS, circle__scale=Scale.CREW
    )
    written = Agreements.objects.filter(crew=OuterRef("circle"))
    if not held.filter(~Exists(written)).exists():
        return None
    return Further(
        heading=_("Write down what you said"),
        words=_("You have held the three conversations. A few lines of each are enough."),
        url=reverse("crews:agreements", args=[session.circle_id]),
        action=_("Write it down"),
    )


def first_evening(now: CrewNow) -> Step | None:
    """They are three, and have neither met nor agreed on anything."""
    if now.has_met or now.missing or now.meetings.next:
        return None
    if Agreements.objects.filter(crew=now.crew).exists():
        return None
    return Step(
        heading=_("Your first evening: three conversations"),
        words=_(
            "How you want to be together, when you meet, and what you commit to. That makes a "
            "crew of you."
        ),
        url=reverse("crews:first_evening", args=[now.crew.pk]),
        action=_("See how it goes"),
        second_url=reverse("practice:schedule", args=[now.crew.pk]),
        second_action=_("Set a rhythm"),
    )


# --- the first evening ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstEvening:
    """How far a crew is with its three conversations."""

    practice: Practice | None
    # The meeting at which they are held, soonest to come or last held.
    session: PracticeSession | None
    is_written: bool

    @property
    def stage(self) -> str:
        """ "time", "hold", "write" or "done": what is next."""
        if self.is_written:
            return "done"
        if self.session is None:
            return "time"
        return "write" if self.session.has_begun else "hold"


def first_evening_of(crew: Crew) -> FirstEvening:
    """For the page that leads through it."""
    sessions = PracticeSession.objects.filter(
        circle=crew, practice__slug=CONVERSATIONS, cancelled_at__isnull=True
    )
    return FirstEvening(
        practice=Practice.objects.filter(slug=CONVERSATIONS).first(),
        session=sessions.order_by("-starts_at").first(),
        is_written=Agreements.objects.filter(crew=crew).exists(),
    )


# --- on Today ---------------------------------------------------------------------------------


def to_accept(person: Person) -> list[Waiting]:
    """For Today: what was agreed in their crews, for them to read."""
    crews = circles_with_seat(person, Scale.CREW)
    if not crews:
        return []
    editions = Agreements.objects.holding().not_accepted_by(person).filter(crew__in=crews)
    return [
        Waiting(
            scale=Scale.CREW,
            heading=_("{crew} has written down what you agreed").format(crew=edition.crew),
            words=_("Read whether you can say yes to it."),
            url=edition.get_absolute_url(),
            action=_("Read and accept"),
        )
        for edition in editions.select_related("crew").order_by("written_at")[:MOST_WAITING]
    ]
