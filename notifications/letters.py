"""A letter: what is said, before it is a mail; and how it becomes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import HeaderRegistry
from email.policy import EmailPolicy as Policy
from email.policy import default as default_policy
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from notifications import links
from notifications.kinds import Kind
from notifications.models import Notice
from people.models import Person


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    filename: str
    content: bytes
    mimetype: str


@dataclass(frozen=True, slots=True)
class Letter:
    """`template` names `mail/<template>.txt` and `.html`; both get `context` and the reader.

    It waits for the end of the reader's quiet hours, unless that is too late for what begins
    at `needed_by`.
    """

    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()
    needed_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Not to be sent before a moment: the reader has quiet hours."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nothing is to be sent after all, and why. For the ledger, not for the reader."""

    reason: str


_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


class StopHeader:
    """List-Unsubscribe as it must travel: in one line, since no mail program decodes a folded
    or encoded one. Mixed in by the header registry."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"] = value
        kwds["decoded"] = value
        kwds["defects"] = []

    def fold(self, *, policy: Policy) -> str:
        name = self.name  # type: ignore[attr-defined]
        return f"{name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", StopHeader)  # type: ignore[arg-type]


class Mail(EmailMultiAlternatives):
    """Django's, with that header left whole."""

    def message(self, *, policy: Any = default_policy) -> Any:
        return super().message(policy=policy.clone(header_factory=_headers))


def message_for(
    notice: Notice, letter: Letter, kind: Kind, reader: Person | None
) -> EmailMultiAlternatives:
    """The mail: text and HTML in the reader's time zone, its headers, its files.

    The Message-ID is the notice's own, so that a repeat after a crash is the same message.
    """
    zone = reader.zone if reader else timezone.get_default_timezone()
    stop = links.stop_url(reader, kind) if reader and kind.can_be_stopped else ""
    context = {
        **letter.context,
        "reader": reader,
        "stop_url": stop,
        "kind": kind,
        "SITE_URL": settings.SITE_URL,
    }
    with timezone.override(zone), translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(str(letter.subject).split())
        context["subject"] = subject
        text = render_to_string(f"mail/{letter.template}.txt", context)
        html = _inliner.inline(render_to_string(f"mail/{letter.template}.html", context))
    headers = {
        "Message-ID": f"<{notice.uuid}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    to = formataddr((str(notice.person), notice.to)) if notice.person else notice.to
    message = Mail(subject=subject, body=text, to=[to], headers=headers)
    message.attach_alternative(html, "text/html")
    for file in letter.attachments:
        message.attach(file.filename, file.content, file.mimetype)
    return message
