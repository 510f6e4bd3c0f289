"""Conversations with a part, opened with the owner's vault, for one request."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from pages.converters import row_in
from selfwork.forms.conversations import TurnForm, new_key
from selfwork.models import Conversation, Part, Turn, Unsent, Voice
from selfwork.showing.parts import OpenPart, open_part
from selfwork.vault import Vault

A_PAGE = 30
MOST_UNSENT = 10

# What one may ask a part, as one would a friend.
OPENINGS = (
    _("How is it going?"),
    _("What do you need?"),
    _("Since when have you been doing this for me?"),
    _("What are you afraid would happen if you stopped?"),
    _("What would you like me to know?"),
    _("Thank you for looking after me."),
)


@dataclass(frozen=True, slots=True)
class OpenTurn:
    """Something said, readable."""

    pk: int
    voice: str
    body: str = field(repr=False)
    said_at: datetime


@dataclass(frozen=True, slots=True)
class OpenUnsent:
    """Something typed and not said, readable."""

    key: uuid.UUID
    version: int
    voice: str
    body: str = field(repr=False)
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as its page shows it: the latest turns last, and the sheet for the next."""

    conversation: Conversation
    part: OpenPart
    page: Page[Turn]
    turns: list[OpenTurn]
    form: TurnForm
    # Typed in other windows, or long ago, besides what stands on the sheet.
    unsent: list[OpenUnsent]

    @property
    def is_ended(self) -> bool:
        """Whether a goodbye has been said."""
        return self.conversation.ended_at is not None

    @property
    def openings(self) -> Sequence[object]:
        """Questions to begin with, before anything is said."""
        return () if self.turns else OPENINGS


def talk_of(
    conversation: Conversation,
    vault: Vault,
    *,
    number: str | None,
    opening: str | None,
    sent: Mapping[str, str] | None = None,
) -> Talk:
    """The page of a conversation; what was `sent` and cannot be said keeps its words.

    On a new sheet stands what was typed last and not said; else the chosen opening.
    """
    pages = Paginator(conversation.turns.order_by("-said_at", "-pk"), A_PAGE)
    page = pages.get_page(number)
    turns = open_turns(reversed(list(page)), vault)
    unsent = open_unsent(conversation, vault)
    part = open_part(conversation.part, vault)
    typed = unsent[0] if unsent and sent is None else None
    form = TurnForm(sent, initial=_initial(typed, turns, opening), name=part.name)
    others = [one for one in unsent if str(one.key) != str(form["key"].value())]
    return Talk(conversation, part, page, turns, form, others)


def _initial(
    typed: OpenUnsent | None, turns: list[OpenTurn], opening: str | None
) -> dict[str, object]:
    if typed is not None:
        return {
            "key": typed.key,
            "version": typed.version,
            "voice": typed.voice,
            "body": typed.body,
        }
    # After one has spoken, the other may.
    voice = Voice.PART if turns and turns[-1].voice == Voice.ME else Voice.ME
    chosen = row_in(opening)
    body = str(OPENINGS[chosen]) if chosen is not None and chosen < len(OPENINGS) else ""
    return {"key": new_key(), "version": 0, "voice": voice, "body": body}


def open_turns(turns: Iterable[Turn], vault: Vault) -> list[OpenTurn]:
    """Turns with their words."""
    return [OpenTurn(one.pk, one.voice, vault.open(one.body), one.said_at) for one in turns]


def open_unsent(conversation: Conversation, vault: Vault) -> list[OpenUnsent]:
    """What was typed and not said, the latest first."""
    rows = Unsent.objects.filter(conversation=conversation).order_by("-changed_at", "-pk")
    return [
        OpenUnsent(one.key, one.version, one.voice, vault.open(one.body), one.changed_at)
        for one in rows[:MOST_UNSENT]
    ]


def conversations_of(part: Part, number: str | None) -> Page[Conversation]:
    """Conversations with a part, the latest first."""
    return Paginator(part.conversations.order_by("-begun_at", "-pk"), A_PAGE).get_page(number)
