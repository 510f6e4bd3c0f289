"""Guided practices: beginning, writing on a step, meeting another part first, ending."""

import uuid
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from people.models import Person
from selfwork.entry_words import EntryWords, opened_entry, sealed_entry
from selfwork.models import Conversation, Entry, Part
from selfwork.rules.guides import LETTER, guide_of
from selfwork.rules.sheets import Sheet, is_beside, joined, without, written
from selfwork.services.conversations import begin_conversation, say
from selfwork.services.keys import hold, sealed, vault_for_writing
from selfwork.services.parts import meet_part
from selfwork.vault import Vault

LETTERS = uuid.UUID("7d3c8a44-4f0b-4e6e-9a55-6d8c1f0f7b21")
LONGEST_NAME, LONGEST_KNOWN = 200, 2000


@transaction.atomic
def begin_entry(
    *,
    owner: Person,
    kind: str,
    part: Part | None = None,
    comes_from: Entry | None = None,
    prompt: str = "",
) -> Entry:
    """Begin a guided practice. One in which nothing stands yet is taken up instead of a second.

    `comes_from`: the one that waits while another part is met. Raises NotAllowed.
    """
    vault = vault_for_writing(owner)
    if any(one is not None and one.owner_id != owner.pk for one in (part, comes_from)):
        raise NotAllowed
    mine = Entry.objects.filter(owner=owner, kind=kind, ended_at__isnull=True)
    if comes_from is not None and (going_on := mine.filter(comes_from=comes_from).first()):
        return going_on
    words = sealed_entry(vault, EntryWords(prompt)) if prompt else None
    found = mine.filter(step=0, comes_from=comes_from).first()
    if found is None:
        return Entry.objects.create(
            owner=owner, kind=kind, part=part, comes_from=comes_from, words=words
        )
    found.part, found.words, found.begun_at = part, words, timezone.now()
    found.save(update_fields=["part", "words", "begun_at"])
    return found


@transaction.atomic
def keep_step(
    *, entry: Entry, owner: Person, number: int, said: str, choice: str, window: str, seen: int
) -> Entry | None:
    """Keep what stands on a step, counted from 1; the entry as it is then.

    `window` and `seen` tell what the page knew. None when another window had written there since
    and these words were kept beside its own. Raises NotAllowed.
    """
    vault, entry = _held(entry, owner)
    name = guide_of(entry.kind).steps[number - 1].name
    words = opened_entry(vault, entry.words)
    before, version = words.sheet(name), entry.version + 1
    after = written(before, said=said, choice=choice, by=window, seen=seen, version=version)
    if (after.said, after.choice, after.also) != (before.said, before.choice, before.also):
        entry.step = number
        _keep(entry, vault, words, name, after)
    return None if is_beside(after, window) else entry


@transaction.atomic
def keep_beside(*, entry: Entry, owner: Person, number: int, window: str, is_wanted: bool) -> None:
    """Put what another window wrote under the rest, or throw it away. Raises NotAllowed."""
    vault, entry = _held(entry, owner)
    name = guide_of(entry.kind).steps[number - 1].name
    words = opened_entry(vault, entry.words)
    before = words.sheet(name)
    if window not in before.also:
        return
    after = (
        joined(before, window=window, version=entry.version + 1)
        if is_wanted
        else without(before, window=window)
    )
    _keep(entry, vault, words, name, after)


@transaction.atomic
def come_to(*, entry: Entry, owner: Person, number: int) -> None:
    """Remember the step to go on with. Raises NotAllowed."""
    _vault, entry = _held(entry, owner)
    if entry.ended_at is None:
        Entry.objects.filter(pk=entry.pk).update(step=number)


@transaction.atomic
def end_entry(*, entry: Entry, owner: Person) -> None:
    """It is done; it can still be changed. Raises NotAllowed."""
    _vault, entry = _held(entry, owner)
    Entry.objects.filter(pk=entry.pk, ended_at__isnull=True).update(ended_at=timezone.now())


@transaction.atomic
def name_part(*, entry: Entry, owner: Person, name: str = "", part: Part | None = None) -> Part:
    """Say who it was: a part one knows, or a new one with this name. Once.

    What was written goes over where it fits, and never over what is known already. Raises
    NotAllowed.
    """
    vault, entry = _held(entry, owner)
    if entry.part is not None:
        return entry.part
    if part is not None and part.owner_id != owner.pk:
        raise NotAllowed
    known = _known_from(entry, opened_entry(vault, entry.words))
    if part is None:
        part = meet_part(owner=owner, name=name[:LONGEST_NAME], **known)
    else:
        for field, words in known.items():
            if words and getattr(part, field) is None:
                setattr(part, field, sealed(vault, words))
        part.save(update_fields=list(known))
    Entry.objects.filter(pk=entry.pk).update(part=part)
    return part


@transaction.atomic
def let_answer(*, entry: Entry, owner: Person) -> Conversation:
    """Give a letter to its part: said once in a conversation, in which it may answer.

    Raises NotAllowed, also when the letter has no part yet.
    """
    vault, entry = _held(entry, owner)
    if entry.kind != LETTER.kind or entry.part is None:
        raise NotAllowed
    talk = begin_conversation(part=entry.part, owner=owner)
    words = opened_entry(vault, entry.words)
    said = [words.sheet(step.name).said.strip() for step in LETTER.steps]
    body = "\n\n".join(one for one in said if one)
    key = uuid.uuid5(LETTERS, str(entry.pk))
    is_said = talk.turns.filter(key=key).exists()
    if body and not is_said:
        say(conversation=talk, owner=owner, key=key, voice="me", body=body)
    return talk


@transaction.atomic
def delete_entry(*, entry: Entry, owner: Person) -> None:
    """Delete a practice as it was done for good; a part that was named stays."""
    hold(owner)
    Entry.objects.filter(pk=entry.pk, owner=owner).delete()


def _held(entry: Entry, owner: Person) -> tuple[Vault, Entry]:
    """The vault, and the entry as it is now; nobody else writes until this is done."""
    vault = vault_for_writing(owner)
    found = Entry.objects.select_related("part").filter(pk=entry.pk, owner=owner).first()
    if found is None:
        raise NotAllowed
    return vault, found


def _keep(entry: Entry, vault: Vault, words: EntryWords, name: str, sheet: Sheet) -> None:
    kept = replace(words, sheets={**words.sheets, name: sheet})
    entry.words, entry.changed_at = sealed_entry(vault, kept), timezone.now()
    entry.version += 1
    entry.save(update_fields=["words", "changed_at", "version", "step"])


def _known_from(entry: Entry, words: EntryWords) -> dict[str, str]:
    """What a meeting tells of the part, by its fields."""
    if entry.kind == LETTER.kind:
        return {}
    fits = {"body_place": "find", "does_for_me": "befriend", "fears": "fear"}
    return {field: words.sheet(name).said.strip()[:LONGEST_KNOWN] for field, name in fits.items()}
