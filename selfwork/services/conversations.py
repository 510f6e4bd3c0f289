"""Talking with a part: beginning, saying, what is typed and not said yet, ending."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from people.models import Person
from selfwork.models import Conversation, Part, Turn, Unsent
from selfwork.services.keys import hold, vault_for_writing


@transaction.atomic
def begin_conversation(*, part: Part, owner: Person) -> Conversation:
    """The conversation that goes on with this part, or a new one. Raises NotAllowed."""
    vault_for_writing(owner)
    if part.owner_id != owner.pk:
        raise NotAllowed
    found = Conversation.objects.filter(part=part, ended_at__isnull=True).first()
    return found or Conversation.objects.create(part=part)


@transaction.atomic
def say(
    *,
    conversation: Conversation,
    owner: Person,
    key: uuid.UUID,
    voice: str,
    body: str,
    version: int | None = None,
) -> Turn:
    """Say something, as oneself or as the part. The same words with the same key are said once.

    What another window has typed since (`version` is what this one has seen) stays typed, and
    other words with a key that was used are said, too. Raises NotAllowed.
    """
    vault = vault_for_writing(owner)
    _require_own(conversation, owner)
    typed = Unsent.objects.filter(conversation=conversation, key=key).first()
    if typed is not None:
        if version in {None, typed.version} or vault.open(typed.body) == body:
            typed.delete()
        else:
            Unsent.objects.filter(pk=typed.pk).update(key=uuid.uuid4())
    said = Turn.objects.filter(conversation=conversation, key=key).first()
    if said is not None and (said.voice, vault.open(said.body)) == (voice, body):
        return said
    return Turn.objects.create(
        conversation=conversation,
        key=uuid.uuid4() if said else key,
        voice=voice,
        body=vault.seal(body),
    )


@transaction.atomic
def keep_unsent(
    *,
    conversation: Conversation,
    owner: Person,
    key: uuid.UUID,
    version: int,
    voice: str,
    body: str,
) -> Unsent | None:
    """Keep what is typed; `version` is the one that the window has seen, 0 for none yet.

    When another window has saved since, this one's words get a key of their own. None when
    there is nothing to keep: no words, or they have been said meanwhile. Raises NotAllowed.
    """
    vault = vault_for_writing(owner)
    _require_own(conversation, owner)
    found = Unsent.objects.filter(conversation=conversation, key=key).first()
    is_as_seen = found is None or found.version == version
    said = Turn.objects.filter(conversation=conversation, key=key).first()
    if said is not None:
        if not body.strip() or vault.open(said.body) == body:
            return None
        is_as_seen = False
    if not body.strip():
        if found is not None and is_as_seen:
            found.delete()
        return None
    words: dict[str, Any] = {"voice": voice, "body": vault.seal(body)}
    if found is not None and is_as_seen:
        Unsent.objects.filter(pk=found.pk).update(
            version=version + 1, changed_at=timezone.now(), **words
        )
        found.refresh_from_db()
        return found
    return Unsent.objects.create(
        conversation=conversation, key=key if is_as_seen else uuid.uuid4(), **words
    )


@transaction.atomic
def put_away(*, conversation: Conversation, owner: Person, key: uuid.UUID) -> None:
    """Throw away what was typed and not said."""
    Unsent.objects.filter(
        conversation=conversation, conversation__part__owner=owner, key=key
    ).delete()


@transaction.atomic
def end_conversation(*, conversation: Conversation, owner: Person) -> None:
    """A goodbye for now. One in which nothing was said leaves nothing behind."""
    vault_for_writing(owner)
    _require_own(conversation, owner)
    if not conversation.turns.exists() and not conversation.unsent.exists():
        conversation.delete()
        return
    Conversation.objects.filter(pk=conversation.pk, ended_at__isnull=True).update(
        ended_at=timezone.now()
    )


@transaction.atomic
def delete_turn(*, turn: Turn, owner: Person) -> None:
    """Delete one thing said for good."""
    hold(owner)
    Turn.objects.filter(pk=turn.pk, conversation__part__owner=owner).delete()


@transaction.atomic
def delete_conversation(*, conversation: Conversation, owner: Person) -> None:
    """Delete a whole conversation for good."""
    hold(owner)
    Conversation.objects.filter(pk=conversation.pk, part__owner=owner).delete()


def _require_own(conversation: Conversation, owner: Person) -> None:
    if not Conversation.objects.filter(pk=conversation.pk, part__owner=owner).exists():
        raise NotAllowed
