"""Two phones at one table: the same step, and a phone that slept catches up."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from home.demo.people import PASSWORD
from tests.browsing import chromium, sign_in
from tests.serving import Served, served
from tests.shots import MEMBER, TABLE, follow

pytestmark = pytest.mark.browser

OTHER = "demo5@example.org"
# A page asks every five seconds whether somebody pressed; in milliseconds.
SOON = 20_000


@pytest.fixture
def site() -> Iterator[Served]:
    with served(demo=True) as found:
        yield found


@contextmanager
def phone(browser: Browser, site: Served, email: str) -> Iterator[Page]:
    """A phone on which somebody has gone to the table of the dyad that sits down just now."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(SOON)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    sign_in(page, site.url, email, PASSWORD)
    page.clock.install()
    follow(page, site.url, TABLE)
    yield page
    assert failures == []
    context.close()


def step(page: Page) -> tuple[str, int]:
    """What the page says is now, and which step of the order it marks."""
    rows = page.locator(".order li").all()
    marked = [row.get_attribute("aria-current") for row in rows]
    return page.locator(".stage h1").inner_text(), marked.index("step")


def wake(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_two_phones_show_one_clock(site: Served) -> None:
    with (
        chromium() as browser,
        phone(browser, site, MEMBER) as tomasz,
        phone(browser, site, OTHER) as oisín,
    ):
        # One begins; the other's page follows by itself.
        tomasz.get_by_role("button", name="Begin", exact=True).click()
        expect(oisín.locator(".stage h1")).to_have_text("Check-in", timeout=SOON)
        assert step(tomasz) == step(oisín) == ("Check-in", 0)

        # Asleep, without a network: the page goes on by itself as the minutes pass.
        oisín.context.set_offline(True)
        oisín.clock.fast_forward("02:30")
        expect(oisín.locator("[data-said]")).to_contain_text("Check-in")
        assert step(oisín) == ("Check-in", 1)
        expect(oisín.locator("[data-left]")).to_have_text("2")

        # Awake: the server is the clock, whatever the phone's own says, and it knows who pressed.
        for step_ in (1, 2):
            tomasz.get_by_role("button", name="Next", exact=True).click()
            expect(tomasz.locator(f"#hold[data-step='{step_}']")).to_be_visible()
        expect(tomasz.locator(".stage h1")).to_have_text("Silence")
        wake(oisín)
        expect(oisín.locator(".stage h1")).to_have_text("Silence", timeout=SOON)
        assert step(tomasz) == step(oisín) == ("Silence", 2)
        expect(oisín.locator("[data-away]")).to_be_hidden()

        # A pause stops the clock on both; the keyboard stays on the button that was pressed.
        oisín.get_by_role("button", name="Pause", exact=True).press("Enter")
        expect(oisín.get_by_role("button", name="Go on", exact=True)).to_be_focused()
        expect(tomasz.get_by_text("A pause", exact=True)).to_be_visible(timeout=SOON)

        # The end reaches both.
        oisín.get_by_role("button", name="End the meeting").click()
        for page in (tomasz, oisín):
            page.locator(".before").get_by_role("link", name="Before you leave").click()
            expect(page.get_by_role("heading", name="Before you leave")).to_be_visible()
        without_scripts_the_buttons_work(browser, site)


def without_scripts_the_buttons_work(browser: Browser, site: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site.url, MEMBER, PASSWORD)
    page.goto(f"{site.url}/today/")
    page.get_by_role("link", name="Go to the table").click()
    page.get_by_role("button", name="It was too early: go on").click()
    expect(page.locator(".stage h1")).to_have_text("Silence")
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.get_by_text("A pause", exact=True)).to_have_count(0)
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "20"
    context.close()
