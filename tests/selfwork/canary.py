"""Somebody who writes one unmistakable word everywhere in the private place, and who looks for it.

Nothing here knows the pages or models: it walks the addresses and fills every form it finds, and
every sealed field of every model, so that what is new is covered from its first day.
"""

import base64
import logging
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from html.parser import HTMLParser
from itertools import count
from typing import Any

from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connections, models
from django.test import Client
from django.urls import URLResolver, get_resolver

from circles.services import take_seat
from people.models import Person
from selfwork import services
from selfwork.models import PersonKey, SelfCircle
from selfwork.owned import owned_models, rows_of
from selfwork.vault import SealedField
from tests.factories import make_bare_crew
from tests.selfwork.quiet import stored, text

# An aspen, which stands nowhere else.
WORD = "Zitterpappel"
CARRIED = "One sentence that is meant for the crew."

# These hold no words of the owner's.
WORDLESS = {PersonKey, SelfCircle}
# Sealed, but chosen from a list or drawn, and shown in words of ours.
CHOSEN = {"part.look": "{}", "tie.kind": "protects"}
# What would end the walk, or take away what it wrote.
ENDS = re.compile("delete|forget|/end/|put-away|aside|take-back|remove")


def fill(owner: Person) -> dict[str, str]:
    """A row of every model with words in every sealed field; the words by "model.field"."""
    vault, numbers, written = services.vault_of(owner), count(1), {}
    crew = make_bare_crew(name="The Crew")
    take_seat(circle=crew, person=owner)
    made: dict[type[models.Model], models.Model] = {}

    def value(field: Any, model: type[models.Model]) -> Any:
        if isinstance(field, SealedField):
            name = f"{model._meta.model_name}.{field.name}"
            words = CHOSEN.get(name) or f"{WORD} {next(numbers)} hört"
            if name not in CHOSEN:
                written[name] = words
            return vault.seal(words)
        if field.related_model is Person:
            return owner
        if field.name == "circle":
            return crew
        if field.name == "other":
            return services.meet_part(owner=owner, name="Another")
        return made.get(field.related_model)

    for model in owned_models():
        if model in WORDLESS:
            continue
        values = {
            field.name: value(field, model)
            for field in model._meta.fields
            if isinstance(field, SealedField | models.ForeignKey)
        }
        if any(field.name == "key" for field in model._meta.fields):
            values["key"] = uuid.uuid4()
        if model._meta.model_name == "carriedline":
            written["carriedline.words"] = values["words"] = CARRIED
        made[model] = model._default_manager.create(**values)
    return written


# --- walking the pages ------------------------------------------------------------------------


class Forms(HTMLParser):
    """The forms of a page: where each goes, and its fields filled in as somebody would."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.numbers = count(1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form" and named.get("method", "").lower() == "post":
            self.forms.append((named.get("action") or self.address, {}))
        name = named.get("name", "")
        if not self.forms or not name or name == "csrfmiddlewaretoken":
            return
        fields = self.forms[-1][1]
        kind = named.get("type", "text")
        if tag == "textarea" or (tag == "input" and kind in {"text", "search"}):
            fields[name] = f"{WORD} typed {next(self.numbers)}"
        elif tag == "input" and kind == "radio":
            if "checked" in named or name not in fields:
                fields[name] = named.get("value", "")
        elif tag == "input" and kind not in {"checkbox", "submit"}:
            fields[name] = named.get("value", "")


def patterns() -> Iterator[str]:
    """Every address of the private place, as it is written in its list."""
    for one in get_resolver().url_patterns:
        if isinstance(one, URLResolver) and one.app_name == "selfwork":
            yield from (f"/self/{pattern.pattern}" for pattern in one.url_patterns)


def addresses(owner: Person) -> list[str]:
    """Every address that may be the owner's: with the number of a row of each kind of theirs."""
    firsts = [rows_of(model, owner).order_by("pk").first() for model in owned_models()]
    numbers = {row.pk for row in firsts if row is not None}
    found = []
    for pattern in patterns():
        numbered = re.search("<[^>]+>", pattern) is not None
        for number in sorted(numbers) if numbered else [0]:
            found.append(re.sub("<[^>]+>", str(number), pattern))
    return found


def use_everything(client: Client, owner: Person) -> int:
    """Open every page as its owner and send every form on it; returns how many were taken."""
    taken, sent = 0, set()
    for address in addresses(owner):
        response = client.get(address)
        if response.status_code != 200 or "Content-Disposition" in response.headers:
            continue
        page = Forms(address)
        page.feed(text(response))
        for action, fields in page.forms:
            mark = re.sub(r"\d+", "0", f"{action} {sorted(fields)}")
            if not action.startswith("/self/") or ENDS.search(action) or mark in sent:
                continue
            sent.add(mark)
            taken += client.post(action, fields).status_code in {200, 204, 302, 303}
    return taken


# --- looking for it ---------------------------------------------------------------------------


class Listener(logging.Handler):
    """Hears all that is logged, with the request and the error that came along."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += [record.getMessage(), repr(record.args)]
        if record.exc_info:
            self.heard.append(repr(record.exc_info[1]))
        if (request := getattr(record, "request", None)) is not None:
            self.heard.append(repr([getattr(request, "POST", ""), request.get_full_path()]))


@contextmanager
def listening() -> Iterator[list[str]]:
    """What is logged meanwhile, at every level."""
    listener, root = Listener(), logging.getLogger()
    names = ("django.request", "django.db.backends", "celery", "notifications", "selfwork")
    before = {name: logging.getLogger(name).level for name in names}
    root.addHandler(listener)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield listener.heard
    finally:
        root.removeHandler(listener)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def places(heard: list[str], client: Client) -> Iterator[tuple[str, bytes]]:
    """Everything that stays behind in this process and its databases, by where it is."""
    for alias in connections:
        yield from ((f"database {alias}", value) for value in stored(alias))
        if connections[alias].vendor == "sqlite":
            yield f"file {alias}", connections[alias].connection.serialize()
    for session in Session.objects.all():
        yield "session", repr(session.get_decoded()).encode()
    for message in mail.outbox:
        other = getattr(message, "alternatives", "")
        yield "mail", f"{message.subject} {message.body} {other}".encode()
    memory = getattr(caches["default"], "_cache", {})
    if isinstance(memory, dict):
        yield from (("cache", repr(item).encode()) for item in memory.items())
    yield from (("log", line.encode()) for line in heard)
    yield from (("cookie", one) for morsel in client.cookies.values() for one in read(morsel.value))


def read(cookie: str) -> Iterator[bytes]:
    """A cookie's value, and what is packed in its pieces."""
    yield cookie.encode()
    for piece in re.split("[.:]", cookie):
        with suppress(ValueError, zlib.error):
            plain = base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4))
            yield plain
            yield zlib.decompress(plain)


def leaks(found: Iterable[tuple[str, bytes]], word: str = WORD) -> set[str]:
    """Where the word stands."""
    return {place for place, content in found if word.encode() in content}
