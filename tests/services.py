"""Real services for tests that need them: a database of one's own, a broker, a mail server."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

import psycopg
import redis
from aiosmtpd.controller import Controller

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379")


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty PostgreSQL database, dropped afterwards."""
    name = f"common_table_{secrets.token_hex(6)}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{POSTGRES}/{name}"
    finally:
        with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def broker(number: int) -> Iterator[str]:
    """The address of an empty Redis database; each test that runs at once takes another one."""
    address = f"{REDIS}/{number}"
    client = redis.Redis.from_url(address)
    client.flushdb()
    try:
        yield address
    finally:
        client.flushdb()
        client.close()


@dataclass(slots=True)
class OwnRedis:
    """A Redis that a test may kill. It keeps nothing: what was in it is gone."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        with redis.Redis.from_url(self.url) as client:
            while True:
                with suppress(redis.ConnectionError):
                    client.ping()
                    return
                time.sleep(0.05)

    def kill(self) -> None:
        """End it without asking."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    """A Redis of one's own on a free port."""
    from tests.serving import free_port

    one = OwnRedis(folder, free_port())
    one.start()
    try:
        yield one
    finally:
        one.kill()


@dataclass(slots=True)
class MailServer:
    """A mail server in a process of its own. As a real one must, it has a mail on the disk
    before it says that it took it."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """For MAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def kept(self) -> int:
        """How many mails it has."""
        return sum(1 for _ in os.scandir(self.folder / "new"))

    def ids(self) -> dict[str, list[str]]:
        """The Message-IDs of what came, by recipient."""
        found: dict[str, list[str]] = {}
        for path in (self.folder / "new").iterdir():
            with path.open("rb") as file:
                headers = BytesHeaderParser().parse(file)
            found.setdefault(headers["X-RcptTo"], []).append(headers["Message-ID"])
        return found


@contextmanager
def mail_server(folder: Path, handler: str = "Mailbox") -> Iterator[MailServer]:
    """aiosmtpd with the handler that keeps mail in a Maildir, or with "Sink", which does not."""
    from tests.serving import free_port, wait_for

    server = MailServer(folder / "mail", free_port())
    listening = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{server.port}"]
    handling = ["-c", f"aiosmtpd.handlers.{handler}"]
    kept_in = [str(server.folder)] if handler == "Mailbox" else []
    process = subprocess.Popen([*listening, *handling, *kept_in])
    try:
        wait_for(server.port, process)
        yield server
    finally:
        process.kill()
        process.wait()


@dataclass(slots=True)
class Arrived:
    """A mail as the server got it."""

    to: str
    message: EmailMessage

    @property
    def id(self) -> str:
        """Its Message-ID."""
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self.message["Subject"])

    def body(self, kind: str = "plain") -> str:
        """Its text as "plain" or "html"."""
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")


@dataclass(slots=True)
class Post:
    """A mail server's letterbox."""

    port: int = 0
    mails: list[Arrived] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        """For MAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[Arrived]:
        """What came for one address, the oldest first."""
        return [mail for mail in list(self.mails) if mail.to == address]

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Called by aiosmtpd for each connection."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Called by aiosmtpd for each mail."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        for address in envelope.rcpt_tos:
            self.mails.append(Arrived(address, message))
        return "250 Taken"


@contextmanager
def post() -> Iterator[Post]:
    """A real SMTP server on a free port."""
    from tests.serving import free_port

    box = Post(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
