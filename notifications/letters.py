"""A letter: what is said, before it is a mail; and how it becomes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from notifications import links
from notifications.kinds import Kind
from notifications.mime import Mail, named
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


def message_for(notice: Notice, letter: Letter, kind: Kind, reader: Person | None) -> Mail:
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
    to = named(str(notice.person) if notice.person else "", notice.to)
    message = Mail(subject=subject, body=text, to=[to], headers=headers)
    message.attach_alternative(html, "text/html")
    for file in letter.attachments:
        message.attach(file.filename, file.content, file.mimetype)
    return message
