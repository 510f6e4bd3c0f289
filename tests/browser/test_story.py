"""The whole story by hand: three people in three zones, from signing up to the reminder.

With everything real: web server, worker and beat as processes, PostgreSQL, Redis, a mail server.
"""

import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.people import Somebody, somebody
from tests.browsing import chromium
from tests.services import Arrived, Post, broker, database, post
from tests.serving import Served, served

pytestmark = pytest.mark.browser

SECRET = "The night watchman"
LETTER = "You may sleep now; I will wake you if something moves."


@dataclass(frozen=True, slots=True)
class Stage:
    """What runs, and where mail arrives."""

    site: Served
    box: Post
    database_url: str


@pytest.fixture
def stage() -> Iterator[Stage]:
    with (
        database() as database_url,
        broker(7) as redis_url,
        post() as box,
        served(
            DATABASE_URL=database_url,
            REDIS_URL=redis_url,
            MAIL_URL=box.url,
            NOTICE_TICK_SECONDS="2",
        ) as site,
    ):
        yield Stage(site, box, database_url)


def test_from_signing_up_to_the_reminder(stage: Stage) -> None:
    url, box = stage.site.url, stage.box
    with (
        chromium() as browser,
        somebody(browser, url, box, "Ana Sá", "Europe/Lisbon", 1280) as ana,
        somebody(browser, url, box, "Bo Rai 🌿", "Asia/Kathmandu") as bo,
        somebody(browser, url, box, "Cy Power", "America/St_Johns") as cy,
    ):
        ana_founds_a_congregation(ana)
        bo_asks_and_ana_says_yes_in_the_panel(bo, ana)
        cy_comes_by_the_link(cy, ana)
        bo_calls_a_crew_and_the_others_raise_a_hand(bo, ana, cy)
        ana_and_bo_become_a_dyad(ana, bo)
        begins = ana_sets_a_rhythm(ana)
        each_answers(ana, bo, cy, begins)
        reminders_come_to_those_who_come(ana, bo, cy, begins)
        bo_stops_that_kind_of_mail_with_one_click(bo)
        a_moved_meeting_and_a_cancelled_one_are_told(ana, bo)
        afterwards_somebody_notes_who_was_there(stage, ana, bo)
        ana_writes_to_a_part_and_nobody_else_can_read_it(stage, ana)


def ana_founds_a_congregation(ana: Somebody) -> None:
    ana.open("/")
    ana.reads("Most of the work happens here")
    ana.sign_up()
    ana.settle("she/her", ("English", "Português"))
    ana.reads("I have a community")
    ana.press("Begin a new one")
    ana.fill("What is it called?", "Estuary")
    ana.fill("What is it for?", "To know each other well enough to ask for help.")
    ana.page.get_by_label("Let people find it and ask to join").check()
    ana.page.locator("main form button.btn").click()
    ana.reads("Here it is")


def bo_asks_and_ana_says_yes_in_the_panel(bo: Somebody, ana: Somebody) -> None:
    bo.sign_up()
    bo.settle()
    bo.press("Look for mine")
    bo.press("Estuary")
    bo.page.get_by_label("words", exact=False).fill("I live by a river, too.")
    bo.press("Ask")
    bo.reads("You have asked")
    ana.mail("Bo Rai 🌿 asks to join Estuary")
    ana.open("/today/")
    ana.reads("Somebody asks to join Estuary")
    ana.press("Read and answer")
    ana.reads("I live by a river, too.")
    ana.page.get_by_role("button", name=re.compile("^Say yes")).first.click()
    ana.page.wait_for_load_state()
    letter = bo.mail("You have a seat at Estuary")
    bo.open(first_link(letter))
    bo.reads("Who is here")


def cy_comes_by_the_link(cy: Somebody, ana: Somebody) -> None:
    ana.open("/congregations/")
    ana.press("A link to hand round")
    ana.press("Make a link")
    address = ana.page.get_by_label("The link", exact=True).input_value()
    cy.sign_up()
    cy.press("Later")
    cy.open(address)
    cy.press("Join Estuary")
    cy.reads("This is your seat")


def bo_calls_a_crew_and_the_others_raise_a_hand(bo: Somebody, ana: Somebody, cy: Somebody) -> None:
    bo.open("/crews/")
    bo.press("Call a crew")
    bo.fill("Name", "Slow Kettle")
    bo.fill("What for?", "To stop hurrying.")
    bo.page.get_by_label("Seats at the table").select_option("3")
    bo.page.locator("main form button.btn").click()
    bo.reads("the first seat is yours")
    for person in (ana, cy):
        person.open("/congregations/")
        person.page.get_by_role("link", name=re.compile("^Raise a hand")).first.click()
        person.page.get_by_role("button", name=re.compile("hand", re.IGNORECASE)).click()
        person.reads("Your hand is up")
    bo.open("/today/")
    for _ in range(2):
        bo.page.get_by_role("link", name=re.compile("^Answer ")).first.click()
        bo.page.get_by_role("button", name=re.compile("^Yes")).click()
        bo.reads("has a seat now")
    for person in (ana, cy):
        person.mail("You have a seat at Slow Kettle")
    bo.reads("Every seat is taken")


def ana_and_bo_become_a_dyad(ana: Somebody, bo: Somebody) -> None:
    ana.open("/dyads/begin/")
    ana.press("Bo Rai 🌿")
    ana.fill("A few words to them", "Six talks, every other week?")
    ana.page.locator("main form button.btn").click()
    ana.reads("on its way")
    bo.open(first_link(bo.mail("Ana Sá asks to be a dyad with you")))
    bo.reads("Six talks, every other week?")
    bo.press("Yes, I take the seat")
    bo.reads("You and Ana")
    ana.mail("Bo Rai 🌿 said yes")


def ana_sets_a_rhythm(ana: Somebody) -> datetime:
    """Weekly from today, so that the hour before the first meeting strikes within three minutes."""
    begins = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=63)
    begins = begins.astimezone(ZoneInfo(ana.zone))
    ana.open("/crews/")
    ana.press("Slow Kettle")
    ana.press("Set a first meeting")
    ana.page.get_by_label("every week", exact=True).check()
    ana.fill("First day", f"{begins:%Y-%m-%d}")
    ana.fill("Time", f"{begins:%H:%M}")
    ana.fill("Minutes", "60")
    ana.fill("How many meetings", "4")
    ana.page.locator("#id_practice").select_option(label="Case clinic, 60 minutes")
    ana.press("Set the rhythm")
    ana.reads("4 meetings stand")
    return begins


def each_answers(ana: Somebody, bo: Somebody, cy: Somebody, begins: datetime) -> None:
    bo.open("/today/")
    bo.reads(f"{begins.astimezone(ZoneInfo(bo.zone)):%H:%M}")
    bo.page.get_by_label("and for all that follow").check()
    bo.press("I’ll be there")
    bo.reads("Noted for this meeting and 3 that follow.")
    expect(bo.page.get_by_role("button", name="I’ll be there")).to_have_attribute(
        "aria-pressed", "true"
    )
    cy.open("/today/")
    cy.reads(f"{begins.astimezone(ZoneInfo(cy.zone)):%H:%M}")
    cy.press("I can’t")
    cy.reads("Thank you for saying so.")
    ana.open("/today/")
    ana.reads("Cy can’t come.")


def reminders_come_to_those_who_come(
    ana: Somebody, bo: Somebody, cy: Somebody, begins: datetime
) -> None:
    for person in (ana, bo):
        letter = person.mail("Slow Kettle meets in an hour", seconds=240)
        there = f"{begins.astimezone(ZoneInfo(person.zone)):%H:%M}"
        assert there in letter.body("plain")
        assert there in letter.body("html")
        assert "/sessions/" in letter.body("plain")
        (event,) = calendar_of(letter).walk("VEVENT")
        assert event.decoded("dtstart") == begins
    assert [mail.subject for mail in cy.box.to(cy.email) if "in an hour" in mail.subject] == []


def bo_stops_that_kind_of_mail_with_one_click(bo: Somebody) -> None:
    letter = bo.mail("Slow Kettle meets in an hour")
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.message["List-Unsubscribe"].strip("<>")
    body = urllib.parse.urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urllib.request.urlopen(address, body) as answer:  # noqa: S310
        assert answer.status == 200
    bo.open("/mail/")
    expect(bo.page.get_by_label("In a crew")).to_have_value("day")


def a_moved_meeting_and_a_cancelled_one_are_told(ana: Somebody, bo: Somebody) -> None:
    ana.open("/sessions/")
    links = ana.page.locator("main a[href^='/sessions/']")
    pattern = re.compile(r"/sessions/\d+/$")
    paths = [
        path
        for path in links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        if pattern.search(path)
    ]
    second, third = list(dict.fromkeys(paths))[1:3]
    ana.open(second)
    ana.page.get_by_text("Change this meeting").click()
    ana.press("Move it")
    ana.fill("Time", "20:15")
    ana.page.locator("main form button.btn").click()
    ana.reads("Moved.")
    ana.open(third)
    ana.page.get_by_text("Change this meeting").click()
    ana.press("Call it off")
    ana.page.locator("main form button.btn").first.click()
    ana.reads("called off")
    bo.open(second)
    bo.reads(re.compile(r"20:15 (\w+ )?Lisbon"))
    bo.open(third)
    bo.reads("Called off.")


def afterwards_somebody_notes_who_was_there(stage: Stage, ana: Somebody, bo: Somebody) -> None:
    """The clock is helped along: the first meeting is pushed into the past."""
    with psycopg.connect(stage.database_url, autocommit=True) as db:
        db.execute(
            "UPDATE practice_practicesession SET starts_at = starts_at - interval '3 hours', "
            "ends_at = ends_at - interval '3 hours' WHERE number = 1"
        )
    bo.open("/today/")
    bo.reads("Who was there?")
    bo.press("Note it")
    bo.page.get_by_label("Cy").uncheck()
    bo.press("Note it")
    bo.reads("Noted who was there.")
    ana.open("/today/")
    assert "Who was there?" not in ana.page.locator("main").inner_text()


def ana_writes_to_a_part_and_nobody_else_can_read_it(stage: Stage, ana: Somebody) -> None:
    ana.open("/self/")
    ana.press("Meet a part")
    ana.page.locator("main form input[type=text], main form input:not([type])").first.fill(SECRET)
    ana.page.locator("main form button.btn").click()
    ana.reads(SECRET)
    ana.press("Say hello")
    ana.fill("Your words", LETTER)
    ana.press("Say it")
    expect(ana.page.locator("article", has_text=LETTER)).to_be_visible()
    with psycopg.connect(stage.database_url) as db:
        tables = db.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchall()
        for (table,) in tables:
            for (row,) in db.execute(f'SELECT t::text FROM "{table}" t').fetchall():  # noqa: S608
                assert SECRET not in row
                assert SECRET.encode().hex() not in row
                assert LETTER not in row
                assert LETTER.encode().hex() not in row


def first_link(letter: Arrived) -> str:
    """The address in a mail's text."""
    found = re.search(r"http://\S+", letter.body())
    assert found is not None
    return found[0]


def calendar_of(letter: Arrived) -> Calendar:
    """The calendar file that came with a mail."""
    (part,) = [one for one in letter.message.walk() if one.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return calendar
