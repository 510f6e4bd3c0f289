"""The ledger: one row a message, from owed to sent."""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.mail import mailers
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications import kinds, services
from notifications.letters import Dropped, Letter
from notifications.models import Notice
from tests.factories import make_person
from tests.serving import free_port

pytestmark = pytest.mark.django_db


def greeting(notice: Notice) -> Letter | Dropped:
    """What the tests send: its key says what becomes of it."""
    if notice.key == "dropped":
        return Dropped("no longer true")
    if notice.key == "broken":
        raise ValueError("cannot be built")
    return Letter("Good evening", "plain", {"heading": "Good evening", "paragraphs": ["Come in."]})


@pytest.fixture(autouse=True)
def kind() -> Iterator[kinds.Kind]:
    """A kind of mail that exists for one test."""
    known = dict(kinds._kinds)
    yield kinds.register(kinds.Kind("test.greeting", "Greetings", greeting))
    kinds._kinds.clear()
    kinds._kinds.update(known)


def owe(key: str = "one", **fields: Any) -> Notice:
    fields.setdefault("address", "friend@example.org")
    services.owe(kind="test.greeting", key=key, **fields)
    return Notice.objects.get(key=key)


def owe_code() -> None:
    services.owe(
        kind="account",
        key="code",
        address="new@example.org",
        payload={"template": "login_code", "code": "AAAA-BBBB"},
    )


def test_the_same_message_is_owed_once() -> None:
    owe()
    owe()
    owe(address="FRIEND@example.org")
    assert Notice.objects.count() == 1


def test_the_database_itself_knows_a_message_once() -> None:
    person = make_person()
    Notice.objects.create(person=person, kind="test.greeting", key="one")
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(person=person, kind="test.greeting", key="one")


def test_what_is_rolled_back_is_not_owed() -> None:
    with transaction.atomic():
        owe()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_what_is_due_is_sent_in_order_and_stamped() -> None:
    now = timezone.now()
    for key, minutes in (("late", -1), ("early", -9), ("not yet", 5)):
        owe(key, due_at=now + timedelta(minutes=minutes), address=f"{key[:3]}@example.org")
    assert services.send_due(seconds=60) == 2
    assert [message.to for message in mail.outbox] == [["ear@example.org"], ["lat@example.org"]]
    assert set(Notice.objects.owed().values_list("key", flat=True)) == {"not yet"}


def test_a_claim_is_one_workers_until_it_grows_stale() -> None:
    owe()
    now = timezone.now()
    (first,) = Notice.objects.claim(now)
    assert Notice.objects.claim(now + timedelta(seconds=299)) == []
    (again,) = Notice.objects.claim(now + timedelta(seconds=301))
    assert (again.pk, again.uuid, again.attempts) == (first.pk, first.uuid, 2)


def claimed(most: int = 50, now: datetime | None = None) -> list[str]:
    """The keys of the next run."""
    return [notice.key for notice in Notice.objects.claim(now or timezone.now(), most)]


def owe_many(*keys: str) -> None:
    """One after another, long due."""
    long_due = timezone.now() - timedelta(hours=1)
    for number, key in enumerate(keys):
        owe(key, due_at=long_due + timedelta(seconds=number), address=f"{number}@example.org")


def test_a_run_is_what_has_been_due_longest_and_nobody_elses() -> None:
    owe_many("a", "b", "c", "d", "e")
    assert claimed(most=3) == ["a", "b", "c"]
    assert claimed(most=3) == ["d", "e"]
    assert claimed(most=3) == []


def test_what_a_worker_died_with_is_taken_up_one_at_a_time() -> None:
    owe_many("a", "b", "c")
    claimed()
    owe("d")
    owe("e")
    later = timezone.now() + timedelta(seconds=301)
    assert [claimed(now=later) for _ in range(4)] == [["a"], ["b"], ["c"], ["d", "e"]]


def test_when_the_time_is_up_the_rest_of_a_run_is_free_again_and_was_not_tried() -> None:
    owe_many("a", "b", "c")
    assert services.send_due(seconds=0) == 0
    (run, end) = (Notice.objects.claim(timezone.now(), 50), time.monotonic())
    assert services._work_off(run, mailers.default, end) == 1
    assert set(Notice.objects.owed().values_list("key", "claimed_at", "attempts")) == {
        ("b", None, 0),
        ("c", None, 0),
    }


def test_a_run_that_grew_old_in_hand_is_not_sent_from_what_was_read_then() -> None:
    """A mail server that takes its time: the rest is claimed and read anew."""
    read: list[int] = []

    def slowly(notice: Notice) -> Letter | Dropped:
        read.append(notice.once(len))
        clock.shift(2)
        return greeting(notice)

    kinds.register(kinds.Kind("test.greeting", "Greetings", slowly))
    owe_many("a", "b", "c")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert services.send_due(seconds=60) == 3
    assert read == [3, 2, 1]


def test_a_code_waits_for_no_run() -> None:
    def slowly(notice: Notice) -> Letter | Dropped:
        if notice.key == "a":
            owe_code()
            clock.shift(2)
        return greeting(notice)

    kinds.register(kinds.Kind("test.greeting", "Greetings", slowly))
    owe_many("a", "b")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert services.send_due(seconds=60) == 3
    assert [message.to[0] for message in mail.outbox][1] == "new@example.org"


def test_what_is_read_for_a_run_is_read_once_for_each_kind() -> None:
    asked: list[int] = []

    def read(notices: Sequence[Notice]) -> int:
        asked.append(len(notices))
        return len(asked)

    owe_many("a", "b", "c")
    owe_code()
    run = Notice.objects.claim(timezone.now(), 50)
    assert [notice.once(read) for notice in run] == [1, 2, 2, 2]
    assert asked == [1, 3]
    (alone,) = Notice.objects.filter(key="a")
    assert alone.once(read) == 3


def test_what_is_no_longer_true_is_dropped_and_the_row_says_why() -> None:
    notice = owe("dropped")
    assert services.send_due(seconds=60) == 0
    notice.refresh_from_db()
    assert notice.dropped_at is not None
    assert notice.reason == "no longer true"
    assert mail.outbox == []


def test_one_that_cannot_be_built_does_not_hold_up_the_others() -> None:
    broken = owe("broken", due_at=timezone.now() - timedelta(minutes=5))
    owe("whole")
    assert services.send_due(seconds=60) == 1
    broken.refresh_from_db()
    assert broken.sent_at is None
    assert broken.due_at > timezone.now()
    assert "cannot be built" in broken.reason


def test_a_kind_that_a_later_version_dropped_is_closed() -> None:
    services.owe(kind="long.gone", key="one", address="friend@example.org")
    services.send_due(seconds=60)
    assert Notice.objects.get().reason == "this kind is no longer sent"


def test_a_person_who_may_not_sign_in_gets_no_mail() -> None:
    owe(person=make_person(is_active=False), address="")
    assert services.send_due(seconds=60) == 0


def test_what_a_message_carries_is_emptied_when_it_is_gone() -> None:
    notice = owe(payload={"code": "ABC-123"})
    services.send_due(seconds=60)
    notice.refresh_from_db()
    assert notice.payload == {}


def smtp(settings: Any, port: int) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }


def test_a_server_that_is_away_is_tried_again_later_and_later(settings: Any) -> None:
    smtp(settings, free_port())
    notice = owe()
    waits = []
    now = timezone.now()
    for _ in range(services.MOST_ATTEMPTS):
        with time_machine.travel(now, tick=False):
            assert services.send_due(seconds=0.5) == 0
        notice.refresh_from_db()
        waits.append((notice.due_at - now) / timedelta(minutes=1))
        now = notice.due_at
    assert [round(wait) for wait in waits[:4]] == [1, 3, 9, 27]
    assert notice.dropped_at is not None
    assert notice.reason.startswith("given up")


class Refusing:
    """A mail server that knows nobody."""

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        return "550 nobody of that name"


def test_an_address_that_does_not_exist_is_given_up_at_once(settings: Any) -> None:
    port = free_port()
    controller = Controller(Refusing(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        smtp(settings, port)
        notice = owe()
        assert services.send_due(seconds=60) == 0
    finally:
        controller.stop()
    notice.refresh_from_db()
    assert notice.dropped_at is not None


def test_old_rows_are_forgotten_and_owed_ones_are_not() -> None:
    gone = owe("gone")
    services.send_due(seconds=60)
    waiting = owe("waiting", due_at=timezone.now() + timedelta(days=200))
    long_ago = timezone.now() - timedelta(days=100)
    Notice.objects.filter(pk=gone.pk).update(created_at=long_ago, due_at=long_ago)
    Notice.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    assert services.forget_old(timezone.now()) == 1
    assert Notice.objects.get() == waiting


def test_a_code_goes_before_everything_that_was_due_longer() -> None:
    owe("waiting", due_at=timezone.now() - timedelta(hours=1))
    owe_code()
    services.send_due(seconds=60)
    assert [message.to[0] for message in mail.outbox] == ["new@example.org", "friend@example.org"]


def test_a_dead_code_is_not_sent() -> None:
    owe_code()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert services.send_due(seconds=60) == 0
    assert Notice.objects.get().reason == "the code is too old"


def test_a_kind_that_cannot_tell_what_is_due_keeps_no_other_from_it() -> None:
    def broken(now: Any) -> list[Notice]:
        raise ValueError("no clock")

    def whole(now: Any) -> list[Notice]:
        return [Notice(kind="test.greeting", key="due", address="friend@example.org")]

    kinds.register(kinds.Kind("test.broken", "Broken", greeting, due=broken))
    kinds.register(kinds.Kind("test.whole", "Whole", greeting, due=whole))
    assert services.queue_due_notices(timezone.now()) == 1
    assert Notice.objects.get().key == "due"
