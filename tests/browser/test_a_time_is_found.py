"""From "when can we?" to meetings that stand, and an answer from the mail: on the demo."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from home.demo.people import PASSWORD
from tests.browsing import chromium, sign_in
from tests.serving import Served, served
from tests.shots import CREW, MEMBER, STEWARD, follow

pytestmark = pytest.mark.browser

WAIT = 20_000


@pytest.fixture
def site() -> Iterator[Served]:
    with served(demo=True) as found:
        yield found


@contextmanager
def phone(browser: Browser, site: Served, email: str = "") -> Iterator[Page]:
    """Somebody's phone; nothing on it may complain."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    if email:
        sign_in(page, site.url, email, PASSWORD)
    yield page
    assert failures == []
    context.close()


def test_a_time_is_found_and_answered_from_the_mail(site: Served) -> None:
    with (
        chromium() as browser,
        phone(browser, site, STEWARD) as inês,
        phone(browser, site, MEMBER) as tomasz,
        phone(browser, site) as mail_program,
    ):
        follow(inês, site.url, [*CREW, r"/sessions/find/\d+/"])
        poll = somebody_asks_everyone(inês)
        another_says_which_times_suit(tomasz, site.url + poll)
        the_first_time_is_chosen(inês, site.url + poll)
        somebody_answers_from_the_mail(mail_program, site)
        a_meeting_is_called_off_and_taken_back(inês)


def somebody_asks_everyone(inês: Page) -> str:
    """The times that suit most are filled in already. Returns the question's address."""
    expect(inês.locator(".offers li").first).to_contain_text("Works for")
    inês.get_by_role("link", name="Ask everyone").first.click()
    inês.get_by_label("What for").fill("The next cycle 🫖")
    inês.get_by_role("button", name="Ask everyone").click()
    expect(inês.get_by_role("heading", name="The next cycle 🫖")).to_be_visible()
    return re.sub(r"^https?://[^/]+|[?#].*$", "", inês.url)


def another_says_which_times_suit(tomasz: Page, address: str) -> None:
    """Two taps, one right after the other; both are still there when the page is read again."""
    tomasz.goto(address)
    times = tomasz.locator(".times > li")
    times.nth(0).get_by_role("button", name="Yes", exact=True).click()
    times.nth(1).get_by_role("button", name="If need be", exact=True).click()
    pressed = tomasz.locator("button[aria-pressed=true]")
    expect(pressed).to_have_count(2)
    tomasz.reload()
    expect(pressed).to_have_text(["Yes", "If need be"])


def the_first_time_is_chosen(inês: Page, address: str) -> None:
    inês.goto(address)
    inês.get_by_role("link", name=re.compile("^Take this time")).first.click()
    inês.get_by_role("button", name="Take this time").click()
    expect(inês.get_by_text(re.compile("stands?\\b")).first).to_be_visible()
    # Once chosen, the question is closed for whoever comes late.
    inês.goto(address)
    expect(inês.get_by_text("A time was found")).to_be_visible()
    expect(inês.get_by_role("button", name="Yes", exact=True)).to_have_count(0)


def somebody_answers_from_the_mail(reader: Page, site: Served) -> None:
    """Tomasz reads it where he is not signed in; opening the link says nothing yet."""
    subject = re.compile("Slow Kettle has a (rhythm|date)")
    for _ in range(60):
        reader.goto(f"{site.url}/mailbox/")
        row = reader.locator("main li").filter(has_text=subject).filter(has_text="tomasz@")
        if row.count():
            break
        reader.wait_for_timeout(500)
    reader.goto(site.url + str(row.first.get_by_role("link").get_attribute("href")))
    links = re.findall(r"http://localhost:\d+/sessions/reply/\S+", reader.inner_text("main"))
    assert links, "the mail has no link to answer with"
    reader.goto(links[-1])
    expect(reader.get_by_text("Nothing is said before you press it.")).to_be_visible()
    reader.get_by_role("button", name="I can’t").click()
    expect(reader.get_by_role("heading", name="Noted: you can’t come")).to_be_visible()


def a_meeting_is_called_off_and_taken_back(inês: Page) -> None:
    """Before anybody was told."""
    inês.get_by_role("link", name="To the table").click()
    inês.locator("details summary", has_text="All meetings to come").click()
    inês.locator("main details li a[href^='/sessions/']").last.click()
    address = inês.url
    inês.get_by_text("Change this meeting").click()
    inês.get_by_role("link", name="Call it off").click()
    inês.locator("main form button.btn").first.click()
    inês.goto(address)
    inês.get_by_role("link", name="Meet after all").click()
    inês.get_by_role("button", name="Meet after all").click()
    expect(inês.get_by_role("button", name="I’ll be there")).to_be_visible()
