"""A congregation whose crew may ask for help, and what the tests of help share."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.urls import reverse

from circles.models import Circle
from circles.services import take_seat
from congregation.models import HelpPart, HelpRequest
from congregation.services import help as services
from crews.models import Crew
from dyads import services as dyads
from notifications import kinds
from notifications.letters import Dropped, Letter, message_for
from notifications.models import Notice
from people.models import Person
from practice.models import PracticeSession
from tests.factories import make_congregation, make_person, sit
from tests.practice.tables import make_table, meet_once
from tests.reading import signed_in as signed_in
from tests.reading import text as text

# Nobody in these tests is asleep: a Wednesday noon in London, by whose clock all live unless told.
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WORDS = "Two of us would like help to hear each other."


@dataclass(frozen=True, slots=True)
class Estuary:
    """Inês, Tomasz and Mere are the crew; Ngozi and Ama are glad to help; Rory is a member."""

    circle: Circle
    crew: Crew
    steward: Person
    inês: Person
    tomasz: Person
    mere: Person
    ngozi: Person
    ama: Person
    rory: Person


def make_estuary() -> Estuary:
    steward = make_person("Steward", time_zone="Europe/London")
    circle = make_congregation(by=steward, name="Estuary")
    names = ("Inês Carvalho", "Tomasz Lis", "Mere Tūhoe", "Ngozi Eze", "Ama Owusu", "Rory Power")
    people = [make_person(name, time_zone="Europe/London") for name in names]
    sit(circle, *people)
    for person in people[3:5]:
        services.be_glad(congregation=circle, by=person, to_visit=True, to_mediate=True)
    return Estuary(circle, make_table(*people[:3], parent=circle), steward, *people)


def make_dyad(home: Estuary) -> Circle:
    dyad = dyads.begin(by=home.inês, person=home.tomasz, parent=home.circle)
    take_seat(circle=dyad, person=home.tomasz)
    return dyad


def mediation(home: Estuary, *, all_of_them: bool = False) -> HelpRequest:
    """Inês asks: between Tomasz and herself, or for all."""
    other = None if all_of_them else home.tomasz
    return services.ask_mediator(circle=home.crew, by=home.inês, words=WORDS, other=other)


def visit(home: Estuary, starts_at: datetime) -> HelpRequest:
    session = meet_once(home.crew, starts_at, by=home.inês)
    return services.ask_visitor(session=session, by=home.inês, words="Come and keep time for us.")


def session_of(request: HelpRequest) -> PracticeSession:
    assert request.session is not None
    return request.session


def say_yes(request: HelpRequest, by: Person, helper: Person) -> bool:
    return services.agree(request=request, by=by, helper_seen=helper.pk)


def say_no(request: HelpRequest, by: Person, helper: Person) -> None:
    services.decline(request=request, by=by, helper_seen=helper.pk)


def mediated(home: Estuary) -> HelpRequest:
    """Ngozi mediates between Inês and Tomasz."""
    request = mediation(home)
    services.offer(request=request, by=home.ngozi)
    say_yes(request, home.inês, home.ngozi)
    say_yes(request, home.tomasz, home.ngozi)
    return now(request)


def closed(home: Estuary, by: Person | None = None) -> HelpRequest:
    request = mediated(home)
    services.close_mediation(
        request=request,
        by=by or home.ngozi,
        heard="Each of you was afraid to be the one too many.",
        next_step="A walk on Sunday, without the others.",
        look_again_on=(NOON + timedelta(days=30)).date(),
    )
    return now(request)


def now(request: HelpRequest) -> HelpRequest:
    return HelpRequest.objects.select_related("circle__parent", "session").get(pk=request.pk)


def role(request: HelpRequest, person: Person) -> str:
    part = HelpPart.objects.filter(request=request, person=person).first()
    return part.role if part else ""


def page(request: HelpRequest, name: str = "help_request") -> str:
    return reverse(f"congregation:{name}", args=[request.pk])


def steps(person: Person) -> list[str]:
    """Which steps of help somebody is owed a mail about, in order."""
    rows = Notice.objects.filter(person=person, kind="congregation.help").order_by("pk")
    return [notice.payload["step"] for notice in rows]


def written(person: Person, step: str = "", kind: str = "congregation.help") -> str:
    """The last such mail to somebody as it would go now; "" when it would not."""
    rows = Notice.objects.filter(person=person, kind=kind).order_by("-pk")
    notice = next(row for row in rows if not step or row.payload["step"] == step)
    found = kinds.find(kind)
    assert found is not None
    letter = found.build(notice)
    if isinstance(letter, Dropped):
        return ""
    assert isinstance(letter, Letter)
    message = message_for(notice, letter, found, person)
    return f"{message.subject}\n{message.body}"


def index(home: Estuary) -> str:
    return reverse("congregation:help", args=[home.circle.pk])
