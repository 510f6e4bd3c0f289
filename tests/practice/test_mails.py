"""What the mails about meetings say, and what a mail program makes of them."""

from datetime import datetime

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from time_machine import Traveller

from library.models import Practice
from notifications.models import Notice, Switch
from practice import services
from tests.factories import make_person
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    WEEK,
    attached,
    mails_to,
    make_table,
    meet_once,
    page,
    people_of,
    signed_in,
    stand,
    text,
    tick,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def html(mail: EmailMessage) -> str:
    assert isinstance(mail, EmailMultiAlternatives)
    ((content, mimetype),) = mail.alternatives
    assert mimetype == "text/html"
    return str(content)


def test_a_reminder_says_when_where_what_and_who_comes(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    practice = Practice.objects.get(slug="case-clinic")
    session = meet_once(
        make_table(), practice=practice, place="The mill 🌾", link="https://room.example/kettle"
    )
    inês, tomasz, _ = people_of(session.circle)
    services.answer(session=session, by=tomasz, choice="maybe")
    tick(clock, SOON - HOUR)
    (mail,) = [one for one in mails_to(tomasz, mailoutbox) if "in an hour" in one.subject]
    assert mail.subject == "Slow Kettle 🫖 meets in an hour"
    assert mail.to == [f"Tomasz <{tomasz.email}>"]
    for words in (str(mail.body), html(mail)):
        assert "Monday 11 January, 18:30–20:00" in words
        assert f"Practice: {practice.title}" in words
        assert "Inês hosts." in words
        assert "Where: The mill 🌾" in words
        assert "https://room.example/kettle" in words
        assert "Who comes: Inês" in words
        assert "You weren’t sure yet" in words
        assert f"http://localhost/sessions/{session.pk}/" in words
    assert "You host this time." in str(mails_to(inês, mailoutbox)[-1].body)


def test_whoever_cannot_come_is_not_said_to_host(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, tomasz, _ = people_of(session.circle)
    services.answer(session=session, by=tomasz, choice="yes")
    client = signed_in(tomasz)
    pages = [page("session", session), page("hold", session), session.circle.get_absolute_url()]
    clock.move_to(SOON - MINUTE)
    assert ["Inês hosts" in text(client.get(one)) for one in pages] == [True] * 3
    clock.move_to(NOW)
    services.answer(session=session, by=inês, choice="no")
    tick(clock, SOON - HOUR)
    assert "hosts" not in str(mails_to(tomasz, mailoutbox)[-1].body)
    clock.move_to(SOON - MINUTE)
    assert ["Inês hosts" in text(client.get(one)) for one in pages] == [False] * 3


def test_a_reminder_says_who_perhaps_comes_and_what_ones_part_is(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    practice = Practice.objects.get(slug="case-clinic")
    session = meet_once(make_table(), practice=practice)
    inês, tomasz, mere = people_of(session.circle)
    services.answer(session=session, by=tomasz, choice="maybe")
    services.answer(session=session, by=mere, choice="yes")
    tick(clock, SOON - HOUR)
    mails = {person: mails_to(person, mailoutbox)[-1] for person in (inês, tomasz, mere)}
    for words in (str(mails[inês].body), html(mails[inês])):
        assert "Who comes: Mere" in words
        assert "Perhaps: Tomasz" in words
    bodies = [str(mail.body) for mail in mails.values()]
    for role in practice.roles:
        assert sum(f"Your part this time: {role}" in body for body in bodies) <= 1
    assert any("Your part this time:" in body for body in bodies)


def test_the_question_asks_and_says_that_any_answer_is_good(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    silent = people_of(session.circle)[1]
    tick(clock, SOON - DAY)
    mail = mails_to(silent, mailoutbox)[-1]
    assert mail.subject == "Will you be there? Slow Kettle 🫖 meets tomorrow at 18:30"
    assert "You haven’t answered yet. Any answer is a good one" in str(mail.body)


def test_names_are_escaped_in_html_and_plain_in_text(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    host = make_person("<b>Ø & Co</b>")
    session = meet_once(make_table(host, make_person(), make_person()), place="A & B's <mill>")
    tick(clock, NOW)
    mailoutbox.clear()
    services.move(session=session, by=host, starts_at=SOON + HOUR, minutes=90)
    tick(clock, NOW + 3 * MINUTE)
    mail = mailoutbox[0]
    assert "Where: A & B's <mill>" in str(mail.body)
    assert "<mill>" not in html(mail)
    assert "<b>Ø" not in html(mail)


def test_each_reads_the_time_on_their_own_wall(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    zones = {
        "America/St_Johns": "Monday 11 January, 15:00–16:30 (your time, St John’s)",
        "Pacific/Auckland": "Tuesday 12 January, 07:30–09:00 (your time, Auckland)",
        "Asia/Kathmandu": "Tuesday 12 January, 00:15–01:45 (your time, Kathmandu)",
    }
    people = [make_person(time_zone=zone) for zone in zones]
    meet_once(make_table(*people))
    tick(clock, SOON - DAY)
    for person, when in zip(people, zones.values(), strict=True):
        mail = mails_to(person, mailoutbox)[-1]
        assert when in str(mail.body)
        assert when.split(" (")[0] in html(mail)


def test_a_mail_can_be_told_from_its_repeat_and_stopped_with_one_click(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    tick(clock, SOON - DAY)
    (mail,) = mails_to(inês, mailoutbox)
    headers = mail.message()
    notice = Notice.objects.get(person=inês, kind="practice.reminder_day")
    assert headers["Message-ID"] == f"<{notice.uuid}@localhost>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = str(headers["List-Unsubscribe"]).strip("<>")
    assert url in str(mail.body)
    # As a mail program does: no session, no token of a form.
    pressed = Client(enforce_csrf_checks=True).post(
        url.removeprefix("http://localhost"), {"List-Unsubscribe": "One-Click"}
    )
    assert pressed.status_code == 200
    switch = Switch.objects.get()
    assert (switch.person, switch.kind, switch.is_on) == (inês, "practice.reminder_day", False)


# --- the file that comes with it --------------------------------------------------------------


def test_the_file_names_the_same_moment_for_everybody(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    people = [make_person(time_zone=zone) for zone in ("Asia/Kathmandu", "UTC", "Europe/Berlin")]
    session = meet_once(make_table(*people), place="The mill, upstairs; left 🌾")
    tick(clock, SOON - DAY)
    for person in people:
        (event,) = attached(mails_to(person, mailoutbox)[-1])
        assert event["dtstart"].to_ical() == b"20270111T183000Z"
        assert event["dtend"].to_ical() == b"20270111T200000Z"
        assert str(event["uid"]) == f"{session.uid}@localhost"
        assert str(event["summary"]) == "Slow Kettle 🫖"
        assert str(event["location"]) == "The mill, upstairs; left 🌾"
        assert str(event["status"]) == "CONFIRMED"


def test_a_newer_file_replaces_an_older_one(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    session = meet_once(make_table())
    inês, reader, _ = people_of(session.circle)
    tick(clock, NOW)
    services.move(session=session, by=inês, starts_at=SOON + WEEK, minutes=60)
    tick(clock, NOW + 3 * MINUTE)
    services.cancel(session=stand(session), by=inês)
    tick(clock, NOW + 6 * MINUTE)
    files = [attached(mail) for mail in mails_to(reader, mailoutbox)]
    versions = [event for (event,) in files]
    assert [str(event["uid"]) for event in versions] == [f"{session.uid}@localhost"] * 3
    assert [int(event["sequence"]) for event in versions] == [0, 1, 2]
    assert [str(event["status"]) for event in versions] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    starts: list[datetime] = [event.decoded("dtstart") for event in versions]
    assert starts == [SOON, SOON + WEEK, SOON + WEEK]
