"""A crew of the demo that looks for a time just now."""

from datetime import datetime, time, timedelta

from circles.models import Circle
from people.models import Person
from practice import services
from practice.rules.recurrence import moment
from practice.rules.shared_hours import Week

# Weekday and time, and what those who have answered say.
TIMES = (
    (1, time(18, 30), ("yes", "yes", "if_need_be")),
    (3, time(18, 30), ("if_need_be", "yes", "yes")),
    (5, time(10, 0), ("yes", "no", "no")),
)


def look_for_a_time(circle: Circle, people: list[Person], now: datetime) -> None:
    """The first of `people` asks; they and those behind them have answered, nobody else."""
    asker = people[0]
    week = Week.of((now + timedelta(days=9)).date(), asker.zone)
    starts = [moment(week.days[day], at, asker.zone) for day, at, _said in TIMES]
    poll = services.open_poll(
        circle=circle,
        by=asker,
        starts=starts,
        rule={
            "title": "An evening more, for the boat",
            "every": "once",
            "interval": 1,
            "meetings": 1,
            "minutes": 60,
            "time_zone": asker.time_zone,
        },
    )
    for option, (_day, _at, said) in zip(poll.options.all(), TIMES, strict=True):
        for person, choice in zip(people, said, strict=True):
            services.answer_poll(option=option, by=person, choice=choice)
