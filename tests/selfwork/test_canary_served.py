"""The same word, written to the whole application as people run it: files, broker, cache, logs."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.selfwork.canary import WORD
from tests.serving import ROOT, environment, free_port, run_manage, wait_for

pytestmark = pytest.mark.services

EMAIL, PASSWORD = "owner@example.org", "a long enough one"
SOMEBODY = f"""
from allauth.account.models import EmailAddress
from django.utils import timezone
from people.models import Person
now = timezone.now()
person = Person.objects.create_user("{EMAIL}", "{PASSWORD}", name="Owner", settled_at=now)
EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
"""


class Visitor:
    """A browser without scripts."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """A page's text, of whatever status."""
        return self._open(Request(self.url + path))  # noqa: S310

    def send(self, page: str, path: str, **fields: str) -> str:
        """Fill in a form of one page and send it to another address."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page))[0]
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        headers = {"Referer": self.url + page}
        return self._open(Request(self.url + path, body, headers))  # noqa: S310

    def _open(self, request: Request) -> str:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            return error.read().decode()


@contextmanager
def running(folder: Path, log: Path) -> Iterator[str]:
    """Web, worker and beat on the embedded defaults, everything they say in one file."""
    port = free_port()
    env = environment(folder, port, LOG_LEVEL="DEBUG", PYTHONPATH=str(ROOT))
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "-v0"]):
        run_manage(env, *command)
    run_manage(env, "shell", "--no-imports", "--command", SOMEBODY)
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.serve", str(port)],
            cwd=ROOT,
            env={**env, "GUNICORN_CMD_ARGS": "--access-logfile - --log-level debug"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port, process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(30)


def test_no_file_of_the_running_application_holds_it(tmp_path: Path) -> None:
    folder, log = tmp_path / "var", tmp_path / "log"
    folder.mkdir()
    with running(folder, log) as url:
        me = Visitor(url)
        me.send("/account/login/", "/account/login/", login=EMAIL, password=PASSWORD)
        met = me.send("/self/meet/", "/self/meet/", name=f"{WORD} 1", fears=f"{WORD} 2")
        assert f"{WORD} 1" in met
        assert f"{WORD}</mark> 2" in me.send("/self/search/", "/self/search/", words=WORD)
        assert f"{WORD} 2" in me.get("/self/export/")
        assert f"{WORD} 2" in me.get("/you/my-data/")
        much = me.send("/self/meet/", "/self/meet/", name="One", fears=f"{WORD} " * 20_000)
        assert WORD in much
        assert WORD not in me.send("/self/meet/", "/self/nothing/", name=WORD)
        me.send("/account/logout/", "/account/logout/")
        late = me.send("/account/login/", "/self/meet/", name=f"{WORD} too late")
        assert WORD not in late
    said = log.read_bytes()
    assert b"POST /self/search/" in said, "the log was on"
    assert WORD.encode() not in said
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"common-table.sqlite3", "keys.sqlite3"} <= {path.name for path in files}
    assert [path for path in files if WORD.encode() in path.read_bytes()] == []
