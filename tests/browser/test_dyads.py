"""Dyads by hand: five people in four zones are paired, a mirror opens, a run ends with thanks."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from home.demo.people import SIGN_IN
from tests.browser.phones import LAPTOP, somebodys
from tests.browsing import chromium
from tests.serving import Served, served
from tests.shots import MEMBER, STEWARD, follow

pytestmark = pytest.mark.browser

# Pairing is a job: it waits its turn among others.
PAIRED = 60_000
FIVE = {
    "lisbon": "Europe/Lisbon",
    "berlin": "Europe/Berlin",
    "kathmandu": "Asia/Kathmandu",
    "stjohns": "America/St_Johns",
    "oporto": "Europe/Lisbon",
}
# Hours of the week that all five share: Lisbon's early afternoon is Kathmandu's evening.
MADE = f"""
from allauth.account.models import EmailAddress
from circles.services import take_seat
from congregation.services import found
from django.utils import timezone
from people.models import Person
from people.week import hour_of_week
people = []
for name, zone in {FIVE!r}.items():
    first = {{"Asia/Kathmandu": 18, "America/St_Johns": 9, "Europe/Berlin": 14}}.get(zone, 13)
    hours = [hour_of_week(day, hour) for day in (1, 3, 5) for hour in range(first, first + 3)]
    person = Person.objects.create_user(
        f"{{name}}@example.org", {SIGN_IN[0].password!r}, name=name.title(), time_zone=zone,
        languages=["en"], suitable_hours=hours, settled_at=timezone.now(),
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    people.append(person)
place = found(by=people[0], name="Five Bells", intention="To be paired.", is_listed=False)
for person in people[1:]:
    take_seat(circle=place, person=person)
"""


@pytest.fixture
def site() -> Iterator[Served]:
    with served(demo=True) as found:
        yield found


def test_five_people_in_four_zones_are_paired_and_nobody_is_dropped_in_silence() -> None:
    with served() as site, chromium() as browser:
        site.manage("shell", "--verbosity", "0", "-c", MADE)
        with somebodys(browser, site, address("lisbon"), LAPTOP) as steward:
            round = the_steward_opens_a_round(steward, site)
            for name in FIVE:
                with somebodys(browser, site, address(name)) as phone:
                    says_yes(phone, site.url + round)
            the_pairs_are_made_and_published(steward, site.url + round)
        results = {name: result_of(browser, site, name, round) for name in FIVE}
        left = [name for name, dyad in results.items() if not dyad]
        assert len(left) == 1
        one, other = the_first_pair(results)
        taken = takes_a_time(browser, site, one, results[one])
        the_other_reads_it(browser, site, other, results[one], taken)


def address(name: str) -> str:
    return f"{name}@example.org"


def the_steward_opens_a_round(steward: Page, site: Served) -> str:
    steward.goto(f"{site.url}/congregations/")
    steward.get_by_role("link", name="Open a round of pairing").click()
    steward.get_by_role("button", name="Open the round").click()
    expect(steward).to_have_url(re.compile(r"/dyads/pairing/\d+/$"))
    return steward.url.removeprefix(site.url)


def says_yes(phone: Page, round: str) -> None:
    phone.goto(round)
    phone.get_by_role("button", name="Yes, pair me").click()
    expect(phone.locator("main")).to_contain_text("You are in.")


def the_pairs_are_made_and_published(steward: Page, round: str) -> None:
    steward.goto(round)
    steward.get_by_role("button", name="Pair now").click()
    link = steward.get_by_role("link", name=re.compile("pairs", re.IGNORECASE))
    expect(link.first).to_be_visible(timeout=PAIRED)
    steward.goto(f"{round}desk/")
    expect(steward.locator(".pairs > li")).to_have_count(2)
    expect(steward.locator("main")).to_contain_text("Left over")
    steward.get_by_role("link", name="Publish").click()
    steward.get_by_role("button", name="Publish to 5 people").click()
    expect(steward).not_to_have_url(re.compile("/publish/"))
    expect(steward.get_by_text("What you published")).to_be_visible(timeout=PAIRED)


def result_of(browser: Browser, site: Served, name: str, round: str) -> str:
    """The address of the person's dyad; "" for whoever is left over, who reads why and comes
    first next time."""
    with somebodys(browser, site, address(name)) as phone:
        phone.goto(site.url + round)
        dyad = phone.get_by_role("link", name="Go to your place")
        if dyad.count():
            return str(dyad.first.get_attribute("href"))
        expect(phone.locator("main")).to_contain_text("odd number")
        ask = phone.get_by_role("button", name="First place next time")
        if ask.count():
            ask.click()
        expect(phone.get_by_role("heading", name="First place next time")).to_be_visible()
        return ""


def the_first_pair(results: dict[str, str]) -> tuple[str, str]:
    dyads = list(results.values())
    dyad = next(one for one in dyads if dyads.count(one) == 2)
    one, other = (name for name, found in results.items() if found == dyad)
    return one, other


def takes_a_time(browser: Browser, site: Served, name: str, dyad: str) -> str:
    """The first of three; returns when it is, as the machine reads it."""
    with somebodys(browser, site, address(name)) as phone:
        phone.goto(site.url + dyad)
        times = phone.locator(".first-times li")
        expect(times).to_have_count(3)
        taken = str(times.first.locator("button").get_attribute("value"))
        times.first.get_by_role("button").click()
        expect(phone.locator(".first-times")).to_have_count(0)
        return taken


def the_other_reads_it(browser: Browser, site: Served, name: str, dyad: str, taken: str) -> None:
    with somebodys(browser, site, address(name)) as phone:
        phone.goto(site.url + dyad)
        expect(phone.locator(".first-times")).to_have_count(0)
        shown = phone.locator("main time").first.get_attribute("datetime")
        moment = "new Date(%r).getTime()"
        assert phone.evaluate(moment % shown) == phone.evaluate(moment % taken)


def test_a_mirror_opens_to_both_at_once(site: Served) -> None:
    with chromium() as browser, somebodys(browser, site, STEWARD) as inês:
        follow(inês, site.url, ["/today/", r"/dyads/\d+/mirror/\d+/"])
        expect(inês.locator("main")).not_to_contain_text("To begin with silence.")
        for question in inês.locator("fieldset.mirror-question").all():
            question.get_by_role("radio").nth(3).check()
        inês.get_by_label(re.compile("would like to try")).fill("To ask first.")
        inês.get_by_role("button", name="Keep my answers closed").click()
        expect(inês.locator("main")).to_contain_text("To begin with silence.")
        expect(inês.locator("main")).to_contain_text("To ask first.")
        with somebodys(browser, site, "demo8@example.org") as ngozi:
            ngozi.goto(inês.url)
            expect(ngozi.locator("main")).to_contain_text("To ask first.")
        with somebodys(browser, site, MEMBER) as tomasz:
            answer = tomasz.goto(inês.url)
            assert answer is not None
            assert answer.status == 404


def test_a_run_ends_with_thanks(site: Served) -> None:
    with chromium() as browser, somebodys(browser, site, MEMBER) as tomasz:
        follow(tomasz, site.url, ["/today/", r"/dyads/\d+/look-back/\d+/"])
        expect(tomasz.locator("main")).not_to_contain_text("You waited")
        tomasz.get_by_role("radio").last.check()
        tomasz.get_by_label(re.compile("received")).fill("Your laughter on Thursdays.")
        tomasz.get_by_role("button", name="Keep my answer closed").click()
        # The other would have gone on: closing takes one, and both read it at the same moment.
        expect(tomasz.locator("main")).to_contain_text("You waited when I had no words.")
        with somebodys(browser, site, "demo18@example.org") as hanna:
            hanna.goto(tomasz.url)
            expect(hanna.locator("main")).to_contain_text("Your laughter on Thursdays.")
        tomasz.get_by_role("button", name="We close here").click()
        expect(tomasz.get_by_role("heading", name="The last page")).to_be_visible()
