"""What the ledger promises when the whole worker group is killed again and again.

2,000 reminders are due; the workers are killed with SIGKILL five times while they send into a
real SMTP server, and two beats tick at once. Nothing is lost. A mail may come twice only where a
process died between the server's "250" and its own stamp, and then it is the same message.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.services import Post, broker, database, post
from tests.serving import ROOT, environment, run_manage

pytestmark = pytest.mark.services

REMINDERS = 2000
KILLS = 5
PROCESSES = 2
CONNECTIONS = 3
LONGEST = 240.0
CELERY = [str(Path(sys.executable).parent / "celery"), "--app", "config", "--quiet"]
WORKER = [*CELERY, "worker", "--concurrency", str(PROCESSES), "--loglevel", "error"]


@contextmanager
def group(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process group that does not outlive the block, whatever happens in it."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a whole group at once, without asking."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def beat(env: dict[str, str], folder: Path, number: int) -> list[str]:
    """One of several beats, each with a schedule file of its own."""
    schedule = folder / f"beat-{number}"
    return [*CELERY, "beat", "--pidfile=", "--schedule", str(schedule), "--loglevel", "error"]


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Look every few milliseconds; False when the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.02)
    return False


def owed(env: dict[str, str]) -> int:
    """How many notices are still to be sent, as the database says."""
    code = "from notifications.models import Notice; print(Notice.objects.owed().count())"
    return int(run_manage(env, "shell", "--verbosity", "0", "-c", code))


def kill_while_sending(env: dict[str, str], box: Post) -> None:
    """Five times: let the workers send a while, kill them all, start them again."""
    for number in range(1, KILLS + 1):
        with group(WORKER, env):
            share = number * REMINDERS // (KILLS + 1)
            assert wait_until(lambda share=share: len(box.mails) >= share, LONGEST)  # type: ignore[misc]


def test_nothing_is_lost_and_next_to_nothing_repeated(tmp_path: Path) -> None:
    with database() as database_url, broker(6) as redis_url, post() as box:
        env = environment(
            tmp_path,
            8000,
            DATABASE_URL=database_url,
            REDIS_URL=redis_url,
            MAIL_URL=box.url,
            NOTICE_TICK_SECONDS="1",
            NOTICE_CONNECTIONS=str(CONNECTIONS),
            NOTICE_STALE_SECONDS="25",
            DJANGO_SETTINGS_MODULE="config.settings",
        )
        run_manage(env, "migrate", "--verbosity", "0")
        fill = [sys.executable, "-m", "tests.notifications.fill", str(REMINDERS)]
        subprocess.run(fill, cwd=ROOT, env=env, check=True)
        with group(beat(env, tmp_path, 1), env), group(beat(env, tmp_path, 2), env):
            kill_while_sending(env, box)
            with group(WORKER, env):
                assert wait_until(lambda: len(people_reached(box)) >= REMINDERS, LONGEST)
                # Whatever would still come twice has its chance to.
                assert wait_until(lambda: owed(env) == 0, 90)
                time.sleep(5)
        report(box)
        came = Counter(mail.to for mail in box.mails)
        assert len(came) == REMINDERS
        assert sum(came.values()) - REMINDERS <= KILLS * PROCESSES * CONNECTIONS
        ids = defaultdict(set)
        for mail in box.mails:
            ids[mail.to].add(mail.id)
        assert {to: found for to, found in ids.items() if len(found) > 1} == {}


def people_reached(box: Post) -> set[str]:
    """The addresses that got at least one mail."""
    return {mail.to for mail in list(box.mails)}


def report(box: Post) -> None:
    """What happened, for whoever reads the log."""
    twice = len(box.mails) - len(people_reached(box))
    print(f"{len(box.mails)} mails, {twice} of them a second time, {KILLS} kills")  # noqa: T201
