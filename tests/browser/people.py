"""People in browsers of their own, each in their own zone."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.services import Arrived, Post

PASSWORD = "eleven geese over water"
LONGEST_WAIT = 30.0
# What htmx says when somebody goes on while the page was still asking something: no fault.
GONE_ON = {"htmx:afterRequest", "htmx:sendAbort"}


@dataclass(slots=True)
class Somebody:
    """A person at a browser."""

    name: str
    zone: str
    page: Page
    url: str
    box: Post
    complaints: list[str] = field(default_factory=list)

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.name.split()[0].lower()}@example.org"

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(path if path.startswith("http") else self.url + path)

    def press(self, name: str) -> None:
        """Press a button or a link by what it says."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()

    def fill(self, label: str, text: str) -> None:
        """Type into a field."""
        self.page.get_by_label(label).first.fill(text)

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Expect these words somewhere on the page."""
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def mail(self, subject: str, seconds: float = LONGEST_WAIT) -> Arrived:
        """The newest mail to them with these words in its subject; waits for it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = [mail for mail in self.box.to(self.email) if subject in mail.subject]
            if found:
                return found[-1]
            time.sleep(0.1)
        came = [mail.subject for mail in self.box.to(self.email)]
        raise AssertionError(f"no mail “{subject}” came to {self.name}; there are: {came}")

    def hear(self, message: ConsoleMessage) -> None:
        """Note what their browser complains of."""
        if message.type == "error" and message.text.split(",")[0] not in GONE_ON:
            self.complaints.append(message.text)

    def sign_up(self) -> None:
        """By the form, with the code from the mail; the browser guesses the zone."""
        self.open("/account/signup/")
        self.fill("Your name", self.name)
        self.fill("E-mail", self.email)
        self.fill("Password", PASSWORD)
        expect(self.page.get_by_label("Your time zone")).to_have_value(self.zone)
        self.press("Sign up")
        code = re.search(r"^ +(\S+)$", self.mail("code").body(), re.MULTILINE)
        assert code is not None
        self.fill("Code", code[1])
        self.press("That is my code")

    def settle(self, pronouns: str = "", languages: tuple[str, ...] = ()) -> None:
        """The first steps after signing up: about you, and the hours that suit."""
        self.fill("Pronouns", pronouns)
        for language in languages:
            self.page.get_by_label(language, exact=True).check()
        self.press("Next: your hours")
        # With a finger, and with the keyboard.
        self.page.get_by_label("Tuesday 18:00").check()
        self.page.get_by_label("Tuesday 19:00").focus()
        self.page.keyboard.press("Space")
        expect(self.page.get_by_label("Tuesday 19:00")).to_be_checked()
        self.press("That is it")


@contextmanager
def somebody(
    browser: Browser, url: str, box: Post, name: str, zone: str, width: int = 390
) -> Iterator[Somebody]:
    """A new person; afterwards their browser must have had nothing to complain of."""
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        timezone_id=zone,
        # Chromium now and then reports a page transition it gave up as a page error.
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    person = Somebody(name, zone, page, url, box)
    page.on("pageerror", lambda error: person.complaints.append(str(error)))
    page.on("console", lambda message: person.hear(message))
    try:
        yield person
    finally:
        context.close()
    assert not person.complaints, f"{name}: {person.complaints}"
