"""A call with two people and a hand, and a full table that may become two."""

from datetime import datetime, timedelta

from circles import services as seats
from circles.models import Circle, JoinRequest, Membership
from crews import services as crews
from crews.models import Crew, Split
from people.models import Person
from people.week import hour_of_week

# Numbers of `home.demo.people.PEOPLE`; Tomasz called it, the last one would be the seventh.
FULL = ("Letter Evening", "To write one letter each, by hand, and post it the same night.")
WHO, SEVENTH = (1, 5, 16, 22, 24, 32), 44
# Afternoons in Bogotá, where the caller lives, are evenings in Europe.
MONDAY, WEDNESDAY = 0, 2


def call_and_split(estuary: Circle, low_tide: Crew, people: list[Person], now: datetime) -> None:
    """Give the call its hours and a hand, and lay two tables at a full one."""
    caller = low_tide.memberships.present().at_table()[0].person
    crews.change(
        crew=low_tide,
        by=caller,
        name=low_tide.name,
        intention=low_tide.intention,
        seats=low_tide.seats,
        rhythm_in_words=low_tide.rhythm_in_words,
        languages=["en", "de"],
        hours=[hour_of_week(day, hour) for day in (MONDAY, WEDNESDAY) for hour in (14, 15)],
    )
    seats.ask_to_join(circle=low_tide, by=people[27], message="My father, in March.")
    _lay_two_tables(estuary, [people[number] for number in WHO], people[SEVENTH], now)


def _lay_two_tables(estuary: Circle, table: list[Person], seventh: Person, now: datetime) -> None:
    name, intention = FULL
    crew = crews.call(by=table[0], name=name, intention=intention, seats=6, parent=estuary)
    for person in table[1:]:
        seats.take_seat(circle=crew, person=person)
    for person in table[:3]:
        crews.say_go(crew=crew, by=person)
    since = now - timedelta(days=40)
    Membership.objects.filter(circle=crew).update(joined_at=since)
    Crew.objects.filter(pk=crew.pk).update(begun_at=since, created_at=since)
    seats.ask_to_join(circle=crew, by=seventh, message="I still write to my aunt, every month.")
    split = crews.open_split(crew=crew, by=table[1], seventh=seventh)
    yesterday = now - timedelta(days=1)
    Split.objects.filter(pk=split.pk).update(opened_at=yesterday)
    JoinRequest.objects.filter(circle=crew).update(asked_at=yesterday)
    for person in (table[1], table[3]):
        crews.say_it_suits(split=split, by=person)
