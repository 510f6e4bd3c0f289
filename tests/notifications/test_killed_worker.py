"""What the ledger promises while Redis and the workers are killed again and again.

10,000 reminders fall due at once. Two machines (`config.serve`: web, a worker with two
processes, beat) send them into a real mail server, while Redis is killed three times. Nothing is
lost and nothing comes twice. Then 4,000, while the workers are killed five times as well:
nothing is lost; a mail may come twice only where a process died between the server's "250" and
its own stamp, and then it is the same message.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services import MailServer, OwnRedis, database, mail_server, own_redis
from tests.serving import ROOT, environment, free_port, run_manage

pytestmark = pytest.mark.services

MANY, FEWER = 10_000, 4_000
MACHINES, PROCESSES, CONNECTIONS = 2, 2, 2
LONGEST = 300.0


@dataclass(slots=True)
class Machine:
    """A supervisor and what it keeps running."""

    supervisor: subprocess.Popen[bytes]

    def groups(self, of: str = "") -> list[int]:
        """The process groups under it, of one command or of all."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it may end while we look
                parent = process.joinpath("stat").read_text().rpartition(")")[2].split()[1]
                said = process.joinpath("cmdline").read_text()
                if int(parent) == self.supervisor.pid and of in said:
                    found.append(int(process.name))
        return found

    def kill_worker(self) -> None:
        """End worker and pool at once, without asking."""
        for group in self.groups("\0worker\0"):
            kill(group)

    def kill_everything(self) -> None:
        """Nothing of it may live on and falsify the next test."""
        self.supervisor.send_signal(signal.SIGSTOP)  # or it would start again what is killed
        for group in self.groups():
            kill(group)
        self.supervisor.kill()
        self.supervisor.wait()


def kill(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


@dataclass(slots=True)
class Hall:
    """The machines, what they share, and how many reminders are due."""

    reminders: int
    env: dict[str, str]
    redis: OwnRedis
    mail: MailServer
    machines: list[Machine]

    @property
    def owed(self) -> int:
        """How many notices are still to be sent, as the database says."""
        code = "from notifications.models import Notice; print(Notice.objects.owed().count())"
        return int(run_manage(self.env, "shell", "--verbosity", "0", "-c", code))

    def kill_redis(self) -> None:
        """Away for two seconds, and empty when it comes back."""
        self.redis.kill()
        time.sleep(2)
        self.redis.start()

    def kill_workers(self) -> None:
        for machine in self.machines:
            machine.kill_worker()


@contextmanager
def hall(folder: Path, reminders: int) -> Iterator[Hall]:
    """Everything runs, and so many reminders are due."""
    with ExitStack() as stack:
        redis = stack.enter_context(own_redis(folder))
        mail = stack.enter_context(mail_server(folder))
        wanted = {
            "DATABASE_URL": stack.enter_context(database()),
            "REDIS_URL": redis.url,
            "MAIL_URL": mail.url,
            "NOTICE_TICK_SECONDS": "5",
            "NOTICE_STALE_SECONDS": "20",
            "NOTICE_SENDERS": str(PROCESSES),
            "NOTICE_CONNECTIONS": str(CONNECTIONS),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        env = environment(folder, 8000, **wanted)
        run_manage(env, "migrate", "--verbosity", "0")
        fill = [sys.executable, "-m", "tests.notifications.fill", str(reminders)]
        subprocess.run(fill, cwd=ROOT, env=env, check=True)
        machines = []
        for number in range(MACHINES):
            serve = [sys.executable, "-m", "config.serve", str(free_port())]
            own = {**env, "VAR_DIR": str(folder / str(number))}
            Path(own["VAR_DIR"]).mkdir()
            machine = Machine(subprocess.Popen(serve, cwd=ROOT, env=own, stdout=subprocess.DEVNULL))
            stack.callback(machine.kill_everything)
            machines.append(machine)
        yield Hall(reminders, env, redis, mail, machines)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look many times a second."""
    end = time.monotonic() + LONGEST
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def work_off(hall: Hall, *blows: Callable[[], None]) -> dict[str, list[str]]:
    """Let it send, strike at even distances; the Message-IDs by recipient when all have come."""
    wait_until(lambda: hall.mail.kept > 0)
    start = time.monotonic()
    for number, strike in enumerate(blows, 1):
        share = number * hall.reminders // (len(blows) + 1)
        wait_until(lambda share=share: hall.mail.kept >= share)  # type: ignore[misc]
        strike()
    wait_until(lambda: hall.mail.kept >= hall.reminders)
    seconds = time.monotonic() - start
    wait_until(lambda: hall.owed == 0)
    # Whatever would still come twice has its chance to.
    time.sleep(5)
    came = hall.mail.ids()
    twice = sum(map(len, came.values())) - len(came)
    print(f"{len(came)} mails in {seconds:.0f} s, {twice} of them a second time")  # noqa: T201
    return came


def test_while_redis_is_killed_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    with hall(tmp_path, MANY) as one:
        came = work_off(one, *[one.kill_redis] * 3)
    assert len(came) == MANY
    assert {to: ids for to, ids in came.items() if len(ids) > 1} == {}


def test_killed_workers_lose_nothing_and_repeat_only_what_was_on_its_way(tmp_path: Path) -> None:
    with hall(tmp_path, FEWER) as one:
        workers, redis = one.kill_workers, one.kill_redis
        came = work_off(one, workers, redis, workers, workers, redis, workers, redis, workers)
    assert len(came) == FEWER
    assert sum(map(len, came.values())) - FEWER <= 5 * MACHINES * PROCESSES * CONNECTIONS
    assert {to: ids for to, ids in came.items() if len(set(ids)) > 1} == {}
