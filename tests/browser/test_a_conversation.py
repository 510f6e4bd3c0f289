"""Talking with a part on a phone whose connection drops for a minute: nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.phones import somebodys
from tests.browsing import chromium
from tests.serving import served
from tests.shots import MEMBER

pytestmark = pytest.mark.browser


def test_nothing_typed_is_lost_when_the_connection_drops() -> None:
    with (
        served(demo=True) as site,
        chromium() as browser,
        somebodys(browser, site, MEMBER) as phone,
    ):
        phone.goto(f"{site.url}/self/")
        phone.get_by_role("heading", name="The foreman").get_by_role("link").click()
        phone.get_by_role("button", name="Go on talking").click()
        sheet, line = phone.get_by_label("Your words"), phone.locator("[data-kept]")
        talk = phone.url

        sheet.press_sequentially("I see how tired", delay=10)
        expect(line).to_contain_text("Kept at")

        # In the tunnel: typed words stay on the page, and the page says that they are only there.
        phone.context.set_offline(True)
        sheet.press_sequentially(" you are, foreman.", delay=10)
        expect(line).to_contain_text("Not kept yet: no connection")
        phone.get_by_role("button", name="Say it").click()
        expect(line).to_contain_text("Not said yet: no connection")
        expect(sheet).to_have_value("I see how tired you are, foreman.")

        # Out again: it goes by itself, once.
        phone.context.set_offline(False)
        said = phone.locator("article", has_text="I see how tired you are, foreman.")
        expect(said).to_have_count(1)
        expect(sheet).to_have_value("")

        # A phone that dies while one types: the words stand on the sheet of the next visit.
        sheet.press_sequentially("And tomorrow", delay=10)
        expect(line).to_contain_text("Kept at")
        with phone.context.new_page() as next_visit:
            next_visit.goto(talk)
            expect(next_visit.get_by_label("Your words")).to_have_value("And tomorrow")
            # Two windows: both go on, both are kept.
            next_visit.get_by_label("Your words").press("Control+End")
            next_visit.get_by_label("Your words").press_sequentially(" I rest.", delay=10)
            expect(next_visit.locator("[data-kept]")).to_contain_text("Kept at")
            with phone.expect_response("**/save/"):
                sheet.press_sequentially(" you rest.", delay=10)
            next_visit.reload()
            expect(next_visit.locator("main")).to_contain_text("Typed, and not said")
            values = next_visit.locator("main").inner_text()
            values += next_visit.get_by_label("Your words").input_value()
            assert "And tomorrow I rest." in values
            assert "And tomorrow you rest." in values
