"""A reply from the mail: signed links that say what they will do and act when pressed."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from time_machine import Traveller

from circles.services import close, leave
from people.models import Person
from people.services import delete_account
from practice import replies, services
from practice.models import Answer, PracticeSession
from tests.factories import make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    WEEK,
    mails_to,
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    signed_in,
    stand,
    text,
    tick,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
THREE = ["yes", "maybe", "no"]


def path_of(session: PracticeSession, person: Person, choice: str = "") -> str:
    """The link, as the mail carries it."""
    links = replies.links(session, person)
    path = urlsplit(links[THREE.index(choice or "yes")].url).path
    return path if choice else path.removesuffix("yes/")


def said(session: PracticeSession, person: Person) -> str:
    answer = Answer.objects.filter(session=session, person=person).first()
    return answer.choice if answer else ""


def press(path: str, **typed: str) -> str:
    """Open the link as somebody signed in nowhere, and press; the page that follows.

    With a browser that keeps no cookies, as those inside mail programs do.
    """
    client = Client(enforce_csrf_checks=True)
    (action,) = re.findall(r'<form[^>]+action="([^"]+)"', text(client.get(path)))
    response = Client(enforce_csrf_checks=True).post(action, typed)
    assert response.status_code == 303
    return text(client.get(response["Location"]))


# --- the way of an answer -------------------------------------------------------------------


def links_in(mail: EmailMessage) -> tuple[list[str], list[str]]:
    """The reply links in the text and in the HTML of a mail."""
    assert isinstance(mail, EmailMultiAlternatives)
    html = str(mail.alternatives[0][0])
    pattern = r"http://localhost(/sessions/reply/[^\s\"]+)"
    return re.findall(pattern, str(mail.body)), re.findall(pattern, html)


def test_every_mail_that_asks_carries_the_three_answers(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, silent, unsure = people_of(session.circle)
    services.answer(session=session, by=unsure, choice="maybe")
    tick(clock, NOW)
    services.move(session=session, by=inês, starts_at=SOON + HOUR, minutes=60)
    tick(clock, NOW + 3 * MINUTE)
    tick(clock, SOON + HOUR - DAY)
    tick(clock, SOON)
    subjects = []
    # Last comes the weekly letter, which looks at many meetings.
    mailoutbox[:] = [mail for mail in mailoutbox if not mail.subject.startswith("Your week")]
    for mail in mails_to(silent, mailoutbox) + mails_to(unsure, mailoutbox)[-2:]:
        subjects.append(mail.subject)
        for found in links_in(mail):
            assert [path.rstrip("/").rsplit("/", 1)[-1] for path in found] == THREE
    assert len(subjects) == 5, subjects
    for path, choice in zip(links_in(mailoutbox[-1])[0], THREE, strict=True):
        press(path, answer=choice)
        assert choice in {said(session, person) for person in (inês, silent, unsure)}


def test_a_mail_stays_small(clock: Traveller, mailoutbox: list[EmailMessage]) -> None:
    session = meet_once(make_table())
    tick(clock, SOON - DAY)
    mail = mails_to(people_of(session.circle)[1], mailoutbox)[-1]
    assert len(mail.message().as_bytes()) < 12_000


@pytest.mark.parametrize("choice", THREE)
def test_a_link_says_what_it_will_do_and_does_it_when_pressed(choice: str) -> None:
    tomasz = make_person("Tomasz Wójcik", time_zone="Asia/Kathmandu")
    session = meet_once(make_table(make_person("Inês"), tomasz, make_person("Mere")))
    words = text(Client().get(path_of(session, tomasz, choice)))
    assert "Slow Kettle 🫖" in words
    assert "Tue 12 Jan, 00:15" in words
    assert "your time, Kathmandu" in words
    assert "The button answers for you, Tomasz" in words
    (first, *_) = re.findall(r'name="answer" value="(\w+)"', words)
    assert first == choice
    noted = press(path_of(session, tomasz, choice), answer=choice)
    assert said(session, tomasz) == choice
    assert {"yes": "you’ll be there", "maybe": "you aren’t sure", "no": "you can’t come"}[
        choice
    ] in re.findall(r"<h1>(.*?)</h1>", noted)[0]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_programs_that_open_every_link_change_nothing(method: str) -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    for choice in THREE:
        getattr(Client(), method)(path_of(session, reader, choice))
    assert said(session, reader) == ""


def test_thinking_again_on_the_page_that_noted_it() -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    noted = press(path_of(session, reader, "yes"), answer="yes")
    assert "Another answer" in noted
    press(path_of(session, reader), answer="no")
    assert said(session, reader) == "no"
    assert "So far you have said that you can’t." in text(
        Client().get(path_of(session, reader, "yes"))
    )


def test_one_tick_answers_for_all_that_follow() -> None:
    first, *others = meet(make_table())
    reader = people_of(first.circle)[1]
    assert "and for the 2 that follow" in text(Client().get(path_of(first, reader, "yes")))
    press(path_of(first, reader, "yes"), answer="yes")
    assert [said(one, reader) for one in (first, *others)] == ["yes", "", ""]
    press(path_of(first, reader, "yes"), answer="yes", following="1")
    assert [said(one, reader) for one in (first, *others)] == ["yes"] * 3


def test_a_word_that_was_said_stays() -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    services.answer(session=session, by=reader, choice="maybe", word="A train")
    press(path_of(session, reader, "no"), answer="no")
    assert Answer.objects.get(session=session, person=reader).word == "A train"


def test_it_answers_for_whom_it_was_written_whoever_is_signed_in() -> None:
    session = meet_once(make_table())
    _, tomasz, mere = people_of(session.circle)
    path = path_of(session, tomasz, "no")
    assert "answers for you, Tomasz" in text(signed_in(mere).get(path))
    signed_in(mere).post(path, {"answer": "no"})
    assert (said(session, tomasz), said(session, mere)) == ("no", "")


def test_the_page_tells_nothing_of_the_circle_but_its_name_and_hour() -> None:
    inês, reader, mere = make_person("Inês"), make_person("Tomasz"), make_person("Mere")
    session = meet_once(
        make_table(inês, reader, mere), place="The mill", link="https://room.example"
    )
    services.answer(session=session, by=mere, choice="no", word="Tired")
    noted = press(path_of(session, reader, "yes"), answer="yes")
    for page_text in (noted, text(Client().get(path_of(session, reader, "yes")))):
        for private in ("Inês", "Mere", "Tired", "mill", "room.example", "Slowly"):
            assert private not in page_text
        assert page("session", session) in page_text


def test_the_page_is_kept_by_no_cache() -> None:
    session = meet_once(make_table())
    response = Client().get(path_of(session, people_of(session.circle)[1], "yes"))
    assert "no-store" in response["Cache-Control"]


# --- when it is not as the mail said ---------------------------------------------------------


def test_a_moved_meeting_shows_the_new_time_and_asks_again() -> None:
    session = meet_once(make_table())
    inês, reader, _ = people_of(session.circle)
    old = path_of(session, reader, "yes")
    services.move(session=session, by=inês, starts_at=SOON + DAY, minutes=90)
    words = text(Client().get(old))
    assert "This meeting has moved" in words
    assert "Tue 12 Jan, 18:30" in words
    response = Client().post(old, {"answer": "yes"})
    assert response.status_code == 409
    assert "This meeting has moved" in text(response)
    assert said(session, reader) == ""
    press(old, answer="yes")
    assert said(session, reader) == "yes"


def test_moved_between_reading_and_pressing() -> None:
    session = meet_once(make_table())
    inês, reader, _ = people_of(session.circle)
    (action,) = re.findall(
        r'<form[^>]+action="([^"]+)"', text(Client().get(path_of(session, reader, "yes")))
    )
    services.move(session=session, by=inês, starts_at=SOON + DAY, minutes=90)
    assert Client().post(action, {"answer": "yes"}).status_code == 409
    assert said(session, reader) == ""


def ways_to_end() -> dict[str, str]:
    """What can happen to a meeting, and what the link then says."""
    return {
        "off": "This meeting was called off",
        "ended": "has come to its end",
        "over": "This meeting is over",
        "left": "You have no seat at this meeting any more",
    }


@pytest.mark.parametrize("what", ways_to_end())
def test_a_link_too_late_says_so_kindly_and_changes_nothing(clock: Traveller, what: str) -> None:
    session = meet_once(make_table())
    inês, reader, _ = people_of(session.circle)
    path = path_of(session, reader, "yes")
    if what == "off":
        services.cancel(session=session, by=inês)
    elif what == "ended":
        close(circle=session.circle, by=inês)
    elif what == "over":
        clock.move_to(session.ends_at + WEEK)
    else:
        leave(circle=session.circle, by=reader)
    response = Client().get(path)
    assert response.status_code == 200
    assert ways_to_end()[what] in text(response)
    assert "<form" not in text(response)
    pressed = Client().post(path, {"answer": "yes"})
    assert pressed.status_code == 409
    assert ways_to_end()[what] in text(pressed)
    assert said(session, reader) == ""


def test_who_gave_up_the_seat_does_not_hear_where_the_meeting_moved() -> None:
    session = meet_once(make_table())
    inês, leaver, _ = people_of(session.circle)
    path = path_of(session, leaver, "yes")
    leave(circle=session.circle, by=leaver)
    services.move(session=stand(session), by=inês, starts_at=SOON + DAY, minutes=90)
    words = text(Client().get(path))
    assert "Tue 12 Jan" not in words
    assert page("session", session) not in words


def forged(session: PracticeSession, person: Person) -> list[str]:
    """Links that nobody here wrote, and links that lost a piece."""
    good = path_of(session, person)
    other = signing.dumps([person.pk, session.pk, 0], salt="another")
    wrong = [signing.dumps(value, salt=replies.SALT) for value in ([1], "x", None)]
    return [
        good[:-5] + "/",
        good.replace("/reply/", "/reply/x"),
        f"{good}perhaps/",
        *(f"/sessions/reply/{token}/" for token in [other, "x", *wrong]),
    ]


def test_a_forged_link_gets_a_word_and_no_more() -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    for path in forged(session, reader):
        for response in (Client().get(path), Client().post(path, {"answer": "yes"})):
            assert response.status_code == 404, path
            assert "This link leads nowhere" in text(response)
            assert "Kettle" not in text(response)
    assert said(session, reader) == ""


def test_the_link_of_somebody_who_left_altogether_leads_nowhere() -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    path = path_of(session, reader, "yes")
    delete_account(person=reader)
    assert Client().get(path).status_code == 404


def test_nonsense_in_the_form_changes_nothing() -> None:
    session = meet_once(make_table())
    reader = people_of(session.circle)[1]
    for typed in ({}, {"answer": "perhaps"}):
        response = Client().post(path_of(session, reader, "yes"), typed)
        assert response.status_code == 422
        assert "Say that you’ll be there?" in text(response)
    assert said(session, reader) == ""
