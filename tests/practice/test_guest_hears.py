"""What a guest hears of the one meeting: by mail, on Today, in the calendar."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from circles.services import leave, take_seat
from people.models import Person
from practice import services
from practice.models import Guest, PracticeSession
from practice.replies import links
from tests.factories import make_congregation, make_person, sit
from tests.practice.feeds import address_of, in_feed
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    attached,
    dropped,
    mails_to,
    make_table,
    meet,
    page,
    people_of,
    questions,
    signed_in,
    stand,
    text,
    tick,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def evening() -> tuple[PracticeSession, Person]:
    """The second of three meetings, and Ama, who is invited to it."""
    estuary = make_congregation()
    people = [make_person(name) for name in ("Inês", "Tomasz", "Mere", "Ama")]
    sit(estuary, *people)
    crew = make_table(*people[:3], parent=estuary)
    _, session, _ = meet(crew, place="The mill")
    services.invite_guest(session=session, by=people[0], person=people[3], word="Do come")
    return session, people[3]


Evening = tuple[PracticeSession, Person]


def body(mail: EmailMessage) -> str:
    return str(mail.body)


def test_the_invitation_says_who_asks_for_when_and_can_be_answered_from_the_mail(
    evening: Evening, clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session, ama = evening
    tick(clock, NOW + 3 * MINUTE)
    (mail,) = mails_to(ama, mailoutbox)
    assert mail.subject == "Slow Kettle 🫖 asks you to be their guest on Monday 18 January at 18:30"
    assert isinstance(mail, EmailMultiAlternatives)
    for words in (body(mail), str(mail.alternatives[0][0])):
        assert "Inês asks whether you would sit with them for one meeting." in words
        assert "“Do come”" in words
        assert "Where: The mill" in words
        assert "/sessions/reply/" in words
    (event,) = attached(mail)
    assert event.decoded("dtstart") == session.starts_at
    path = links(session, ama)[0].url.removeprefix("http://localhost")
    assert "that follow" not in text(Client().get(path))
    assert Client().post(path, {"answer": "yes"}).status_code == 303
    assert session.answers.get(person=ama).choice == "yes"


def test_a_slip_taken_back_at_once_is_never_heard_of(
    evening: Evening, clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session, ama = evening
    services.take_back_guest(guest=Guest.objects.get(), by=people_of(session.circle)[0])
    tick(clock, NOW + HOUR)
    assert mails_to(ama, mailoutbox) == []
    assert dropped("guest") == ["taken back"]


def test_taken_back_later_the_guest_hears_it_kindly_and_the_link_says_so(
    evening: Evening, clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session, ama = evening
    tick(clock, NOW + HOUR)
    services.take_back_guest(guest=Guest.objects.get(), by=people_of(session.circle)[1])
    tick(clock, NOW + 2 * HOUR)
    mail = mails_to(ama, mailoutbox)[-1]
    assert mail.subject == ("Slow Kettle 🫖 needs no guest on Monday 18 January after all")
    assert "you keep your evening" in " ".join(body(mail).split())
    path = links(session, ama)[0].url.removeprefix("http://localhost")
    assert "You have no seat at this meeting any more" in text(Client().get(path))


def test_a_guest_who_comes_is_reminded(evening: Evening, clock: Traveller) -> None:
    session, ama = evening
    services.answer(session=session, by=ama, choice="yes")
    tick(clock, session.starts_at - DAY)
    tick(clock, session.starts_at - HOUR)
    assert told("reminder_day").count(ama) == 1
    assert told("reminder_hour").count(ama) == 1


def test_a_guest_who_says_nothing_is_asked_once(evening: Evening, clock: Traveller) -> None:
    session, ama = evening
    for minutes in range(3):
        tick(clock, session.starts_at - DAY + minutes * MINUTE)
    assert told("question").count(ama) == 1


def test_a_guest_hears_that_the_meeting_moved(
    evening: Evening, clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session, ama = evening
    inês = people_of(session.circle)[0]
    services.move(session=session, by=inês, starts_at=session.starts_at + HOUR, minutes=90)
    tick(clock, NOW + 3 * MINUTE)
    assert ama in told("changed")
    assert "19:30–21:00" in body(mails_to(ama, mailoutbox)[-1])


def test_a_guest_hears_that_their_meeting_is_called_off_and_of_no_other(
    evening: Evening, clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session, ama = evening
    first = session.rhythm.sessions.get(number=1)  # type: ignore[union-attr]
    services.cancel(session=first, by=people_of(session.circle)[0], following=True)
    tick(clock, NOW + 3 * MINUTE)
    mail = mails_to(ama, mailoutbox)[-1]
    assert mail.subject == "Slow Kettle 🫖: a meeting is called off"
    assert "18 January" in body(mail)
    assert "11 January" not in body(mail)
    assert "25 January" not in body(mail)
    (event,) = attached(mail)
    assert str(event["status"]) == "CANCELLED"


def test_a_guest_who_declined_hears_no_more(evening: Evening, clock: Traveller) -> None:
    session, ama = evening
    services.answer(session=session, by=ama, choice="no")
    inês = people_of(session.circle)[0]
    services.move(session=session, by=inês, starts_at=session.starts_at + HOUR, minutes=90)
    tick(clock, NOW + 3 * MINUTE)
    tick(clock, stand(session).starts_at - DAY)
    tick(clock, stand(session).starts_at - HOUR)
    for kind in ("changed", "question", "reminder_day", "reminder_hour"):
        assert ama not in told(kind)


def test_nobody_is_reminded_of_what_was_taken_back(evening: Evening, clock: Traveller) -> None:
    session, ama = evening
    services.answer(session=session, by=ama, choice="yes")
    leave(circle=session.circle.parent, by=ama)  # type: ignore[arg-type]
    tick(clock, session.starts_at - HOUR)
    assert ama not in told("reminder_hour")


def test_the_crew_reads_in_its_mail_that_the_guest_comes(
    evening: Evening, clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session, ama = evening
    services.answer(session=session, by=ama, choice="yes")
    inês = people_of(session.circle)[0]
    tick(clock, session.starts_at - HOUR)
    assert "Who comes: Ama" in body(mails_to(inês, mailoutbox)[-1])


def test_the_meeting_is_on_today_in_the_calendar_and_in_the_feed(evening: Evening) -> None:
    session, ama = evening
    client = signed_in(ama)
    today = text(client.get(reverse("home:today")))
    assert page("session", session) in today
    assert "and for all that follow" not in today
    for name in ("calendar", "calendar_file"):
        words = text(client.get(reverse(f"practice:{name}")))
        assert page("session", session) in words
        assert page("session", session.rhythm.sessions.get(number=1)) not in words  # type: ignore[union-attr]
    assert len(in_feed(address_of(ama))) == 1
    assert client.get(page("session_file", session)).status_code == 200


def test_a_feed_of_chosen_circles_leaves_guest_evenings_out(evening: Evening) -> None:
    session, ama = evening
    assert in_feed(address_of(ama, circles=[session.circle])) == []


def test_many_guests_cost_no_more_than_one(evening: Evening) -> None:
    session, ama = evening
    inês = people_of(session.circle)[0]
    urls = {
        inês: [page("session", session), page("guests", session), reverse("practice:calendar")],
        ama: [page("session", session), reverse("practice:calendar"), reverse("home:today")],
    }
    before = {p: [questions(signed_in(p), url) for url in urls[p]] for p in urls}
    for name in ("Bo", "Cy"):
        person = make_person(name)
        take_seat(circle=session.circle.parent, person=person)  # type: ignore[arg-type]
        services.invite_guest(session=session, by=inês, person=person)
    assert {p: [questions(signed_in(p), url) for url in urls[p]] for p in urls} == before


def test_nothing_is_sent_before_its_time(evening: Evening, clock: Traveller) -> None:
    tick(clock, NOW + 2 * MINUTE)
    assert told("guest") == []
    tick(clock, SOON)
    assert told("guest") == [evening[1]]
