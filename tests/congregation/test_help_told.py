"""What stewards see of help, and what of it waits on Today."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localtime

from circles.services import take_seat
from congregation.models import HelpRequest
from congregation.pulse import Need, pulse_of
from congregation.services import help as services
from congregation.waiting.help import concerning
from people.models import Person
from tests.congregation.helped import (
    WORDS,
    Estuary,
    index,
    make_estuary,
    mediated,
    mediation,
    say_yes,
    signed_in,
    text,
    visit,
)
from tests.factories import make_congregation, make_person
from tests.practice.tables import make_table, meet_once

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(microsecond=0) + timedelta(days=4)


@pytest.fixture
def home() -> Estuary:
    return make_estuary()


def test_a_steward_sees_that_it_was_asked_and_whether_it_came(home: Estuary) -> None:
    came = mediated(home)
    services.take_back(request=mediation_of_mere(home), by=home.mere)
    visit(home, SOON)
    words = text(signed_in(home.steward).get(index(home)))
    day = f"{localtime(came.asked_at):%-d %B}"
    for line in (f"A mediator, asked on {day}", f"A visitor, asked on {day}"):
        assert line in words
    for outcome in ("came", "still looks", "taken back"):
        assert f'<span class="soft">{outcome}</span>' in words
    for secret in (WORDS, "Inês", "Tomasz", "Mere", "Ngozi", "Slow Kettle"):
        assert secret not in words
    assert "Asked for here" not in text(signed_in(home.rory).get(index(home)))


def mediation_of_mere(home: Estuary) -> HelpRequest:
    return services.ask_mediator(circle=home.crew, by=home.mere, words=WORDS, other=home.tomasz)


def test_the_pulse_says_what_has_not_come(home: Estuary) -> None:
    request = mediation(home)
    (row, *_) = pulse_of([home.circle.pk])
    assert (row.need, row.heading) == (Need.HELP_ASKED, "A mediator is looked for")
    assert row.url == index(home)
    panel = text(signed_in(home.steward).get("/steward/"))
    assert "A mediator is looked for" in panel
    for secret in (WORDS, "Inês", "Slow Kettle"):
        assert secret not in panel.partition("People with no crew")[0]
    services.offer(request=request, by=home.ngozi)
    assert all(row.need != Need.HELP_ASKED for row in pulse_of([home.circle.pk]))
    assert pulse_of([make_congregation(name="Delta").pk])[0].need == Need.NO_CREW


def headings(person: Person) -> list[str]:
    return [one.heading for one in concerning(person)]


def test_today_says_what_of_it_waits_for_whom(home: Estuary) -> None:
    request = mediation(home)
    assert headings(home.ngozi) == ["Slow Kettle 🫖 asks for a mediator"]
    assert headings(home.rory) == headings(home.mere) == headings(home.steward) == []
    services.offer(request=request, by=home.ngozi)
    assert headings(home.ama) == []
    assert headings(home.tomasz) == ["Somebody offers to sit between you"]
    say_yes(request, home.tomasz, home.ngozi)
    assert headings(home.tomasz) == []
    say_yes(request, home.inês, home.ngozi)
    assert headings(home.ngozi) == ["They said yes to you as a mediator"]
    services.set_talk(request=request, by=home.ngozi, at=SOON, where="The boathouse")
    for person in (home.ngozi, home.inês, home.tomasz):
        assert headings(person)[0].startswith("A talk is set: ")
    assert headings(home.mere) == []
    HelpRequest.objects.update(talk_at=timezone.now() - timedelta(hours=3))
    assert headings(home.inês) == ["You have talked. What do you take with you?"]


def test_today_tells_a_crew_that_somebody_would_visit(home: Estuary) -> None:
    request = visit(home, SOON)
    services.offer(request=request, by=home.ngozi)
    for person in (home.inês, home.tomasz, home.mere):
        assert headings(person) == ["Somebody offers to visit Slow Kettle 🫖"]
    assert headings(home.steward) == []


def test_the_page_asks_as_much_for_many_requests_as_for_few(home: Estuary) -> None:
    def questions(person: Person) -> int:
        client = signed_in(person)
        client.get(index(home))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(index(home)).status_code == 200
        return len(asked)

    def another() -> None:
        people = [make_person() for _ in range(3)]
        for person in people:
            take_seat(circle=home.circle, person=person)
        crew = make_table(*people, parent=home.circle)
        services.ask_mediator(circle=crew, by=people[0], words=WORDS)
        services.ask_visitor(session=meet_once(crew, SOON), by=people[0], words=WORDS)

    services.be_glad(congregation=home.circle, by=home.steward, to_visit=True, to_mediate=True)
    another()
    few = questions(home.steward), questions(home.ngozi)
    for _ in range(4):
        another()
    assert (questions(home.steward), questions(home.ngozi)) == few
