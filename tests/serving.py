"""The whole application in processes of its own: web server, worker and beat, as people run it."""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 60.0
# A folder for all processes of one run of the tests, where there is one (`tests/conftest.py`).
SHARED = "TESTS_SHARED_FOLDER"
SELFWORK_KEY = urlsafe_b64encode(b"only-for-tests--" * 2).decode()


@dataclass(frozen=True, slots=True)
class Served:
    """Where it answers, and the environment its processes have."""

    url: str
    env: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        return run_manage(self.env, *arguments)


def run_manage(env: dict[str, str], *arguments: str) -> str:
    """Run a management command; raises CalledProcessError with what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path, port: int, **wanted: str) -> dict[str, str]:
    """An environment that shares nothing with this process's own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DEMO": "on",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SELFWORK_KEYS": SELFWORK_KEY,
        "VAR_DIR": str(folder),
        "SITE_URL": f"http://localhost:{port}",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "MAIL_URL": "",
        "PYTHONWARNINGS": "ignore",
        **wanted,
    }


@contextmanager
def served(*, demo: bool = False, **wanted: str) -> Iterator[Served]:
    """Start everything on a free port, with the demo's people if asked; stop it afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="common-table-") as folder:
        env = environment(Path(folder), port, **wanted)
        if env["DATABASE_URL"] or SHARED not in os.environ:
            _furnish(env, demo)
        else:
            shutil.copytree(_furnished_once(env, demo), folder, dirs_exist_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "config.serve", str(port)],
            cwd=ROOT,
            env=env,
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port, process)
            yield Served(f"http://localhost:{port}", env)
        finally:
            process.terminate()
            process.wait(30)


def _furnish(env: dict[str, str], demo: bool) -> None:
    run_manage(env, "migrate", "--verbosity", "0")
    run_manage(env, "collectstatic", "--no-input", "--verbosity", "0")
    if demo:
        run_manage(env, "demo")


def _furnished_once(env: dict[str, str], demo: bool) -> Path:
    """A folder to copy: whichever test of a run needs it first makes it, others wait."""
    made = Path(os.environ[SHARED]) / ("demo" if demo else "bare")
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = made.with_suffix(".begun")
            shutil.rmtree(begun, ignore_errors=True)
            _furnish({**env, "VAR_DIR": str(begun)}, demo)
            begun.rename(made)
    return made


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until somebody answers on the port; raises when the process ends before that."""
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not answer")
