"""Tables that look for a time, and what the tests of polls share."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from circles.models import Circle
from people.models import Person
from practice import services
from practice.models import Poll, PollAnswer, PollOption
from tests.practice.tables import people_of, signed_in, text

# A Tuesday, a Thursday and a Saturday of the week after the tests' Monday.
TUESDAY = datetime(2027, 1, 12, 18, 30, tzinfo=UTC)
THURSDAY = datetime(2027, 1, 14, 19, 0, tzinfo=UTC)
SATURDAY = datetime(2027, 1, 16, 9, 0, tzinfo=UTC)


def rule(**fields: Any) -> dict[str, Any]:
    return {
        "title": "",
        "every": "once",
        "interval": 1,
        "meetings": 1,
        "minutes": 90,
        "time_zone": "UTC",
        **fields,
    }


FORTNIGHTLY: dict[str, Any] = {"every": "week", "interval": 2, "meetings": 3}


def ask(
    circle: Circle, starts: Sequence[datetime] = (TUESDAY, THURSDAY, SATURDAY), **fields: Any
) -> Poll:
    by = fields.pop("by", None) or people_of(circle)[0]
    return services.open_poll(circle=circle, by=by, starts=starts, rule=rule(**fields))


def option(poll: Poll, starts_at: datetime = TUESDAY) -> PollOption:
    return poll.options.get(starts_at=starts_at)


def say(poll: Poll, person: Person, choice: str = "yes", *starts: datetime) -> None:
    """Answer these times, or every one proposed."""
    for one in poll.options.proposed().filter(**({"starts_at__in": starts} if starts else {})):
        services.answer_poll(option=one, by=person, choice=choice)


def said(poll: Poll, starts_at: datetime = TUESDAY) -> dict[str, str]:
    """Who said what to a time, by name."""
    rows = PollAnswer.objects.filter(option__poll=poll, option__starts_at=starts_at)
    return dict(rows.order_by("pk").values_list("person__name", "choice"))


def proposed(poll: Poll) -> list[datetime]:
    return list(poll.options.proposed().values_list("starts_at", flat=True))


def client_of(poll: Poll, number: int = 0) -> Client:
    """Somebody of that circle, by the order of the seats."""
    return signed_in(people_of(poll.circle)[number])


def new(circle: Circle) -> str:
    return reverse("practice:new_poll", args=[circle.pk])


def words(response: Any) -> str:
    """The page as it reads, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


def page(name: str, poll: Poll) -> str:
    return reverse(f"practice:{name}", args=[poll.pk])


def typed(*starts: datetime, **fields: Any) -> dict[str, Any]:
    """What somebody types who asks for these times, in UTC."""
    rows = {
        name: value
        for number, start in enumerate(starts)
        for name, value in (
            (f"times-{number}-day", f"{start:%Y-%m-%d}"),
            (f"times-{number}-at", f"{start:%H:%M}"),
        )
    }
    return {
        "title": "Our first cycle",
        "every": "once",
        "weeks": 3,
        "meetings": 6,
        "minutes": 90,
        "time_zone": "UTC",
        "times-TOTAL_FORMS": len(starts),
        "times-INITIAL_FORMS": 0,
        **rows,
        **fields,
    }
