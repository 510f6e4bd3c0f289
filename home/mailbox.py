"""The demo's own mailbox: mail that never leaves the machine, readable in the browser."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"^\d{8}T\d{12}-[0-9a-f]{8}$")


class CatchingBackend(BaseEmailBackend):
    """Writes each message to a file of its own, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
            unfinished = folder / f".{name}"
            unfinished.write_bytes(message.message(policy=policy.SMTP).as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One mail of the demo."""

    name: str
    message: ParsedMessage

    @property
    def at(self) -> datetime:
        """When it was sent."""
        return datetime.strptime(self.name[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)

    @property
    def subject(self) -> str:
        """The subject line."""
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        """To whom."""
        return str(self.message["To"])

    def body(self, kind: str) -> str:
        """The "plain" or "html" text; "" when there is none."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""

    @property
    def text(self) -> str:
        """The plain text."""
        return self.body("plain")

    @property
    def files(self) -> list[str]:
        """Names of the files that came with it."""
        return [part.get_filename() or "" for part in self.message.iter_attachments()]


def names() -> list[str]:
    """Names of all caught mails, newest first."""
    folder = Path(settings.MAIL_DIR)
    return sorted((file.stem for file in folder.glob("*.eml")), reverse=True)


def read(name: str) -> CaughtMail | None:
    """One mail; None for a name that is no name of ours or no longer there."""
    file = Path(settings.MAIL_DIR) / f"{name}.eml"
    if not NAME.match(name) or not file.is_file():
        return None
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return CaughtMail(name, message)


def read_all(some: Sequence[str]) -> Iterator[CaughtMail]:
    """These mails, as far as they are still there."""
    for name in some:
        if (mail := read(name)) is not None:
            yield mail
