"""Crews with meetings, and what the tests of meetings share."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from time_machine import Traveller

from circles.models import Circle
from crews import services as crews
from crews.models import Crew
from notifications.models import Notice
from notifications.services import queue_due_notices, send_due
from people.models import Person
from practice import services
from practice.models import PracticeSession
from practice.reminders import KINDS
from tests.factories import make_person, sit
from tests.reading import signed_in as signed_in
from tests.reading import text as text

# A Monday noon in winter, at which the clock of these tests stands still.
NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
# A week later in the evening.
SOON = datetime(2027, 1, 11, 18, 30, tzinfo=UTC)
MINUTE, HOUR, DAY, WEEK = (
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=7),
)


def make_table(*people: Person, seats: int = 6, parent: Circle | None = None) -> Crew:
    """A crew with these people, the first of whom called it; with three new ones else."""
    first, *others = people or (make_person("Inês"), make_person("Tomasz"), make_person("Mere"))
    crew = crews.call(
        by=first, name="Slow Kettle 🫖", intention="Slowly.", seats=seats, parent=parent
    )
    sit(crew, *others)
    return crew


def people_of(circle: Circle) -> list[Person]:
    return [seat.person for seat in circle.memberships.present().at_table()]


def meet(circle: Circle, starts_at: datetime = SOON, **fields: Any) -> list[PracticeSession]:
    """Set a rhythm, weekly and three times unless told; `by` is who sits first."""
    if "by" not in fields:
        fields["by"] = people_of(circle)[0]
    zone = fields.setdefault("time_zone", "UTC")
    local = starts_at.astimezone(ZoneInfo(zone))
    fields = {"every": "week", "meetings": 3, "minutes": 90, **fields}
    rhythm = services.set_rhythm(circle=circle, starts_on=local.date(), at=local.time(), **fields)
    return list(rhythm.sessions.order_by("number"))


def meet_once(circle: Circle, starts_at: datetime = SOON, **fields: Any) -> PracticeSession:
    (session,) = meet(circle, starts_at, every="once", **fields)
    return session


def page(name: str, session: PracticeSession) -> str:
    return reverse(f"practice:{name}", args=[session.pk])


def schedule(circle: Circle) -> str:
    return reverse("practice:schedule", args=[circle.pk])


def typed(**fields: Any) -> dict[str, Any]:
    """What somebody types into the page."""
    return {
        "every": "week",
        "day": "2027-01-12",
        "at": "18:30",
        "time_zone": "Europe/Berlin",
        "minutes": 90,
        "meetings": 4,
        "practice": "",
        "place": "",
        "link": "",
        **fields,
    }


def questions(client: Client, url: str) -> int:
    """How often the database is asked for a page."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def tick(clock: Traveller, moment: datetime) -> None:
    """The worker's minute: write down what is due, and send it."""
    clock.move_to(moment)
    queue_due_notices(moment)
    send_due(seconds=60)


def told(kind: str) -> list[Person]:
    """Who got a mail of this kind, each as often as they got one."""
    sent = Notice.objects.filter(kind=f"practice.{kind}", sent_at__isnull=False)
    return [notice.person for notice in sent.order_by("pk") if notice.person]


def dropped(kind: str) -> list[str]:
    """Why mails of this kind were not sent."""
    notices = Notice.objects.filter(kind=f"practice.{kind}", dropped_at__isnull=False)
    return list(notices.order_by("pk").values_list("reason", flat=True))


def mails_to(person: Person, outbox: list[EmailMessage]) -> list[EmailMessage]:
    return [mail for mail in outbox if person.email in mail.to[0]]


def events(file: bytes) -> list[Any]:
    """The meetings in a calendar file."""
    return list(Calendar.from_ical(file).walk("VEVENT"))


def attached(mail: EmailMessage) -> list[Any]:
    """The meetings in the calendar file that came with a mail, as a mail program reads it."""
    parts = mail.message().walk()
    (file,) = [part for part in parts if part.get_content_type() == "text/calendar"]
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    return events(content)


def stand(session: PracticeSession) -> PracticeSession:
    """The meeting as it stands now."""
    return PracticeSession.objects.get(pk=session.pk)


def detail(**fields: Any) -> dict[str, Any]:
    return {"practice": "", "host": "", "place": "", "link": "", "seen": 0, **fields}


def choose(person: Person, rule: str, scale: str = "crew") -> None:
    """Choose a rule for one scale, the others as they are."""
    rules = {**services.reminder_rules(person), scale: rule}
    services.choose_reminders(person=person, **rules)


def reminded(person: Person) -> list[datetime]:
    """When each of their reminders was due."""
    rows = Notice.objects.filter(person=person, kind__in=KINDS.values())
    return sorted(rows.values_list("due_at", flat=True))


def sent(person: Person) -> list[str]:
    """Which reminders they got, in order."""
    rows = Notice.objects.filter(person=person, sent_at__isnull=False, kind__in=KINDS.values())
    return [kind.removeprefix("practice.reminder_") for kind in rows.values_list("kind", flat=True)]
