"""Somebody who has met a part, and what the tests of the private place share."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client

from people.models import Person
from selfwork import services
from selfwork.models import Letter, Part
from tests.factories import make_person

# Words that stand nowhere else, so that one of them found anywhere is a leak.
NAME, PLACE, DOES = "Quillfeather the foreman 🦔", "behind the wishbone", "counts the marzipan"
FEARS, TO_IT, FROM_IT = "the lighthouse goes dark", "Dear Quillfeather, rest.", "Who else counts?"
WORDS = (NAME, PLACE, DOES, FEARS, TO_IT, FROM_IT)


def make_part(owner: Person | None = None) -> Part:
    """A part about which everything is known, with a letter in each voice."""
    owner = owner or make_person()
    part = services.meet_part(
        owner=owner, name=NAME, body_place=PLACE, does_for_me=DOES, fears=FEARS
    )
    services.write_letter(part=part, owner=owner, voice="me", body=TO_IT)
    services.write_letter(part=part, owner=owner, voice="part", body=FROM_IT)
    return part


def letter_of(part: Part) -> Letter:
    return part.letters.order_by("pk")[0]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def stored() -> Iterator[bytes]:
    """Every value in every table of the database, as bytes."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                for value in row:
                    is_bytes = isinstance(value, bytes | bytearray | memoryview)
                    yield bytes(value) if is_bytes else str(value).encode()


def sealed() -> list[bytes]:
    """All that is stored in the private place: keys, parts and letters."""
    found = []
    for table in ("selfwork_personkey", "selfwork_part", "selfwork_letter"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
            for row in cursor.fetchall():
                found += [bytes(one) for one in row if isinstance(one, bytes | memoryview)]
    return found
