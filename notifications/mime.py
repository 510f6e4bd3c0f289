"""A mail as it travels (RFC 5322, 2045, 2047), written down quickly.

Django's own `message()` parses every header into a tree and tries each encoding on each part,
which took longer than all else about a reminder together. Ours all have one shape: a text, the
same as HTML, perhaps files. So each header is encoded once and goes in one line, unfolded: no
mail program decodes a List-Unsubscribe that was folded.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from email.header import Header
from email.message import Message
from email.policy import Compat32
from email.utils import formataddr, formatdate, parseaddr
from functools import lru_cache
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.utils.encoding import punycode


class AsWritten(Compat32):
    """Headers go as they were set; what is not ASCII by then raises."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("ascii")


AS_WRITTEN = AsWritten(linesep="\r\n")


class Mail(EmailMultiAlternatives):
    """Django's, with a message of our own making."""

    def message(self, **_policy: Any) -> Any:
        """The whole of it, with the line ends of SMTP whatever the policy."""
        texts = [_text("plain", str(self.body))]
        texts += [_text("html", str(content)) for content, _ in self.alternatives]
        message = _together("alternative", texts)
        if self.attachments:
            files = [_file(*one) for one in self.attachments]
            message = _together("mixed", [message, *files])
        headers = {
            "MIME-Version": "1.0",
            "Subject": words(str(self.subject)),
            "From": _sender(self.from_email),
            "To": ", ".join(self.to),
            "Date": formatdate(),
            **self.extra_headers,
        }
        for name, value in headers.items():
            message[name] = _one_line(str(value))
        return message


class SmtpBackend(EmailBackend):
    """Django's, without parsing once more an address that `named` has put together."""

    def prep_address(self, address: str, force_ascii: bool = True) -> str:
        return parseaddr(address)[1] or super().prep_address(address, force_ascii)


def named(name: str, address: str) -> str:
    """`Inês <ines@example.org>` as a header carries it."""
    local, _, domain = address.rpartition("@")
    address = address if domain.isascii() else f"{local}@{punycode(domain)}"
    return formataddr((name, address)) if name.isascii() else f"{words(name)} <{address}>"


def words(text: str) -> str:
    """A subject or a name as a header carries it: encoded words unless it is ASCII."""
    return text if text.isascii() else Header(_one_line(text), "utf-8").encode(linesep="")


@lru_cache
def _sender(address: str) -> str:
    return named(*parseaddr(address))


def _one_line(value: str) -> str:
    # A line break would begin a header that somebody else made up.
    if "\n" in value or "\r" in value:
        raise ValueError(f"A header has a line break: {value!r}")
    return value


def _together(how: str, parts: Sequence[Message]) -> Message:
    message = Message(AS_WRITTEN)
    # Never within a part: base64 has no "_", and quoted-printable writes "=" as "=3D".
    message["Content-Type"] = f'multipart/{how}; boundary="=_{how}"'
    for part in parts:
        message.attach(part)
    return message


def _text(subtype: str, text: str) -> Message:
    part = Message(AS_WRITTEN)
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(text.encode()).decode("ascii"))
    return part


def _file(filename: str, content: str | bytes, mimetype: str) -> Message:
    content = content.encode() if isinstance(content, str) else content
    part = Message(AS_WRITTEN)
    part["Content-Type"] = f'{mimetype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Disposition"] = f'attachment; filename="{filename}"'
    part.set_payload(encodebytes(content).decode("ascii"))
    return part
