"""`make shots`: pictures of every main page, for a phone and a laptop, light and dark.

python -m tests.shots                  everything, into var/shots
python -m tests.shots today crew       only pages whose name has one of these words in it
"""

import re
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from home.demo.people import PASSWORD, SIGN_IN
from tests.browsing import chromium, sign_in
from tests.serving import ROOT, served

SIZES = {"390": (390, 844), "1280": (1280, 900)}
THEMES = ("light", "dark")
STEWARD, MEMBER, NEWCOMER = (row.email for row in SIGN_IN)
VISITOR = ""
# Of those who were paired yesterday; who has an open mirror; of two who close; the other steward.
PAIRED, MIRRORED, CLOSING, DESK = (f"demo{number}@example.org" for number in (24, 5, 31, 8))

CREW = ["/crews/", r"/crews/\d+/"]
DYAD = ["/dyads/", r"/dyads/\d+/"]
LOOK_BACK = [*DYAD, r"/dyads/\d+/look-back/(\d+/)?"]
SESSION = [*CREW, r"/sessions/\d+/"]
TABLE = ["/today/", r"/sessions/\d+/hold/"]
PAIRING = ["/congregations/", r"/dyads/pairing/\d+/"]
PAIRS = [*PAIRING, "press Pair now", "wait a[href$='/desk/']", r"/dyads/pairing/\d+/desk/"]
HELP = ["/congregations/", r"/congregations/\d+/help/"]
LADDER = [*CREW, r"/congregations/ask-for-help/\d+/"]
ROUND = ["/congregations/", r"/crews/rounds/\d+/"]
SET = [*ROUND, r"/crews/rounds/\d+/desk/", "press Set the tables", "wait .place"]
MOVE = [r"/crews/rounds/\d+/desk/tables/\d+/", r"/crews/rounds/\d+/desk/hands/\d+/"]
PEOPLE = ["/congregations/", r"/congregations/\d+/people/"]

# Name, who looks, and the way there: an address, then links to follow by their addresses.
MEETING = ["/self/guided/", r"/self/guided/\d+/"]
PAGES = [
    ("welcome", VISITOR, ["/"]),
    ("idea", VISITOR, ["/idea/"]),
    ("privacy", VISITOR, ["/privacy/"]),
    ("sign-in", VISITOR, ["/account/login/"]),
    ("sign-up", VISITOR, ["/account/signup/"]),
    ("new-password", VISITOR, ["/account/password/reset/"]),
    ("not-found", VISITOR, ["/nowhere/"]),
    ("mailbox", VISITOR, ["/mailbox/"]),
    ("begin", NEWCOMER, ["/you/begin/"]),
    ("hours-first", NEWCOMER, ["/you/hours/?first=1"]),
    ("doors", NEWCOMER, ["/doors/"]),
    ("today-empty", NEWCOMER, ["/today/"]),
    ("crews-empty", NEWCOMER, ["/crews/"]),
    ("dyads-empty", NEWCOMER, ["/dyads/"]),
    ("self-empty", NEWCOMER, ["/self/"]),
    ("calendar-empty", NEWCOMER, ["/sessions/"]),
    ("congregations-find", NEWCOMER, ["/congregations/"]),
    ("congregation-ask", NEWCOMER, ["/congregations/", r"/congregations/\d+/ask/"]),
    ("congregation-found", NEWCOMER, ["/congregations/found/"]),
    ("find-seat-empty", NEWCOMER, ["/crews/seats/"]),
    ("find-seat", STEWARD, ["/crews/", "/crews/seats/"]),
    ("crew-call", NEWCOMER, ["/crews/call/"]),
    ("dyad-begin", NEWCOMER, ["/dyads/begin/"]),
    ("today", STEWARD, ["/today/"]),
    ("calendar", STEWARD, ["/sessions/"]),
    ("feeds", STEWARD, ["/sessions/", "/sessions/feeds/"]),
    ("crews", STEWARD, ["/crews/"]),
    ("crew", STEWARD, CREW),
    ("crew-agreed", STEWARD, [*CREW, r"/crews/\d+/agreements/\d+/"]),
    ("crew-agree", STEWARD, [*CREW, r"/crews/\d+/agreements/"]),
    (
        "crew-first-evening",
        STEWARD,
        [*CREW, r"/crews/\d+/agreements/", r"/crews/\d+/first-evening/"],
    ),
    ("crew-reopen", STEWARD, [*CREW, r"/crews/\d+/agreements/reopen/"]),
    ("crew-roles", STEWARD, [*CREW, r"/sessions/standing/\d+/"]),
    ("crew-invite", STEWARD, [*CREW, r"/circles/\d+/invite/"]),
    ("schedule", STEWARD, [*CREW, r"/sessions/new/\d+/.*"]),
    ("find", STEWARD, [*CREW, r"/sessions/find/\d+/"]),
    ("poll-new", STEWARD, [*CREW, r"/sessions/find/\d+/", r"/sessions/find/\d+/poll/.*"]),
    ("poll", STEWARD, [*CREW, r"/sessions/polls/\d+/"]),
    ("poll-edit", STEWARD, [*CREW, r"/sessions/polls/\d+/", r"/sessions/polls/\d+/edit/"]),
    ("poll-close", STEWARD, [*CREW, r"/sessions/polls/\d+/", r"/sessions/polls/\d+/close/.*"]),
    ("hand-up", STEWARD, [*CREW, r"/circles/requests/\d+/"]),
    ("session", STEWARD, SESSION),
    ("session-move", STEWARD, [*SESSION, r"/sessions/\d+/move/"]),
    ("pause", STEWARD, [*CREW, r"/sessions/rhythms/\d+/pause/"]),
    ("session-details", STEWARD, [*SESSION, r"/sessions/\d+/details/"]),
    ("session-cancel", STEWARD, [*SESSION, r"/sessions/\d+/cancel/"]),
    ("guests", STEWARD, [*SESSION, r"/sessions/\d+/guests/"]),
    ("session-roles", STEWARD, [*SESSION, r"/sessions/\d+/roles/"]),
    ("hold-before", STEWARD, [*SESSION, r"/sessions/\d+/hold/"]),
    ("two-tables", MEMBER, ["/today/", r"/crews/\d+/two/"]),
    ("crew-from-outside", STEWARD, ["/crews/", r"/circles/\d+/ask/", r"/crews/\d+/"]),
    ("cycle-asks", STEWARD, ["/today/", r"/crews/\d+/cycles/\d+/"]),
    ("cycle-open", MEMBER, ["/today/", r"/crews/\d+/cycles/\d+/"]),
    ("cycle-rest", MEMBER, ["/today/", r"/crews/\d+/cycles/\d+/", r"/crews/\d+/rest/"]),
    ("cycle-end", MEMBER, ["/today/", r"/crews/\d+/cycles/\d+/", r"/crews/\d+/end/"]),
    ("cycle-ending", MEMBER, ["/today/", r"/crews/\d+/ending/"]),
    ("cycle-learned", MEMBER, ["/today/", r"/crews/\d+/ending/", r"/crews/\d+/learned/"]),
    ("crew-leave", MEMBER, [*CREW, r"/circles/\d+/leave/"]),
    ("dyads", STEWARD, ["/dyads/"]),
    ("dyad", STEWARD, ["/dyads/", r"/dyads/\d+/"]),
    ("dyad-mirrors", STEWARD, ["/dyads/", r"/dyads/\d+/", r"/dyads/\d+/mirror/"]),
    ("dyads-how-many", STEWARD, ["/dyads/", "/dyads/openness/"]),
    ("dyad-ask", STEWARD, ["/dyads/", "/dyads/begin/", r"/dyads/with/\d+/\d+/"]),
    ("dyad-edit", STEWARD, ["/dyads/", r"/dyads/\d+/", r"/dyads/\d+/edit/"]),
    ("dyad-invited", STEWARD, ["/dyads/", r"/circles/invited/.+/"]),
    ("dyad-look-back", STEWARD, [*LOOK_BACK, "press Ask for a look back"]),
    ("dyad-known", STEWARD, [*DYAD, r"/dyads/\d+/known/"]),
    ("dyad-end", STEWARD, [*DYAD, r"/circles/\d+/leave/"]),
    ("dyad-no-contact", STEWARD, [*DYAD, r"/dyads/\d+/no-contact/"]),
    ("dyad-support", STEWARD, [*DYAD, r"/dyads/\d+/no-contact/", "/dyads/support/"]),
    ("congregation", STEWARD, ["/congregations/"]),
    ("pairing", STEWARD, ["/congregations/", r"/dyads/pairing/(new/)?\d+/"]),
    ("pairing-rhythm", STEWARD, ["/congregations/", r"/dyads/pairing/rhythm/\d+/"]),
    ("pairing-pause", MEMBER, ["/dyads/pairing/pause/"]),
    ("pairing-left-over", MEMBER, ["/today/", r"/dyads/pairing/\d+/"]),
    ("dyad-looks-back", MEMBER, ["/today/", r"/dyads/\d+/look-back/\d+/"]),
    ("dyad-introduced", PAIRED, DYAD),
    ("dyad-mirror", STEWARD, [*DYAD, r"/dyads/\d+/mirror/", r"/dyads/\d+/mirror/\d+/"]),
    ("dyad-mirror-open", MIRRORED, [*DYAD, r"/dyads/\d+/mirror/", r"/dyads/\d+/mirror/\d+/"]),
    ("dyad-closes", CLOSING, ["/today/", r"/dyads/\d+/look-back/\d+/"]),
    ("dyad-closes-together", CLOSING, DYAD),
    ("pairs", DESK, PAIRS),
    ("pairs-move", DESK, [*PAIRS, r"/dyads/pairing/\d+/desk/\d+/"]),
    ("pairs-publish", DESK, [*PAIRS, r"/dyads/pairing/\d+/desk/publish/"]),
    ("pairs-found", DESK, PAIRING),
    ("pairing-call-off", DESK, [*PAIRING, r"/dyads/pairing/\d+/call-off/"]),
    ("round", STEWARD, ROUND),
    ("tables-set", STEWARD, SET),
    ("tables-name", STEWARD, [*SET, r"/crews/rounds/\d+/desk/tables/\d+/"]),
    ("tables-move", STEWARD, [*SET, *MOVE]),
    ("tables-publish", STEWARD, [*SET, r"/crews/rounds/\d+/desk/publish/"]),
    ("round-edit", STEWARD, [*ROUND, r"/crews/rounds/\d+/edit/"]),
    ("round-call-off", STEWARD, [*ROUND, r"/crews/rounds/\d+/call-off/"]),
    ("people", STEWARD, PEOPLE),
    ("person", STEWARD, [*PEOPLE, r"/congregations/\d+/people/\d+/"]),
    ("link", STEWARD, ["/congregations/", r"/congregations/\d+/link/"]),
    ("quiet", STEWARD, ["/today/", r"/crews/\d+/quiet/"]),
    ("help", STEWARD, HELP),
    ("help-asked", STEWARD, [*HELP, r"/congregations/help/\d+/"]),
    ("help-ladder", STEWARD, LADDER),
    ("help-visitor", STEWARD, [*LADDER, r"/congregations/ask-for-help/\d+/visitor/"]),
    ("help-mediator", STEWARD, [*LADDER, r"/congregations/ask-for-help/\d+/mediator/"]),
    ("help-offered", MEMBER, ["/today/", r"/congregations/help/\d+/"]),
    ("practices", STEWARD, ["/practices/"]),
    ("practice", STEWARD, ["/practices/case-clinic/"]),
    ("programmes", STEWARD, ["/practices/programmes/"]),
    ("programme", STEWARD, ["/practices/programmes/first-four-weeks/"]),
    ("practice-write", MEMBER, ["/practices/troika/", "/practices/troika/variation/"]),
    ("practice-history", STEWARD, ["/practices/the-long-table/history/"]),
    ("practice-bring", MEMBER, ["/practices/desk/bring/"]),
    ("desk", STEWARD, ["/practices/desk/"]),
    ("draft", STEWARD, ["/practices/desk/", r"/practices/desk/\d+/"]),
    ("desk-empty", NEWCOMER, ["/practices/desk/"]),
    ("you", STEWARD, ["/you/"]),
    ("locks", STEWARD, ["/account/2fa/"]),
    ("you-and-people", MEMBER, ["/circles/people-and-i/"]),
    ("hours", STEWARD, ["/you/hours/"]),
    ("mail", STEWARD, ["/mail/"]),
    ("farewell", STEWARD, ["/you/farewell/"]),
    ("hold", MEMBER, [*TABLE, "press Begin"]),
    ("leave", MEMBER, [*TABLE, r"/sessions/\d+/leave/"]),
    ("self", MEMBER, ["/self/"]),
    ("part", MEMBER, ["/self/", r"/self/parts/\d+/"]),
    ("self-map", MEMBER, ["/self/map/"]),
    ("self-map-part", MEMBER, ["/self/map/", r"/self/map/\?part=\d+#chosen"]),
    ("part-meet", MEMBER, ["/self/meet/"]),
    ("talk", MEMBER, ["/self/", r"/self/parts/\d+/", r"/self/talks/\d+/"]),
    ("self-times", MEMBER, ["/self/times/"]),
    ("self-schedule", MEMBER, ["/self/times/", r"/sessions/new/\d+/"]),
    ("self-session", MEMBER, ["/self/times/", r"/sessions/\d+/"]),
    ("self-meetings", MEMBER, ["/self/meetings/"]),
    ("self-noticed", MEMBER, ["/self/meetings/", r"/self/noticed/\d+/"]),
    ("self-carried", MEMBER, ["/self/carried/"]),
    ("self-carry", MEMBER, ["/self/carried/new/"]),
    (
        "self-carry-chosen",
        MEMBER,
        ["/self/", r"/self/parts/\d+/", r"/self/talks/\d+/", r"/self/carried/new/\?turn=\d+"],
    ),
    ("guided-begin", MEMBER, ["/self/guided/begin/meet-a-part/"]),
    ("guided-journal", MEMBER, ["/self/guided/begin/journal/"]),
    ("guided-step", MEMBER, ["/self/guided/begin/journal/", "press Write without a question"]),
    ("guided-entry", MEMBER, MEETING),
    ("guided-list", MEMBER, ["/self/guided/"]),
    ("would-call", MEMBER, ["/self/would-call/"]),
    ("check-in", MEMBER, ["/self/check-in/"]),
    ("check-ins", MEMBER, ["/self/check-ins/"]),
    ("self-yours", MEMBER, ["/self/yours/"]),
    ("self-search", MEMBER, ["/self/search/"]),
    ("self-door", MEMBER, ["/self/door/"]),
    ("panel", STEWARD, ["/steward/"]),
    ("panel-requests", STEWARD, ["/steward/circles/joinrequest/"]),
    ("panel-people", STEWARD, ["/steward/circles/membership/"]),
]  # fmt: skip


def follow(page: Page, url: str, way: list[str]) -> None:
    """Open the first address, then each time the first link whose address matches.

    "press Begin" presses that button, where somebody did not do so before; "wait .place" waits
    until there is such an element.
    """
    page.goto(url + way[0])
    for pattern in way[1:]:
        if pattern.startswith("press "):
            button = page.get_by_role("button", name=pattern.removeprefix("press "), exact=True)
            if button.count():
                button.click()
                button.wait_for(state="detached")
            continue
        if pattern.startswith("wait "):
            page.wait_for_selector(pattern.removeprefix("wait "))
            continue
        links = page.eval_on_selector_all(
            "main a[href]", "all => all.map(a => a.getAttribute('href'))"
        )
        found = next((link for link in links if re.fullmatch(pattern, link)), None)
        if found is None:
            raise LookupError(f"no link like {pattern} on {page.url}")
        page.goto(url + found)


def take(browser: Browser, url: str, folder: Path, words: list[str]) -> int:
    """Take every picture; returns how many."""
    chosen = [row for row in PAGES if not words or any(word in row[0] for word in words)]
    count = 0
    for (width, size), theme in product(SIZES.items(), THEMES):
        for who in dict.fromkeys(row[1] for row in chosen):
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if theme == "dark" else "light",
                timezone_id="Europe/Lisbon",
            )
            page = context.new_page()
            if who:
                sign_in(page, url, who, PASSWORD)
            for name, reader, way in chosen:
                if reader == who:
                    follow(page, url, way)
                    page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
                    count += 1
            context.close()
    return count


def main() -> int:
    """Serve the demo, take the pictures, say where they are."""
    folder = ROOT / "var" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    with served(demo=True) as site, chromium() as browser:
        count = take(browser, site.url, folder, sys.argv[1:])
    print(f"{count} pictures in var/shots")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
