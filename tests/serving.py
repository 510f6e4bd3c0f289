"""The whole application in processes of its own: web server, worker and beat, as people run it."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 60.0


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
        "SELFWORK_KEYS": Fernet.generate_key().decode(),
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
        run_manage(env, "migrate", "--verbosity", "0")
        run_manage(env, "collectstatic", "--no-input", "--verbosity", "0")
        if demo:
            run_manage(env, "demo")
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
