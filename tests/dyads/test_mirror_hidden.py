"""What somebody says in a mirror is found nowhere but where it belongs."""

import logging
import re

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from circles.errors import CircleError
from circles.services import take_seat
from dyads import services
from dyads.models import Dyad, Mirror, MirrorAnswer
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.dyads.mirrors import CANARY, FAR, NEAR, answer, make_two
from tests.examples import some
from tests.factories import make_person
from tests.practice.tables import signed_in

# So many pages are walked by the other of the two, and by a third.
THEIRS, THIRD = some(14), some(7)
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
# Where something of a dyad could stand at all.
WALKED = re.compile(r"/(dyads|today|sessions|circles|congregations|steward|you)/")


def walk(client: Client, most: int, starts: list[str]) -> dict[str, str]:
    """Every page that can be reached by links, and what stands there."""
    found: dict[str, str] = {}
    ahead = list(starts)
    while ahead and len(found) < most:
        url = ahead.pop(0)
        if url in found or not WALKED.match(url):
            continue
        response = client.get(url)
        found[url] = b"".join(response).decode(errors="replace")
        if response.status_code in {301, 302, 303}:
            ahead.append(response.headers["Location"])
        ahead += [link for link in LINK.findall(found[url]) if link not in found]
    return found


@pytest.mark.django_db
def test_a_sentence_is_found_nowhere_else(
    mailoutbox: list[EmailMessage], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dyad, nina, oisín = make_two()
    parent = dyad.parent
    assert parent is not None
    steward, member = parent.created_by, make_person("Member")
    assert steward is not None
    take_seat(circle=parent, person=member)
    keeper = make_person("Keeper", is_staff=True, is_superuser=True)
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    page = mirror.get_absolute_url()
    signed_in(nina).post(page, {**NEAR, "would_try": CANARY})
    assert CANARY in signed_in(nina).get(page).content.decode()
    starts = [
        page,
        dyad.get_absolute_url(),
        reverse("dyads:mirror_history", args=[dyad.pk]),
        "/today/",
        "/you/my-data/",
        "/steward/",
        parent.get_absolute_url(),
    ]
    pages = walk(signed_in(oisín), THEIRS, starts)
    assert len(pages) == THEIRS
    assert [url for url, words in pages.items() if "plumber" in words] == []
    answer(mirror, oisín)
    for reader in (member, steward, keeper):
        pages = walk(signed_in(reader), THIRD, starts)
        assert [url for url, words in pages.items() if "plumber" in words] == []
    taken = signed_in(oisín).get("/you/my-data/")
    assert "plumber" not in taken.content.decode()
    send_due(seconds=5)
    assert not any("plumber" in str(one.message()) for one in mailoutbox)
    assert "plumber" not in caplog.text
    assert not any("plumber" in str(one.payload) for one in Notice.objects.all())


class Looking(RuleBasedStateMachine):
    """Two press whatever they like, in any order, at one mirror after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.dyad, *two = make_two()
        self.two: list[Person] = two
        # Of each mirror, who has answers in it now, and whether it was closed by taking back.
        self.said: dict[int, set[int]] = {}
        self.closed: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def latest(self) -> Mirror:
        return services.ask_mirror(dyad=self.dyad, by=self.two[0])

    @rule(who=st.integers(0, 1), far=st.booleans())
    def answers(self, who: int, far: bool) -> None:
        mirror = self.latest()
        answer(mirror, self.two[who], FAR if far else NEAR)
        self.said.setdefault(mirror.pk, set()).add(who)

    @rule(who=st.integers(0, 1), which=st.integers(0, 5))
    def takes_back(self, who: int, which: int) -> None:
        mirrors = list(Mirror.objects.order_by("-pk"))
        if not mirrors:
            return
        mirror = mirrors[which % len(mirrors)]
        was_open = self.said.get(mirror.pk) == {0, 1} and mirror.pk not in self.closed
        services.withdraw_answers(mirror=mirror, by=self.two[who])
        self.said.setdefault(mirror.pk, set()).discard(who)
        if was_open:
            self.closed.add(mirror.pk)

    @rule(who=st.integers(0, 1))
    def not_now(self, who: int) -> None:
        mirror = self.latest()
        services.not_now(mirror=mirror, by=self.two[who])
        self.said.setdefault(mirror.pk, set()).discard(who)

    @rule(rests=st.booleans())
    def rests(self, rests: bool) -> None:
        Dyad.objects.update(resting_since=None)
        with pytest.raises(CircleError):
            services.ask_mirror(dyad=self.dyad, by=make_person())

    @invariant()
    def each_reads_their_own_and_the_others_only_while_both_have_answered(self) -> None:
        for mirror in Mirror.objects.all():
            said = self.said.get(mirror.pk, set())
            is_open = said == {0, 1} and mirror.pk not in self.closed
            assert mirror.is_open == is_open
            for who, person in enumerate(self.two):
                rows = MirrorAnswer.objects.readable_by(person).filter(mirror=mirror)
                seen = {self.two.index(row.person) for row in rows.select_related("person")}
                assert seen == (said if is_open else said & {who})

    @invariant()
    def both_are_told_of_an_opening_once(self) -> None:
        told = Notice.objects.filter(kind="dyads.mirror_opened")
        assert told.count() == 2 * told.values("ref").distinct().count()


@pytest.mark.django_db
def test_in_whatever_order_they_press_nobody_reads_before_both_have_answered() -> None:
    run_state_machine_as_test(
        Looking,
        settings=settings(
            max_examples=some(5),
            stateful_step_count=12,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
