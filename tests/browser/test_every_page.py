"""Every main page, as the demo shows it: nothing for axe to find, no sideways scroll."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from home.demo.people import PASSWORD
from tests.browsing import chromium, sign_in
from tests.serving import Served, served
from tests.shots import PAGES, follow

pytestmark = pytest.mark.browser

NARROW = 320


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with served(demo=True) as found:
        yield found


@pytest.fixture(scope="module")
def browser_() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def walk(browser: Browser, site: Served, theme: str, width: int) -> Iterator[tuple[str, Page]]:
    """Every page of `make shots`, signed in as whoever looks at it."""
    for who in dict.fromkeys(row[1] for row in PAGES):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        if who:
            sign_in(page, site.url, who, PASSWORD)
        for name, reader, way in PAGES:
            if reader == who:
                follow(page, site.url, way)
                yield name, page
        context.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 390), ("light", 1280)])
def test_axe_finds_nothing(site: Served, browser_: Browser, theme: str, width: int) -> None:
    found = {}
    for name, page in walk(browser_, site, theme, width):
        violations = Axe().run(page).response["violations"]
        if violations:
            found[name] = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    assert found == {}


def test_pages_ask_for_nothing_from_elsewhere(site: Served, browser_: Browser) -> None:
    page = browser_.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site.url}/")
    page.goto(f"{site.url}/account/signup/")
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
    assert complaints == []
    page.close()


LONG_NAMES = """
from circles.models import Circle
from people.models import Person
Circle.objects.filter(name="Slow Kettle").update(name="A" + "W" * 59)
Person.objects.filter(name__startswith="Tomasz").update(name="N" * 80)
"""


def test_nothing_scrolls_sideways_on_the_smallest_phone(site: Served, browser_: Browser) -> None:
    """Not even with a name of one long word. (Last, because it renames.)"""
    site.manage("shell", "--verbosity", "0", "-c", LONG_NAMES)
    wide = {}
    for name, page in walk(browser_, site, "light", NARROW):
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW:
            wide[name] = width
    assert wide == {}
