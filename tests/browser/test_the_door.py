"""The door of the private place on a phone: it asks, nothing typed is lost, and who signs out
leaves no page behind."""

import pytest
from playwright.sync_api import Page, expect

from home.demo.people import PASSWORD
from tests.browser.phones import somebodys
from tests.browsing import chromium, sign_in
from tests.serving import served
from tests.shots import MEMBER

pytestmark = pytest.mark.browser

WORDS = "Nobody else may see the zitterpappel."


def show(phone: Page) -> None:
    """Type the password once more."""
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your password once more")
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="It is me").click()


def test_a_door_that_asks_each_time_loses_no_word_and_signing_out_leaves_no_page() -> None:
    with (
        served(demo=True) as site,
        chromium() as browser,
        somebodys(browser, site, MEMBER) as phone,
    ):
        phone.goto(f"{site.url}/self/yours/")
        phone.get_by_role("link", name="When it asks").click()
        phone.get_by_label("Each time I come in").check()
        phone.get_by_role("button", name="Keep it so").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("All of it is yours")

        # Away and back: it asks. Inside, it does not.
        phone.goto(f"{site.url}/today/")
        phone.goto(f"{site.url}/self/")
        show(phone)
        phone.get_by_role("heading", name="The foreman").get_by_role("link").click()
        phone.get_by_role("button", name="Go on talking").click()

        # Another window leaves the place while this one writes: what was typed arrives.
        sheet = phone.get_by_label("Your words")
        with phone.context.new_page() as other:
            other.goto(f"{site.url}/today/")
        sheet.press_sequentially(WORDS, delay=5)
        expect(phone.locator("[data-kept]")).not_to_contain_text("Kept at")
        phone.get_by_role("button", name="Say it").click()
        show(phone)
        expect(phone.locator("main")).to_contain_text(WORDS)
        phone.get_by_role("button", name="Send it now").click()
        expect(phone.locator("article", has_text=WORDS)).to_have_count(1)
        talk = phone.url

        # Signed out, the way back shows nothing; signing in works as ever.
        phone.goto(f"{site.url}/account/logout/")
        phone.get_by_role("main").get_by_role("button", name="Sign out").click()
        phone.wait_for_url(f"{site.url}/")
        phone.go_back()
        phone.go_back()
        expect(phone.locator("body")).not_to_contain_text(WORDS)
        phone.goto(talk)
        expect(phone.locator("body")).not_to_contain_text(WORDS)
        sign_in(phone, site.url, MEMBER, PASSWORD)
        phone.goto(talk)
        show(phone)
        expect(phone.locator("article", has_text=WORDS)).to_have_count(1)
