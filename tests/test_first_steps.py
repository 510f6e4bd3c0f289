"""The first minutes on a new machine: what is said when something is missing or taken."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.serving import ROOT, environment, free_port, run_manage


def in_folder(folder: Path, *command: str, path: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": path, "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_without_python_or_uv_it_says_so_in_one_line(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    too_old = tools / "python3"
    too_old.write_text("#!/bin/sh\nexit 1\n")
    too_old.chmod(0o755)
    script = str(ROOT / "scripts" / "make-environment")
    done = in_folder(tmp_path, "/bin/sh", script, path=str(tools))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Python 3.12" in done.stderr


def test_secrets_are_written_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    script = str(ROOT / "scripts" / "write-env")
    path = os.environ["PATH"]
    assert in_folder(tmp_path, sys.executable, script, path=path).returncode == 0
    first = (tmp_path / ".env").read_text()
    assert "DEMO=on" in first
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    assert in_folder(tmp_path, sys.executable, script, path=path).returncode == 0
    assert (tmp_path / ".env").read_text() == first


def serve(env: dict[str, str], port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "config.serve", str(port)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve(environment(tmp_path, port), port) as process:
            _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.strip() == (
        f"Port {port} is taken by another program. Try: make demo PORT={port + 1}"
    )


def children(pid: int) -> list[int]:
    """Processes that a process has started, and theirs."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = [(int(a), int(b)) for a, b in (line.split() for line in listed.stdout.splitlines())]
    found, new = [], [pid]
    while new:
        new = [one for one, parent in pairs if parent in new]
        found += new
    return found


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_stops_everything_it_started(tmp_path: Path) -> None:
    port = free_port()
    env = environment(tmp_path, port)
    run_manage(env, "migrate", "--verbosity", "0")
    with serve(env, port) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(2)]
        assert f"http://localhost:{port}/" in "".join(said)
        started = children(process.pid)
        assert len(started) >= 3
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 0
    # The last of them may take a moment longer than the one that started it.
    end = time.monotonic() + 10
    while any(is_alive(pid) for pid in started) and time.monotonic() < end:
        time.sleep(0.1)
    assert [pid for pid in started if is_alive(pid)] == []
