"""The end of a cycle, on two phones: alone, opened together, another cycle, and a good ending."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from home.demo.people import PASSWORD
from tests.browsing import chromium, sign_in
from tests.serving import Served, served
from tests.shots import MEMBER, STEWARD, follow

pytestmark = pytest.mark.browser

# Who sits at Thursday Bench with Inês and has not answered either.
HANNA = "demo18@example.org"
A_CYCLE = r"/crews/\d+/cycles/\d+/"
OTHERS_WORD = "I would come in any weather."


@pytest.fixture
def site() -> Iterator[Served]:
    with served(demo=True) as found:
        yield found


@contextmanager
def phone(browser: Browser, site: Served, email: str) -> Iterator[Page]:
    """Somebody's phone; nothing on it may complain."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    sign_in(page, site.url, email, PASSWORD)
    yield page
    assert failures == []
    context.close()


def test_a_cycle_ends_is_renewed_and_the_crew_ends_well(site: Served) -> None:
    with (
        chromium() as browser,
        phone(browser, site, STEWARD) as inês,
        phone(browser, site, HANNA) as hanna,
        phone(browser, site, MEMBER) as outsider,
    ):
        cycle = one_answers_alone(inês, site)
        the_last_answer_opens_them_all(hanna, inês, site)
        nobody_outside_reads_them(outsider, cycle)
        another_cycle_begins(inês)
        the_crew_ends_well(hanna, inês, cycle)


def one_answers_alone(inês: Page, site: Served) -> str:
    """Today leads there; nobody else's word is on the page. Returns its address."""
    follow(inês, site.url, ["/today/", A_CYCLE])
    inês.get_by_label("Renew").check()
    inês.get_by_label("A word to the others").fill("Once more, slowly 🫖")
    inês.get_by_role("button", name="Keep my answer closed").click()
    expect(inês.get_by_text("Kept. You can change it until the answers open.")).to_be_visible()
    expect(inês.get_by_text("4 of 5 have answered.")).to_be_visible()
    expect(inês.get_by_text(OTHERS_WORD)).to_have_count(0)
    return inês.url


def the_last_answer_opens_them_all(hanna: Page, inês: Page, site: Served) -> None:
    follow(hanna, site.url, ["/today/", A_CYCLE])
    hanna.get_by_label("Leave").check()
    hanna.get_by_role("button", name="Keep my answer closed").click()
    inês.reload()
    for page in (hanna, inês):
        expect(page.get_by_role("heading", name="The answers are open")).to_be_visible()
        expect(page.get_by_text(OTHERS_WORD)).to_be_visible()
        expect(page.get_by_text("Once more, slowly 🫖")).to_be_visible()
    expect(inês.get_by_text("Hanna feels it is complete")).to_be_visible()


def nobody_outside_reads_them(outsider: Page, cycle: str) -> None:
    """Also not somebody of the same congregation."""
    answer = outsider.goto(cycle)
    assert answer is not None
    assert answer.status in {403, 404}
    expect(outsider.get_by_text(OTHERS_WORD)).to_have_count(0)


def another_cycle_begins(inês: Page) -> None:
    """From the number of meetings to the form, filled in as before, to meetings that stand."""
    inês.get_by_label("How many meetings").fill("5")
    inês.get_by_role("button", name="Renew").click()
    expect(inês.get_by_label("How many meetings")).to_have_value("5")
    inês.get_by_role("button", name="Set the rhythm").click()
    expect(inês.get_by_text("5 meetings stand.")).to_be_visible()


def the_crew_ends_well(hanna: Page, inês: Page, cycle: str) -> None:
    """Some day somebody ends it; the last page is for those who sat there."""
    hanna.goto(re.sub(r"cycles/.*", "", cycle))
    hanna.get_by_role("link", name="A good ending").click()
    hanna.get_by_role("button", name="End this crew").click()
    hanna.get_by_label("What do you want to thank for?").fill("For the silence after a page.")
    hanna.get_by_role("button", name="Put it on the last page").click()
    expect(hanna.get_by_text("It stands on the last page.")).to_be_visible()
    inês.goto(hanna.url)
    expect(inês.get_by_text("For the silence after a page.")).to_be_visible()
