"""A passkey in a real browser: made, signed in with, shown at the door of self-work, removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from home.demo.people import PASSWORD
from tests.browser.phones import somebodys
from tests.browsing import chromium
from tests.serving import Served, served
from tests.shots import MEMBER

pytestmark = pytest.mark.browser

DEVICE: dict[str, Any] = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with served(demo=True) as found:
        yield found


@pytest.fixture(scope="module")
def browser_() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@contextmanager
def with_a_finger(phone: Page) -> Iterator[tuple[CDPSession, str]]:
    """The phone has a place for passkeys; its session and name with the browser."""
    session = phone.context.new_cdp_session(phone)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield session, added["authenticatorId"]


def heading(phone: Page, words: str) -> None:
    expect(phone.get_by_role("heading", level=1)).to_have_text(words)


def sign_out(phone: Page, url: str) -> None:
    phone.goto(f"{url}/account/logout/")
    phone.get_by_role("main").get_by_role("button", name="Sign out").click()
    phone.wait_for_url(f"{url}/")


def test_a_passkey_from_the_first_day_to_the_last(site: Served, browser_: Browser) -> None:
    with (
        somebodys(browser_, site, MEMBER) as phone,
        with_a_finger(phone) as (device, name),
    ):
        said: list[str] = []
        phone.on("console", lambda one: said.append(one.text) if one.type == "error" else None)

        # Made, after the password once more.
        phone.goto(f"{site.url}/you/")
        phone.get_by_role("link", name="Passkeys and a second lock").click()
        phone.get_by_role("link", name="Add a passkey").click()
        phone.get_by_label("Password").fill(PASSWORD)
        phone.get_by_role("button", name="It is me").click()
        heading(phone, "A new passkey")
        phone.get_by_label("Name").fill("My phone")
        phone.get_by_role("button", name="Make it").click()
        heading(phone, "Your recovery codes")
        assert len(device.send("WebAuthn.getCredentials", {"authenticatorId": name})["credentials"])

        # This phone has one: it says so, and the dialog that is closed costs nothing.
        phone.goto(f"{site.url}/account/2fa/webauthn/add/")
        phone.get_by_role("button", name="Make it").click()
        expect(phone.locator("[data-said]")).to_contain_text("has a passkey for your account")

        # The door of self-work asks each time.
        phone.goto(f"{site.url}/self/yours/")
        phone.get_by_role("link", name="When it asks").click()
        phone.get_by_label("Each time I come in").check()
        phone.get_by_role("button", name="Keep it so").click()

        # In again with the finger alone, after one that was not theirs.
        sign_out(phone, site.url)
        phone.goto(f"{site.url}/account/login/?next=/you/")
        device.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": False})
        phone.get_by_role("button", name="Use a passkey").click()
        expect(phone.locator("[data-said]")).to_contain_text("No passkey was used")
        device.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": True})
        phone.get_by_role("button", name="Use a passkey").click()
        phone.wait_for_url(f"{site.url}/you/")

        # The closed door opens.
        phone.goto(f"{site.url}/self/")
        heading(phone, "Your passkey once more")
        phone.get_by_role("button", name="Use my passkey").click()
        expect(phone.get_by_role("link", name="The foreman").first).to_be_visible()

        # After the password it is the second lock.
        sign_out(phone, site.url)
        phone.goto(f"{site.url}/account/login/")
        phone.get_by_label("E-mail").first.fill(MEMBER)
        phone.get_by_label("Password").fill(PASSWORD)
        phone.get_by_role("button", name="Sign in", exact=True).click()
        heading(phone, "Your second lock")
        phone.get_by_role("button", name="Use my passkey").click()
        phone.wait_for_url(f"{site.url}/today/")

        # Removed: the password alone again.
        phone.goto(f"{site.url}/account/2fa/")
        phone.get_by_role("link", name="Remove My phone").click()
        heading(phone, "Your passkey once more")
        phone.get_by_role("button", name="Use my passkey").click()
        phone.get_by_role("button", name="Remove it").click()
        heading(phone, "Passkeys and a second lock")
        expect(phone.get_by_role("main")).not_to_contain_text("My phone")
        assert said == []


def test_where_there_are_no_passkeys_or_no_scripts_the_other_ways_are_named(
    site: Served, browser_: Browser
) -> None:
    with somebodys(browser_, site) as phone:
        phone.add_init_script("delete window.PublicKeyCredential")
        phone.goto(f"{site.url}/account/login/")
        expect(phone.locator("[data-said]")).to_contain_text("cannot use passkeys")
        expect(phone.get_by_role("button", name="Use a passkey")).to_be_hidden()
    context = browser_.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/account/login/")
    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    expect(page.get_by_role("link", name="Mail me a code instead")).to_be_visible()
    context.close()
