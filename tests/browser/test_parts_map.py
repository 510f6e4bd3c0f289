"""Parts are put where they belong, with the mouse, the keys or a finger; and they stay there."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.phones import LAPTOP, somebodys
from tests.browsing import chromium
from tests.serving import served
from tests.shots import MEMBER

pytestmark = pytest.mark.browser


def part_named(page: Page, name: str) -> Locator:
    return page.locator(f"a.map-part[aria-label^='{name}']")


def place_of(part: Locator) -> tuple[int, int]:
    return int(part.get_attribute("data-x") or 0), int(part.get_attribute("data-y") or 0)


def carry(page: Page, part: Locator, across: int, down: int) -> None:
    box = part.locator(".part-shape").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 2, y + down / 2)
    page.mouse.move(x + across, y + down)
    page.mouse.up()


def swipe(page: Page, part: Locator, across: int, down: int) -> None:
    box = part.locator(".part-shape").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x + across / 2, "y": y + down / 2}]),
        ("touchMove", [{"x": x + across, "y": y + down}]),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_parts_are_put_where_they_belong_and_stay_there() -> None:
    with (
        served(demo=True) as site,
        chromium() as browser,
        somebodys(browser, site, MEMBER, LAPTOP) as page,
    ):
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{site.url}/self/map/")
        said = page.locator("[data-map-said]")
        foreman, hums = part_named(page, "The foreman"), part_named(page, "The one who hums")
        before = place_of(foreman)
        tie = page.locator("[data-kind=protects]")
        line = tie.get_attribute("transform")

        # With the mouse; the press that ends it opens no page, and the line follows.
        carry(page, foreman, -40, 25)
        expect(said).to_contain_text(re.compile(r"Kept at .*for you alone"))
        carried = place_of(foreman)
        assert carried[0] < before[0]
        assert carried[1] > before[1]
        assert page.url.endswith("/self/map/")
        assert tie.get_attribute("transform") != line

        # With the keys, from where it is; several presses are kept at once.
        hums.focus()
        here = place_of(hums)
        with page.expect_response("**/place/"):
            for key in ("ArrowUp", "ArrowUp", "Shift+ArrowLeft"):
                page.keyboard.press(key)
        assert place_of(hums) == (here[0] - 5, here[1] - 40)
        expect(said).to_contain_text("Kept at")

        # Without a connection it says so, and goes on when there is one.
        page.context.set_offline(True)
        page.keyboard.press("ArrowDown")
        expect(said).to_contain_text("Not kept yet: no connection")
        with page.expect_response("**/place/"):
            page.context.set_offline(False)
        expect(said).to_contain_text("Kept at")
        stays = place_of(hums)
        assert stays == (here[0] - 5, here[1] - 20)

        page.reload()
        assert place_of(part_named(page, "The foreman")) == carried
        assert place_of(part_named(page, "The one who hums")) == stays

        # A press opens its page.
        part_named(page, "The foreman").locator(".part-shape").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("The foreman")
        without_connection = [line for line in complaints if "ERR_INTERNET_DISCONNECTED" in line]
        assert complaints == without_connection

        # With a finger on a phone, also on the page where one comes in.
        phones = browser.new_context(
            viewport={"width": 390, "height": 844},
            has_touch=True,
            storage_state=page.context.storage_state(),
        )
        phone = phones.new_page()
        phone.goto(f"{site.url}/self/")
        swipe(phone, part_named(phone, "The foreman"), -30, 20)
        expect(phone.locator("[data-map-said]")).to_contain_text("Kept at")
        moved = place_of(part_named(phone, "The foreman"))
        assert moved != carried
        page.goto(f"{site.url}/self/map/")
        assert place_of(part_named(page, "The foreman")) == moved
        phones.close()
