"""How many reminders one worker process sends a second, for `make bench`.

Against a bare loop of `smtplib` that hands finished mails of the same size to the same server,
over one connection, in the same run: what a worker adds is finding out whom to write to, what is
so by now, saying it twice (text and HTML), and stamping the ledger. The server is aiosmtpd in a
process of its own. It has a mail on the disk before it says so, as a mail server must. How fast
it would be if it threw the mail away is told as well.

On PostgreSQL when TEST_POSTGRES_URL names a server, else on SQLite.
"""

import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.services import MailServer, database, mail_server
from tests.serving import ROOT, environment, run_manage

REMINDERS = 1_200
ROUNDS = 3
AIM = 0.5
# What the process of the worker does; prints a rate for each round it is asked for.
WORKER = """
import sys, time, django
django.setup()
from django.conf import settings
from django.utils import timezone
from notifications import services
from notifications.models import Notice
for line in sys.stdin:
    Notice.objects.all().delete()
    services.queue_due_notices(timezone.now())
    start = time.perf_counter()
    sent = services.send_due(seconds=60, connections=settings.NOTICE_CONNECTIONS)
    print(sent / (time.perf_counter() - start), flush=True)
"""


def bare_loop(port: int, mail: bytes, mails: int) -> float:
    """Mails a second."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        start = time.perf_counter()
        for number in range(mails):
            server.sendmail("table@localhost", [f"person{number}@example.org"], mail)
        return mails / (time.perf_counter() - start)


def worker(env: dict[str, str]) -> tuple[subprocess.Popen[str], Callable[[], float]]:
    """One worker process, and how to ask it for a round."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked, answered = process.stdin, process.stdout

    def a_round() -> float:
        asked.write("\n")
        asked.flush()
        return float(answered.readline())

    return process, a_round


def compare(env: dict[str, str], server: MailServer, finished: bytes) -> str:
    """The rates of a few rounds, worker and bare loop in turn, and their ratio."""
    process, a_round = worker({**env, "MAIL_URL": server.url})
    try:
        rates = [(a_round(), bare_loop(server.port, finished, REMINDERS)) for _ in range(ROUNDS)]
    finally:
        process.kill()
        process.wait()
    ours, bare = (statistics.median(column) for column in zip(*rates, strict=True))
    ratios = sorted(one / other for one, other in rates)
    spread = f"{ratios[0]:.2f}–{ratios[-1]:.2f}"
    return f"{ours:10.0f}{bare:10.0f}{statistics.median(ratios):8.2f}   {spread}"


def main() -> None:
    """Print a table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        keeping = stack.enter_context(mail_server(folder))
        dropping = stack.enter_context(mail_server(folder, "Sink"))
        on_postgres = "TEST_POSTGRES_URL" in os.environ
        url = stack.enter_context(database()) if on_postgres else ""
        env = environment(folder, 8000, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="config.settings")
        run_manage(env, "migrate", "--verbosity", "0")
        fill = [sys.executable, "-m", "tests.notifications.fill", str(REMINDERS)]
        subprocess.run(fill, cwd=ROOT, env=env, check=True)
        finished = one_mail(env, keeping)
        print(f"\n{'reminders':20}{'mails/s':>10}{'bare':>10}{'ratio':>8}   spread")  # noqa: T201
        for name, server in (("mail is kept", keeping), ("mail is dropped", dropping)):
            print(f"{name:20}{compare(env, server, finished)}", flush=True)  # noqa: T201
    print(  # noqa: T201
        f"One worker process on {'PostgreSQL' if on_postgres else 'SQLite'}, against finished "
        f"mails of {len(finished) / 1000:.1f} kB over one connection;\naim: ratio {AIM} with a "
        "server that keeps what it takes."
    )


def one_mail(env: dict[str, str], server: MailServer) -> bytes:
    """A reminder as it travels."""
    process, a_round = worker({**env, "MAIL_URL": server.url})
    a_round()
    process.kill()
    process.wait()
    return next((server.folder / "new").iterdir()).read_bytes().replace(b"\n", b"\r\n")


if __name__ == "__main__":
    main()
