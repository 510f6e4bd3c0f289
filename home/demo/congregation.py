"""Building the demo's congregation through the same services that people use."""

import random
from datetime import datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from circles import services as seats
from circles.models import Circle, JoinRequest, Membership
from congregation import services as congregations
from crews import services as crews
from crews.models import Crew
from dyads import services as dyads
from dyads.models import Dyad
from home.demo.agreeing import agree
from home.demo.asking import look_for_a_time
from home.demo.calling import call_and_split
from home.demo.cycles import end_cycles
from home.demo.help import ask_for_help, let_one_go_quiet
from home.demo.own import look_inside
from home.demo.pairing import (
    be_seen,
    look_back,
    look_into_the_mirror,
    pair_people,
    thank_and_close,
)
from home.demo.people import CREWS, HOURS, PASSWORD, PEOPLE
from home.demo.practices import write_practices
from home.demo.rounds import form_in_winter
from library.models import Practice
from notifications.models import Notice
from people.models import Person
from people.week import hour_of_week
from practice.models import Answer, Attendance, PracticeSession, Rhythm

SEED = 20190711
EVERY = {7: ("week", 1), 14: ("week", 2), 28: ("week", 4)}


@transaction.atomic
def build(now: datetime) -> None:
    """Make the people, Estuary, its crews and dyads, past and coming sessions.

    One session begins in about an hour, and was set two days ago, so that its reminder is due
    within a minute or two. Another, of Tomasz’s dyad, has just begun.
    """
    dice = random.Random(SEED)  # noqa: S311
    people = _people(dice, now)
    estuary = _estuary(people, now)
    tables = [_crew(estuary, people, *row, now=now) for row in CREWS]
    pairs = _dyads(estuary, people)
    ended = _talked_out(estuary, people[1], people[18], dice, now)
    closing = _talked_out(estuary, people[31], people[33], dice, now)
    _sessions(tables, pairs, estuary, dice, now)
    _loose_ends(estuary, tables, people)
    agree(tables, now)
    write_practices(estuary, tables[0], people, now)
    look_for_a_time(tables[0], [people[1], people[2], people[3]], now)
    let_one_go_quiet(estuary, [people[8], people[0], people[7]], now)
    ask_for_help(estuary, tables[2], pairs[0], [people[0], people[8]], now)
    form_in_winter(estuary, people, now)
    end_cycles(estuary, people, now)
    call_and_split(estuary, tables[4], people, now)
    pair_people(estuary, people, now)
    look_into_the_mirror(pairs[:2], now)
    look_back(ended)
    thank_and_close(closing)
    be_seen(pairs[2:])
    # What was owed while building is of yesterday; the demo's mailbox begins empty.
    Notice.objects.all().delete()


def _people(dice: random.Random, now: datetime) -> list[Person]:
    password = make_password(PASSWORD)
    rows = [*PEOPLE, ("Nina Weber", "she/her", "Europe/Berlin", "de en", "")]
    people = []
    for number, (name, pronouns, zone, languages, about) in enumerate(rows):
        evenings = [(day, hour) for day in dice.sample(range(7), 4) for hour in range(18, 22)]
        some = sorted(hour_of_week(*one) for one in {*evenings, (5, 10), (5, 11), (5, 12)})
        if name in HOURS:
            days, first, after = HOURS[name]
            some = [hour_of_week(day, hour) for day in days for hour in range(first, after)]
        is_new = name == "Nina Weber"
        people.append(
            Person(
                email=_address(name, number),
                name=name,
                pronouns=pronouns,
                time_zone=zone,
                languages=languages.split(),
                about=about,
                suitable_hours=[] if is_new else some,
                settled_at=None if is_new else now,
                password=password,
            )
        )
    Person.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in people
    )
    return people


def _address(name: str, number: int) -> str:
    first = {"Inês Carvalho": "ines", "Tomasz Wiśniewski": "tomasz", "Nina Weber": "nina"}
    return f"{first.get(name, f'demo{number}')}@example.org"


def _estuary(people: list[Person], now: datetime) -> Circle:
    steward = people[0]
    estuary = congregations.found(
        by=steward,
        name="Estuary",
        intention="To know each other well enough to ask for help.",
        about="We met at a summer gathering and did not want it to end. Most of us live near "
        "the water. Twice a year we meet for three days; in between there are crews.",
        is_listed=True,
    )
    for person in people[1 : len(PEOPLE) - 2]:
        seats.take_seat(circle=estuary, person=person)
    congregations.make_steward(congregation=estuary, person=people[8], by=steward)
    Membership.objects.filter(circle=estuary).update(joined_at=now - timedelta(days=200))
    seats.renew_link(circle=estuary, by=steward)
    return estuary


def _crew(
    estuary: Circle,
    people: list[Person],
    name: str,
    intention: str,
    chairs: int,
    rhythm: str,
    who: tuple[int, ...],
    *,
    now: datetime,
) -> Crew:
    caller, *others = [people[number] for number in who]
    crew = crews.call(
        by=caller,
        name=name,
        intention=intention,
        seats=chairs,
        rhythm_in_words=rhythm,
        parent=estuary,
    )
    for person in others:
        seats.take_seat(circle=crew, person=person)
    if len(who) > 2:
        for person in [caller, *others][:3]:
            crews.say_go(crew=crew, by=person)
    long_ago = now - timedelta(days=70)
    Membership.objects.filter(circle=crew).update(joined_at=long_ago)
    Circle.objects.filter(pk=crew.pk).update(created_at=long_ago)
    Crew.objects.filter(pk=crew.pk, begun_at__isnull=False).update(begun_at=long_ago)
    crew.refresh_from_db()
    return crew


def _dyads(estuary: Circle, people: list[Person]) -> list[Dyad]:
    pairs = []
    for one, other in ((1, 5), (0, 8), (9, 13), (20, 10)):
        dyad = dyads.begin(
            by=people[one],
            person=people[other],
            parent=estuary,
            intention="To tell each other the truth, kindly, every other week.",
        )
        seats.take_seat(circle=dyad, person=people[other])
        pairs.append(dyad)
    dyads.begin(
        by=people[6],
        person=people[0],
        parent=estuary,
        message="I liked how you listened at the autumn gathering. Six talks, every other week?",
    )
    return pairs


def _talked_out(
    estuary: Circle, one: Person, other: Person, dice: random.Random, now: datetime
) -> Dyad:
    """A dyad that has met six times, the last time three days ago."""
    dyad = dyads.begin(
        by=one, person=other, parent=estuary, intention="To learn to stop in good time."
    )
    seats.take_seat(circle=dyad, person=other)
    Membership.objects.filter(circle=dyad).update(joined_at=now - timedelta(weeks=12))
    last = now - timedelta(days=3)
    _run(dyad, last, 14, 6, before=5, practice="listen-and-loop", dice=dice)
    return dyad


def _sessions(
    tables: list[Crew], pairs: list[Dyad], estuary: Circle, dice: random.Random, now: datetime
) -> None:
    soon = now.replace(second=0, microsecond=0) + timedelta(minutes=61)
    kettle, ferry, olives, mending, _low, light = tables
    _run(kettle, soon, 14, 6, before=3, practice="case-clinic", dice=dice)
    _run(ferry, soon + timedelta(days=2, hours=3), 7, 6, before=2, practice="troika", dice=dice)
    _run(olives, soon + timedelta(days=5), 28, 5, before=2, practice="empathy-circle", dice=dice)
    _run(mending, soon + timedelta(days=3), 14, 6, before=0, practice="project-kitchen", dice=dice)
    _run(light, soon + timedelta(days=1, hours=-8), 7, 8, before=4, practice="", dice=dice)
    for number, dyad in enumerate(pairs):
        # One sits down right now, so that holding a meeting can be tried.
        first = (
            soon + timedelta(days=2 + number, hours=-2) if number else now - timedelta(minutes=3)
        )
        _run(dyad, first, 14, 6, before=1, practice="mindful-dialogue", dice=dice)
    _run(estuary, soon + timedelta(days=19), 7, 1, before=0, practice="open-space", dice=dice)


def _run(
    circle: Circle,
    first: datetime,
    days: int,
    meetings: int,
    *,
    before: int,
    practice: str,
    dice: random.Random,
) -> None:
    """A rhythm of which `before` meetings lie in the past, with answers and attendance."""
    people = [seat.person for seat in circle.memberships.present().at_table()]
    start = first - timedelta(days=days * before)
    exercise = Practice.objects.filter(slug=practice).first()
    every, interval = ("once", 1) if meetings == 1 else EVERY[days]
    local = first.astimezone(people[0].zone)
    link = f"https://meet.example.org/{circle.pk}"
    rhythm = Rhythm.objects.create(
        circle=circle,
        every=every,
        interval=interval,
        starts_on=local.date(),
        first=before + 1,
        at=time(local.hour, local.minute),
        time_zone=people[0].time_zone,
        minutes=90 if circle.scale != "dyad" else 45,
        meetings=meetings,
        practice=exercise,
        link=link,
        made_by=people[0],
    )
    made = min(start, timezone.now()) - timedelta(days=2)
    for number in range(meetings):
        starts_at = rhythm.pattern.moment(number + 1)
        session = PracticeSession.objects.create(
            circle=circle,
            rhythm=rhythm,
            number=number + 1,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=rhythm.minutes),
            time_zone=people[0].time_zone,
            practice=exercise,
            host=people[number % len(people)] if circle.scale in {"crew", "dyad"} else None,
            link=link,
            made_by=people[0],
            made_at=made,
        )
        _answers(session, people, dice, made)


def _answers(
    session: PracticeSession, people: list[Person], dice: random.Random, made: datetime
) -> None:
    likely = ["yes"] * 6 + ["maybe", "no", "", ""]
    for person in people:
        choice = "yes" if person.email.startswith("tomasz") else dice.choice(likely)
        if session.is_over:
            Attendance.objects.create(
                session=session, person=person, was_there=choice == "yes", noted_by=people[0]
            )
        if choice and not person.email.startswith("ines"):
            Answer.objects.create(session=session, person=person, choice=choice, answered_at=made)


def _loose_ends(estuary: Circle, tables: list[Crew], people: list[Person]) -> None:
    """What waits: a hand up at a table, two who ask to join. And what nobody else can read."""
    seats.ask_to_join(
        circle=tables[0],
        by=people[7],
        message="I am mending a wooden boat and I keep stopping. I would like company while I "
        "don’t.",
    )
    for number, message in ((48, "Ama told me about you. I live by the sea, too."), (49, "")):
        seats.ask_to_join(circle=estuary, by=people[number], message=message)
    yesterday = timezone.now() - timedelta(hours=26)
    JoinRequest.objects.filter(circle__in=[estuary, tables[0]]).update(asked_at=yesterday)
    look_inside(people[1], tables[0])
