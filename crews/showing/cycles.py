"""What is shown of a cycle: near its end, when the answers are open, and when it is decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Membership
from circles.scales import Scale
from circles.seats import seats_of
from crews import services
from crews.models import Crew, Cycle, CycleAnswer, Parting
from crews.models.cycle import GOODBYES
from crews.rules.cycles import OVERDUE, Choice, suggested
from crews.rules.splitting import LEAST_FOR_TWO
from crews.showing.now import CrewNow
from crews.showing.words import CHOICES, WAYS
from pages.registry import Waiting
from pages.sections import Step
from people.models import Person
from practice.forms.often import often_initial
from practice.models import PracticeSession, Rhythm
from practice.showing.naming import in_one_breath

MOST = 3
# A day until which somebody rests, or a leaving that was said, is a hint for so long.
FRESH = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said, once the answers are open: "Inês would like to go on"."""

    choice: str
    word: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Before the opening: my own answer, and of the others only how many have answered."""

    mine: CycleAnswer | None
    answered: int
    people: int

    @property
    def progress(self) -> str:
        """How many have answered, and who is nobody's to know."""
        return ngettext(
            "One of {people} has answered.", "{count} of {people} have answered.", self.answered
        ).format(count=self.answered, people=self.people)


@dataclass(frozen=True, slots=True)
class Opened:
    """After the opening: who said what, and where that leads. Nothing for who came later."""

    said: Sequence[Said]
    silent: str
    ways: Sequence[str]
    sat_there: bool
    is_overdue: bool
    may_become_two: bool


def asking(cycle: Cycle, reader: Person) -> Asking:
    """What the reader may know before the opening."""
    there = Membership.objects.present().filter(circle=cycle.crew_id)
    people = there.values("person")
    return Asking(
        mine=CycleAnswer.objects.filter(cycle=cycle, person=reader).first(),
        answered=cycle.answers.filter(person__in=people).count(),
        people=there.count(),
    )


def opened(cycle: Cycle, reader: Person, now: datetime) -> Opened:
    """The answers, by name, for those who sat there when they opened."""
    seats = list(Membership.objects.present().filter(circle=cycle.crew_id).at_table())
    since = cycle.revealed_at or now
    there = [seat.person for seat in seats if seat.joined_at <= since]
    sat_there = reader in there
    answers = CycleAnswer.objects.readable_by(reader).filter(cycle=cycle)
    found = list(answers.select_related("person").order_by("person__name", "pk"))
    here = {person.pk for person in there}
    still = {answer.person_id: answer.choice for answer in found if answer.person_id in here}
    silent = [person for person in there if person.pk not in still]
    return Opened(
        said=[Said(_in_words(answer, reader), answer.word) for answer in found if sat_there],
        silent=in_one_breath(silent, reader) if silent and sat_there else "",
        ways=[str(WAYS[way]) for way in suggested(still, len(there))] if sat_there else [],
        sat_there=sat_there,
        is_overdue=now > since + OVERDUE,
        may_become_two=len(seats) >= LEAST_FOR_TWO,
    )


def _in_words(answer: CycleAnswer, reader: Person) -> str:
    words = CHOICES[Choice(answer.choice)]
    if answer.person_id == reader.pk:
        return str(words.mine)
    return str(words.said).format(who=answer.person.first_name)


def schedule_as_before(crew: Crew, meetings: int, now: datetime) -> str:
    """The address of the schedule form, filled in with the rhythm that the crew had."""
    address = reverse("practice:schedule", args=[crew.pk])
    rhythms = Rhythm.objects.filter(circle=crew).exclude(every=Rhythm.Every.ONCE)
    rhythm = rhythms.order_by("-made_at", "-pk").first()
    if rhythm is None:
        return f"{address}?{urlencode({'meetings': meetings})}"
    last = rhythm.sessions.order_by("-number").first()
    number = last.number + 1 if last else rhythm.first
    while rhythm.pattern.moment(number) <= now:
        number += 1
    said = {
        "every": often_initial(rhythm.every, rhythm.interval, meetings)["every"],
        "day": rhythm.pattern.day(number).isoformat(),
        "at": f"{rhythm.at:%H:%M}",
        "zone": rhythm.time_zone,
        "minutes": rhythm.minutes,
        "meetings": meetings,
    }
    return f"{address}?{urlencode(said)}"


# --- on the crew's page ---------------------------------------------------------------------


def end_of_the_cycle(now: CrewNow) -> Step | None:
    """The question, the open answers, a rest, or a last page."""
    if now.crew.is_resting and now.crew.has_begun:
        return Step(
            heading=_("Your crew rests"),
            words=_rest_in_words(now.crew),
            url=reverse("crews:rest", args=[now.crew.pk]),
            action=_("Begin again"),
        )
    cycle = now.ending
    if cycle is None:
        return None
    if cycle.is_open:
        return Step(
            heading=_("The answers are open"),
            words=_("This cycle has come to its end. Read what each of you says, and talk."),
            url=cycle.get_absolute_url(),
            action=_("Read the answers"),
        )
    if CycleAnswer.objects.filter(cycle=cycle, person=now.reader).exists():
        return None
    return Step(
        heading=_("Your cycle comes to its end"),
        words=_("Renew, pause, regroup or leave: say it alone. The answers open together."),
        url=cycle.get_absolute_url(),
        action=_("Say what you wish"),
    )


def _rest_in_words(crew: Crew) -> str:
    if crew.resting_until is None:
        return _("It rests until one of you wakes it.")
    return _("Until {day}; any of you can wake it earlier.").format(
        day=crew.resting_until.strftime("%-d %B")
    )


@dataclass(frozen=True, slots=True)
class LifeNow:
    """Links on a crew's page: looking back, taking a decision back, the last page."""

    crew: Crew
    cycle: Cycle | None
    looked_back: Cycle | None
    may_take_back: bool
    last_page: bool


def life_of(now: CrewNow) -> LifeNow | None:
    """How the crew goes on, for its page; nothing for a call."""
    if not now.crew.has_begun:
        return None
    cycles = list(now.crew.cycles.order_by("-number")[:2])
    return LifeNow(
        crew=now.crew,
        cycle=next((one for one in cycles if one.decided_at is None and one.asked_at), None),
        looked_back=next((one for one in cycles if one.decided_at and one.is_open), None),
        may_take_back=services.may_take_back(now.crew, timezone.now()),
        last_page=not now.crew.is_open,
    )


# --- on Today -------------------------------------------------------------------------------


def waiting_at_the_end(person: Person) -> Iterator[Waiting]:
    """Cycles to answer or to decide, rests that are over, crews to say goodbye to."""
    seats = [seat for seat in seats_of(person) if seat.scale == Scale.CREW]
    now = timezone.now()
    going = [seat.circle_id for seat in seats if seat.circle.is_open]
    ended = [
        seat.circle
        for seat in seats
        if seat.circle.closed_at is not None and now < seat.circle.closed_at + GOODBYES
    ]
    if going:
        yield from _going(person, going, now)
    if ended:
        said = Parting.objects.filter(person=person, crew__in=[one.pk for one in ended])
        parted = set(said.values_list("crew", flat=True))
        for crew in [one for one in ended if one.pk not in parted][:MOST]:
            yield Waiting(
                scale=Scale.CREW,
                heading=_("{crew} has come to its end").format(crew=crew),
                words=_("Its last page is open: thanks, what you keep, what comes next."),
                url=reverse("crews:ending", args=[crew.pk]),
                action=_("Say goodbye"),
            )


def _going(person: Person, crews: list[int], now: datetime) -> Iterator[Waiting]:
    """One question for whoever has nothing to answer, which is most days."""
    asked = Cycle.objects.alive().filter(crew=OuterRef("pk"), asked_at__isnull=False)
    rested = Q(begun_at__isnull=False, resting_until__range=(now.date() - FRESH, now.date()))
    leaving = Exists(
        Cycle.objects.filter(
            crew=OuterRef("pk"),
            outcome=Cycle.Outcome.RENEWED,
            decided_at__gt=now - FRESH,
            answers__person=person,
            answers__choice=Choice.LEAVE,
        )
    )
    found = Crew.objects.filter(Q(Exists(asked)) | rested | Q(leaving), pk__in=crews)
    found = found.annotate(leaving=leaving).order_by("name", "pk")
    chosen = list(found[: 2 * MOST])
    yield from _cycles(person, [crew for crew in chosen if not crew.is_resting], now)
    for crew in [crew for crew in chosen if crew.leaving][:MOST]:  # type: ignore[attr-defined]
        yield Waiting(
            scale=Scale.CREW,
            heading=_("{crew} goes on. You said that you would leave").format(crew=crew),
            words=_("Your seat is yours until you give it up yourself. Staying is fine, too."),
            url=reverse("circles:leave", args=[crew.pk]),
            action=_("Leave, or stay"),
            in_letter=False,
        )
    for crew in [crew for crew in chosen if crew.is_resting][:MOST]:
        yield Waiting(
            scale=Scale.CREW,
            heading=_("{crew} has rested").format(crew=crew),
            words=_("Do you begin again? Any of you can wake it."),
            url=reverse("crews:rest", args=[crew.pk]),
            action=_("Look at it"),
        )


def _cycles(person: Person, crews: list[Crew], now: datetime) -> Iterator[Waiting]:
    if not crews:
        return
    mine = CycleAnswer.objects.filter(cycle=OuterRef("pk"), person=person)
    cycles = Cycle.objects.undecided().filter(crew__in=crews, asked_at__isnull=False)
    answered = set(cycles.filter(Exists(mine)).values_list("pk", flat=True))
    for cycle in cycles.select_related("crew").order_by("answers_due")[:MOST]:
        if cycle.revealed_at is not None:
            if now < cycle.revealed_at + OVERDUE + FRESH:
                yield Waiting(
                    scale=Scale.CREW,
                    heading=_("The answers of {crew} are open").format(crew=cycle.crew),
                    words=_("Read them, talk, and decide together how you go on."),
                    url=cycle.get_absolute_url(),
                    action=_("Read the answers"),
                )
        elif cycle.pk not in answered:
            yield Waiting(
                scale=Scale.CREW,
                heading=_("{crew} comes to the end of its cycle").format(crew=cycle.crew),
                words=_("Renew, pause, regroup or leave? The answers open together."),
                url=cycle.get_absolute_url(),
                action=_("Say what you wish"),
            )


def may_look_back_at(session: PracticeSession | None, now: datetime) -> bool:
    """Whether the last meeting is to come and nothing is planned for it yet."""
    if session is None or session.is_cancelled or session.practice_id is not None:
        return False
    return session.starts_at > now
