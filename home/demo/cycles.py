"""Three crews of the demo at the end of a cycle: one is asked, one has opened, one has ended."""

from datetime import datetime, timedelta

from django.utils import timezone

from circles.models import Circle, Membership
from circles.services import take_seat
from crews import services
from crews.models import Crew, Cycle
from library.models import Practice
from people.models import Person
from practice.models import Attendance, PracticeSession, Rhythm
from practice.rules.recurrence import moment

MEETINGS = 6
# Who sits there (numbers of `home.demo.people.PEOPLE`), what for, and the days from now to the
# last meeting.
ASKED = ("Thursday Bench", "To read one page aloud and stay with it.", (0, 10, 13, 16, 18), 4)
OPENED = ("Winter Soup", "To cook one pot and say what the week was.", (1, 14, 22, 25), -1)
ENDED = ("Tin Whistle", "To play badly together until it is fun.", (1, 5, 19), -3)

SAID = (
    ("renew", "I would come in any weather."),
    ("pause", "The baby comes in spring. Keep my chair, please."),
    ("renew", ""),
    ("leave", "It was what I needed. I would like to go out while it is good."),
)
LEARNED = (
    "A crew that begins on time can afford to be slow afterwards.",
    "We asked who is missing at each beginning. Nobody fell out of sight.",
)


def end_cycles(estuary: Circle, people: list[Person], now: datetime) -> None:
    """Set the three tables, each with its meetings behind it."""
    asked, opened, ended = (_table(estuary, people, row, now) for row in (ASKED, OPENED, ENDED))
    cycle = _ask(asked, now)
    for person, (choice, word) in zip(_sitting(asked)[1:4], SAID, strict=False):
        services.answer(cycle=cycle, by=person, choice=choice, word=word)
    cycle = _ask(opened, now)
    for person, (choice, word) in zip(_sitting(opened), SAID, strict=True):
        services.answer(cycle=cycle, by=person, choice=choice, word=word)
    for person, words in zip(_sitting(ended), LEARNED, strict=False):
        services.share_learned(crew=ended, by=person, words=words, names_crew=True)
    _end(ended)


def _table(
    estuary: Circle,
    people: list[Person],
    row: tuple[str, str, tuple[int, ...], int],
    now: datetime,
) -> Crew:
    name, intention, who, days = row
    caller, *others = [people[number] for number in who]
    crew = services.call(
        by=caller,
        name=name,
        intention=intention,
        seats=max(4, len(who)),
        rhythm_in_words="Every week, six times",
        parent=estuary,
    )
    for person in others:
        take_seat(circle=crew, person=person)
    first = now + timedelta(days=days) - timedelta(weeks=MEETINGS - 1)
    Membership.objects.filter(circle=crew).update(joined_at=first - timedelta(days=9))
    Crew.objects.filter(pk=crew.pk).update(
        begun_at=first - timedelta(days=7), created_at=first - timedelta(days=9)
    )
    crew.refresh_from_db()
    _meet(crew, caller, first)
    return crew


def _meet(crew: Crew, by: Person, first: datetime) -> None:
    local = first.astimezone(by.zone)
    rhythm = Rhythm.objects.create(
        circle=crew,
        every="week",
        starts_on=local.date(),
        at=local.time().replace(hour=19, minute=0, second=0, microsecond=0),
        time_zone=by.time_zone,
        minutes=75,
        meetings=MEETINGS,
        made_by=by,
    )
    practice = Practice.objects.get(slug="check-in-check-out")
    for number in range(1, MEETINGS + 1):
        starts_at = moment(rhythm.pattern.day(number), rhythm.at, by.zone)
        session = PracticeSession.objects.create(
            circle=crew,
            rhythm=rhythm,
            number=number,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=rhythm.minutes),
            time_zone=by.time_zone,
            practice=practice if number < MEETINGS else None,
            host=by,
            made_by=by,
            made_at=first - timedelta(days=7),
        )
        if session.is_over:
            Attendance.objects.bulk_create(
                Attendance(session=session, person=person, was_there=True, noted_by=by)
                for person in _sitting(crew)
            )


def _ask(crew: Crew, now: datetime) -> Cycle:
    last = PracticeSession.objects.filter(circle=crew).latest("starts_at")
    return Cycle.objects.create(
        crew=crew,
        begun_at=crew.begun_at or now,
        asked_at=now - timedelta(days=2),
        last=last,
        answers_due=max(last.ends_at, now) + timedelta(days=2),
    )


def _end(crew: Crew) -> None:
    """Two have said goodbye; Tomasz, who signs in, has not."""
    _tomasz, one, other = _sitting(crew)
    services.end(crew=crew, by=one)
    crew.refresh_from_db()
    services.part(
        crew=crew,
        by=one,
        thanks="For laughing with me and never at me.",
        keeps="That I may be bad at something in company.",
        open_to="crew",
        word="Singing, in spring.",
        tells_stewards=True,
    )
    services.part(crew=crew, by=other, thanks="You carried the low notes.", thanked=one)
    two_days_ago = timezone.now() - timedelta(days=2)
    Circle.objects.filter(pk=crew.pk).update(closed_at=two_days_ago)


def _sitting(crew: Crew) -> list[Person]:
    return [seat.person for seat in crew.memberships.present().at_table()]
