"""Meeting a part on a phone: through a tunnel, past another part, to a kind closing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.phones import somebodys
from tests.browsing import chromium
from tests.serving import served
from tests.shots import MEMBER

pytestmark = pytest.mark.browser


def test_a_meeting_stops_waits_and_ends_kindly() -> None:
    with (
        served(demo=True) as site,
        chromium() as browser,
        somebodys(browser, site, MEMBER) as phone,
    ):
        phone.goto(f"{site.url}/self/")
        phone.context.set_offline(True)
        phone.get_by_text("It gets too strong").click()
        expect(phone.get_by_text("My sister Inês")).to_be_visible()
        expect(phone.get_by_role("heading", level=1)).to_be_hidden()
        phone.get_by_text("Back to Self").click()
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        phone.context.set_offline(False)
        going_on = phone.get_by_role("region", name="Go on where you stopped")
        going_on.get_by_role("link", name="Meet a part").click()
        phone.get_by_role("link", name="Go on where you stopped").click()
        lines, kept = phone.get_by_label("What is it like?"), phone.locator("[data-kept]")

        # In a tunnel: it says so, and goes on by itself when the connection is back.
        expect(lines).to_be_visible()
        phone.wait_for_load_state()
        phone.context.set_offline(True)
        lines.press_sequentially("It hums", delay=10)
        expect(kept).to_contain_text("no connection")
        phone.get_by_role("button", name="Go on").click()
        expect(kept).to_contain_text("No connection")
        phone.context.set_offline(False)
        expect(phone.get_by_role("heading", name="How do you feel toward it?")).to_be_visible()

        # Another part speaks: it is met first, and nothing of the first is lost.
        phone.get_by_label("Anything else").check()
        phone.get_by_role("button", name="Go on").click()
        phone.get_by_role("button", name="Meet that one first").click()
        expect(phone.locator("main")).to_contain_text("The other one waits for you")
        phone.get_by_role("textbox").press_sequentially("In the jaw", delay=10)

        # One tap, also in a tunnel: the closing is all there is, and the way back leads back.
        phone.context.set_offline(True)
        phone.get_by_text("It gets too strong").click()
        expect(phone.get_by_role("heading", name="It is enough for now")).to_be_visible()
        expect(phone.get_by_text("My sister Inês")).to_be_visible()
        expect(phone.get_by_role("textbox")).to_be_hidden()
        phone.get_by_text("Back to what I wrote").click()
        expect(phone.get_by_role("textbox")).to_have_value("In the jaw")
        phone.get_by_text("It gets too strong").click()
        phone.context.set_offline(False)

        # What was typed a moment ago is kept.
        phone.get_by_role("button", name="Keep it and leave").click()
        expect(phone).to_have_url(re.compile(r"/self/$"))
        phone.go_back()
        expect(phone.get_by_role("textbox")).to_have_value("In the jaw")

        # Whoever signs out leaves nothing of it to the browser, with or without a connection.
        phone.goto(f"{site.url}/account/logout/")
        phone.get_by_role("button", name="Sign out").click()
        expect(phone).to_have_url(re.compile(r"/$"))
        phone.go_back()
        phone.go_back()
        expect(phone.get_by_text("My sister Inês")).to_have_count(0)
        expect(phone.get_by_role("textbox", name="E-mail")).to_be_visible()
