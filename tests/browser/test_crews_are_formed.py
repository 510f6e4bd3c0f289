"""Both ways to a crew, by hand on the demo: a round's tables, and a call that says “go”."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.phones import LAPTOP, somebodys
from tests.browsing import chromium
from tests.serving import Served, served
from tests.shots import MEMBER, NEWCOMER, STEWARD, follow

pytestmark = pytest.mark.browser

# Drawing is given ten seconds of work, on a machine that does much else.
DRAWN = 60_000
ROUND = r"/crews/rounds/\d+/"
LAST_TABLE = """
from crews.models import ProposedCrew
table = ProposedCrew.objects.filter(locked_at__isnull=True).order_by("position").last()
print(*table.seats.values_list("participant__person__email", flat=True))
"""


@pytest.fixture
def site() -> Iterator[Served]:
    with served(demo=True) as found:
        yield found


def test_a_round_is_drawn_moved_published_and_answered(site: Served) -> None:
    with chromium() as browser, somebodys(browser, site, STEWARD, LAPTOP) as inês:
        follow(inês, site.url, ["/today/", ROUND])
        tables_are_drawn(inês)
        somebody_is_tapped_to_another_table_and_back(inês)
        somebody_is_carried_to_another_table_and_back(inês)
        the_rest_is_drawn_again_around_a_locked_table(inês)
        people = site.manage("shell", "--verbosity", "0", "-c", LAST_TABLE).split()
        address = the_tables_are_published(inês)
        the_third_yes_begins_a_crew(browser, site, address, people)
        others_read_that_it_has_begun(browser, site, address)


def tables_are_drawn(inês: Page) -> None:
    inês.get_by_role("link", name="Go to the tables").click()
    inês.get_by_role("button", name=re.compile("^(Set|Draw) the tables")).click()
    expect(inês.locator("article.place").first).to_be_visible(timeout=DRAWN)
    expect(inês.locator("article.place .why").first).to_contain_text("your time")


def somebody_is_carried_to_another_table_and_back(inês: Page) -> None:
    """With the mouse: what it does is said before, it is done on dropping, and taken back."""
    row, target = a_move_that_the_menu_offers(inês)
    name = row.locator("span").first.inner_text()
    moved = target.locator(f'li[data-hand="{row.get_attribute("data-hand")}"]')
    row.hover()
    inês.mouse.down()
    target.locator("header").hover()
    target.locator("header").hover()
    expect(target.locator("[data-drop-says]")).not_to_be_empty()
    target.locator("header").hover()
    inês.mouse.up()
    expect(moved).to_be_visible()
    inês.get_by_role("button", name=re.compile(f"^Move {name.split()[0]} back")).click()
    expect(moved).to_have_count(0)


def somebody_is_tapped_to_another_table_and_back(inês: Page) -> None:
    """With a finger: a tap takes somebody up, a second one puts them down; another, or a word,
    leaves them where they were."""
    row, target = a_move_that_the_menu_offers(inês)
    name = row.locator("span").first.inner_text()
    in_hand = inês.get_by_text(f"{name.split()[0]} is in your hand", exact=False).last
    row.click()
    expect(in_hand).to_be_visible()
    inês.get_by_role("button", name="Put back").click()
    expect(in_hand).to_be_hidden()
    row.click()
    expect(target.locator("[data-drop-says]")).not_to_be_empty()
    target.locator("header").click()
    expect(target.locator(f'li[data-hand="{row.get_attribute("data-hand")}"]')).to_be_visible()
    inês.get_by_role("button", name=re.compile(f"^Move {name.split()[0]} back")).click()
    expect(target.locator(f'li[data-hand="{row.get_attribute("data-hand")}"]')).to_have_count(0)


def a_move_that_the_menu_offers(inês: Page) -> tuple[Locator, Locator]:
    """Somebody at a table, and another table that would take them."""
    site = inês.url.split("/crews/")[0]
    for row in inês.locator("article.place li[data-hand]").all():
        ways = inês.request.get(site + str(row.get_attribute("data-ways"))).text()
        if found := re.search(r'data-to="(\d+)" data-may', ways):
            hand = row.get_attribute("data-hand")
            return (
                inês.locator(f'li[data-hand="{hand}"]'),
                inês.locator(f'[data-table="{found[1]}"]'),
            )
    raise AssertionError("nobody could sit at another table")


def the_rest_is_drawn_again_around_a_locked_table(inês: Page) -> None:
    first = inês.locator("article.place").first
    people = first.locator("li[data-hand] span:first-of-type").all_inner_texts()
    first.get_by_role("button", name=re.compile("^Lock")).click()
    locked = inês.locator("article.place[data-locked]")
    expect(locked).to_have_count(1)
    inês.get_by_role("button", name=re.compile("^Draw the other")).click()
    expect(locked).to_be_visible(timeout=DRAWN)
    assert locked.locator("li[data-hand] span:first-of-type").all_inner_texts() == people


def the_tables_are_published(inês: Page) -> str:
    """Returns the address of the round."""
    inês.get_by_role("link", name=re.compile("^Publish to")).click()
    inês.get_by_role("button", name=re.compile("^Publish to")).click()
    expect(inês.get_by_text(re.compile("tables? (is|are) proposed|tables? ha(s|ve) begun")).first)
    return re.sub(r"(/crews/rounds/\d+/).*", r"\1", inês.url)


def the_third_yes_begins_a_crew(
    browser: Browser, site: Served, address: str, people: list[str]
) -> None:
    for number, email in enumerate(people[:3]):
        with somebodys(browser, site, email) as page:
            page.goto(address)
            expect(page.get_by_text(re.compile("your time")).first).to_be_visible()
            page.get_by_role("button", name="Yes, I take this seat").click()
            if number < 2:
                expect(
                    page.get_by_role("heading", name=re.compile("^You said yes"))
                ).to_be_visible()
            else:
                expect(page.get_by_role("heading", name=re.compile("has begun"))).to_be_visible()
                page.get_by_role("link", name="Go to your table").click()
                expect(page).to_have_url(re.compile(r"/crews/\d+/$"))


def others_read_that_it_has_begun(browser: Browser, site: Served, address: str) -> None:
    """Not by whom it was refused, nor who has yet to answer."""
    with somebodys(browser, site, NEWCOMER) as stranger:
        answer = stranger.goto(address)
        assert answer is not None
        assert answer.status == 404
    with somebodys(browser, site, MEMBER) as tomasz:
        tomasz.goto(address)
        expect(tomasz.locator("main")).to_contain_text("One crew has begun")
