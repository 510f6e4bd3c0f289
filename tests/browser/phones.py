"""Browsers of the demo's people, and a site that serves the demo."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from home.demo.people import PASSWORD
from tests.browsing import sign_in
from tests.serving import Served

WAIT = 20_000
PHONE, LAPTOP = 390, 1280


@contextmanager
def somebodys(
    browser: Browser, site: Served, email: str = "", width: int = PHONE
) -> Iterator[Page]:
    """Somebody's phone or laptop, signed in if an address is named; nothing may complain."""
    # A laptop's window is as high as a page, so that somebody can be carried without scrolling.
    height = 844 if width == PHONE else 2400
    context = browser.new_context(
        viewport={"width": width, "height": height},
        # Chromium now and then reports a page transition it gave up as a page error.
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    if email:
        sign_in(page, site.url, email, PASSWORD)
    try:
        yield page
    finally:
        context.close()
    assert failures == []
