"""Real services for tests that need them: a database of one's own, a broker, a mail server."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
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

    @property
    def url(self) -> str:
        """For MAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[Arrived]:
        """What came for one address, the oldest first."""
        return [mail for mail in list(self.mails) if mail.to == address]

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
