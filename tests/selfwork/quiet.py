"""Somebody who has met a part, and what the tests of the private place share."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from keystore.models import WrappedKey
from people.models import Person
from selfwork import services
from selfwork.models import Conversation, Part, Turn
from selfwork.owned import owned_models
from selfwork.vault import SealedField
from tests.factories import make_person
from tests.reading import signed_in as signed_in
from tests.reading import text as text

# Words that stand nowhere else, so that one of them found anywhere is a leak.
NAME, PLACE, DOES = "Quillfeather the foreman 🦔", "behind the wishbone", "counts the marzipan"
FEARS, TO_IT, FROM_IT = "the lighthouse goes dark", "Dear Quillfeather, rest.", "Who else counts?"
WORDS = (NAME, PLACE, DOES, FEARS, TO_IT, FROM_IT)


def make_part(owner: Person | None = None) -> Part:
    """A part about which everything is known, and that has been talked with, in each voice."""
    owner = owner or make_person()
    part = services.meet_part(
        owner=owner, name=NAME, body_place=PLACE, does_for_me=DOES, fears=FEARS
    )
    talk = services.begin_conversation(part=part, owner=owner)
    say(talk, owner, TO_IT)
    say(talk, owner, FROM_IT, voice="part")
    return part


def say(talk: Conversation, owner: Person, body: str, voice: str = "me") -> Turn:
    return services.say(conversation=talk, owner=owner, key=uuid.uuid4(), voice=voice, body=body)


def talk_with(part: Part) -> str:
    """The address of the latest conversation with a part."""
    return f"/self/talks/{part.conversations.all()[0].pk}/"


def turn_of(part: Part) -> Turn:
    return Turn.objects.filter(conversation__part=part).order_by("pk")[0]


def stored(alias: str = "default") -> Iterator[bytes]:
    """Every value in every table of one database, as bytes."""
    connection = connections[alias]
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                for value in row:
                    is_bytes = isinstance(value, bytes | bytearray | memoryview)
                    yield bytes(value) if is_bytes else str(value).encode()


def wrapped() -> dict[uuid.UUID, bytes]:
    """What the key store holds."""
    return {key.number: bytes(key.wrapped) for key in WrappedKey.objects.order_by("number")}


def sealed() -> list[bytes]:
    """All that is sealed of anybody's: keys, and every row with words."""
    found = list(wrapped().values())
    for model in owned_models():
        fields = [field for field in model._meta.fields if isinstance(field, SealedField)]
        for row in model._default_manager.order_by("pk"):
            words = [getattr(row, field.name) for field in fields]
            found += [one.token for one in words if one is not None]
    return found


@contextmanager
def away(table: str, using: str = "default") -> Iterator[None]:
    """The table is gone under the running site, a fault that no form foresees. Afterwards
    everything is as it was."""
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} RENAME TO gone_away")
        yield
        transaction.set_rollback(True, using)
