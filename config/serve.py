"""`python -m config.serve PORT`: web server, worker and beat in the foreground, until Ctrl-C.

For the demo and for one small machine. Each is a process group of its own, so that stopping
stops everything; a worker or beat that ends by itself is started again.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(sys.executable).parent
# Seconds that a process gets to finish what it is doing.
GRACE = 8
CELERY = [str(HERE / "celery"), "--app", "config", "--quiet"]


def commands(port: int) -> dict[str, list[str]]:
    """What runs, by name."""
    from django.conf import settings

    return {
        "web": [
            *(str(HERE / "gunicorn"), "config.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--threads", "4", "--log-level", "warning"),
        ],
        "worker": [*CELERY, "worker", "--concurrency", "2", "--loglevel", "warning"],
        "beat": [
            *(*CELERY, "beat", "--loglevel", "warning", "--pidfile="),
            *("--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME),
        ],
    }


def is_free(port: int) -> bool:
    """Whether nobody listens on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether somebody answers on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start one in a process group of its own, away from the terminal's Ctrl-C."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603


def stop(running: list[subprocess.Popen[bytes]]) -> None:
    """End all of them, gently at first; a second Ctrl-C does not leave one behind."""
    for impatience in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(impatience, signal.SIG_IGN)
    for process in running:
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + GRACE
    for process in running:
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def serve(port: int) -> int:
    """Run all of them; the exit code is 0 after Ctrl-C and 1 when the web server ended."""
    wanted = commands(port)
    running = {name: start(command) for name, command in wanted.items()}
    try:
        while not answers(port):
            if running["web"].poll() is not None:
                return 1
            time.sleep(0.1)
        print(f"\n  Common Table is at http://localhost:{port}/    Ctrl-C stops it\n", flush=True)  # noqa: T201
        while running["web"].poll() is None:
            time.sleep(1)
            for name, process in running.items():
                if process.poll() is not None and name != "web":
                    running[name] = start(wanted[name])
        return 1
    except KeyboardInterrupt:
        print("\n  Stopping …", flush=True)  # noqa: T201
        return 0
    finally:
        stop(list(running.values()))


def main() -> int:
    """Read the port, and say in one line when it cannot be had."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdecimal() else 8000
    if not is_free(port):
        print(  # noqa: T201
            f"Port {port} is taken by another program. Try: make demo PORT={port + 1}",
            file=sys.stderr,
        )
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Also where a shell has set Ctrl-C to be ignored, as it does for jobs in the background.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    return serve(port)


if __name__ == "__main__":
    sys.exit(main())
