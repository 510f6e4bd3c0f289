"""What the sealing guarantees, with the key, without it, and when keys change."""

import uuid
from collections.abc import Callable
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from people.models import Person
from selfwork import services
from selfwork.models import Part, PersonKey, Turn
from selfwork.services.rotation import Progress
from selfwork.showing.conversations import OpenTurn
from selfwork.showing.parts import OpenPart, open_part, parts_of
from selfwork.vault import Sealed, Vault, VaultError
from tests.factories import make_person
from tests.selfwork.quiet import (
    FEARS,
    NAME,
    TO_IT,
    WORDS,
    make_part,
    say,
    sealed,
    signed_in,
    stored,
    text,
    turn_of,
    wrapped,
)

pytestmark = pytest.mark.django_db


def new_key() -> str:
    return Fernet.generate_key().decode()


def number_of(person: Person) -> uuid.UUID:
    return PersonKey.objects.get(owner=person).number


def leaks(content: bytes) -> list[str]:
    """Which of the words, or of their pieces, can be read in it."""
    pieces = {piece for words in WORDS for piece in words.split() if len(piece) > 6}
    return sorted(piece for piece in pieces if piece.encode() in content)


# --- no plain text ----------------------------------------------------------------------------


def test_no_word_can_be_read_in_any_table() -> None:
    owner = make_person("Owner Overlook")
    client = signed_in(owner)
    part = make_part(owner)
    talk = turn_of(part).conversation_id
    wish = {"key": uuid.uuid4(), "voice": "me", "body": TO_IT}
    client.post(f"/self/talks/{talk}/", wish)
    client.post(f"/self/talks/{talk}/save/", wish)
    client.post("/self/meet/", {"name": NAME, "fears": FEARS})
    everything = b"\n".join(stored())
    assert b"Overlook" in everything
    assert leaks(everything) == []


def copied(table: str) -> bytes:
    """A PostgreSQL table as a dump writes it."""
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(line) for line in copy)


def dump() -> bytes:
    """The file of a SQLite database, or what a dump of a PostgreSQL one holds."""
    if connection.vendor == "sqlite":
        content: bytes = connection.connection.serialize()
        assert content.startswith(b"SQLite format 3")
        return content
    return b"\n".join(copied(table) for table in connection.introspection.table_names())


def test_no_word_can_be_read_in_a_dump_of_the_database() -> None:
    make_part(make_person("Owner Overlook"))
    content = dump()
    assert b"Overlook" in content
    assert leaks(content) == []


def test_the_same_words_look_different_each_time() -> None:
    owner = make_person()
    first, second = (services.meet_part(owner=owner, name=NAME) for _ in range(2))
    assert first.name.token != second.name.token


@pytest.mark.parametrize("plain", ["The foreman", b"The foreman", "", 5])
def test_a_sealed_field_takes_no_plain_text(plain: object) -> None:
    part = make_part()
    turn = turn_of(part)
    writing: list[Callable[[], object]] = [
        lambda: Part.objects.create(owner=part.owner, name=plain),
        lambda: Part.objects.filter(pk=part.pk).update(fears=plain),
        lambda: Turn.objects.bulk_create([Turn(conversation=turn.conversation, body=plain)]),
    ]
    for write in writing:
        with pytest.raises(TypeError, match="never plain text"), transaction.atomic():
            write()
    assert Part.objects.count() == 1


def test_nothing_shows_its_words_by_accident() -> None:
    owner = make_person()
    part = make_part(owner)
    vault = services.vault_of(owner)
    turn = turn_of(part)
    shown = [
        repr(Sealed(b"Quillfeather")),
        repr(OpenPart(1, "Quillfeather", "Quillfeather", "Quillfeather", "Quillfeather")),
        repr(OpenTurn(1, "me", "Quillfeather", turn.said_at)),
        *(show(one) for show in (repr, str) for one in (part, turn, vault)),
        repr(open_part(part, vault)),
        repr(PersonKey.objects.get(owner=owner)),
    ]
    assert leaks("".join(shown).encode()) == []
    assert part.name.token.decode() not in "".join(shown)


# --- whose it is ------------------------------------------------------------------------------


def test_nobody_opens_what_another_has_sealed() -> None:
    owner, other = make_person(), make_person()
    part = make_part(owner)
    assert services.vault_of(owner).open(part.name) == NAME
    with pytest.raises(VaultError):
        services.vault_of(other).open(part.name)


def test_a_damaged_text_is_refused_and_not_guessed() -> None:
    owner = make_person()
    token = make_part(owner).name.token
    for damaged in (token[:-1] + bytes([token[-1] ^ 1]), token[:-8], b"", b"plain text"):
        with pytest.raises(VaultError):
            services.vault_of(owner).open(Sealed(damaged))


def test_a_service_leaves_what_is_not_the_owners() -> None:
    owner, other = make_person(), make_person()
    part = make_part(owner)
    before = sealed()
    services.describe_part(
        part=part, owner=other, name="Mine", body_place="", does_for_me="", fears=""
    )
    services.set_aside(part=part, owner=other, is_aside=True)
    services.delete_turn(turn=turn_of(part), owner=other)
    services.delete_conversation(conversation=turn_of(part).conversation, owner=other)
    services.delete_part(part=part, owner=other)
    services.delete_everything(owner=other)
    assert set(before) <= set(sealed())
    assert [one.name for one in parts_of(owner)] == [NAME]
    part.refresh_from_db()
    assert part.set_aside_at is None


# --- another key ------------------------------------------------------------------------------


def test_with_another_key_nothing_opens(settings: Settings) -> None:
    owner = make_person()
    part = make_part(owner)
    settings.SELFWORK_KEYS = [new_key()]
    with pytest.raises(VaultError):
        services.vault_of(owner)
    with pytest.raises(VaultError):
        parts_of(owner)
    with pytest.raises(VaultError):
        say(turn_of(part).conversation, owner, "New")
    with pytest.raises(VaultError):
        services.meet_part(owner=owner, name="New")


def test_with_another_key_the_pages_say_that_it_went_wrong_and_write_nothing(
    settings: Settings,
) -> None:
    owner = make_person()
    part = make_part(owner)
    before, keys = sealed(), settings.SELFWORK_KEYS
    settings.SELFWORK_KEYS = [new_key()]
    client = Client()
    client.force_login(owner)
    assert "the key does not fit" in client.get("/you/my-data/").content.decode()
    wish = {"name": "New", "key": str(uuid.uuid4()), "voice": "me", "body": "New"}
    talk = f"/self/talks/{turn_of(part).conversation_id}/"
    for path in ("/self/", "/self/export/", f"/self/parts/{part.pk}/", talk):
        response = client.get(path)
        assert response.status_code == 503
        assert leaks(response.content) == []
    for path in ("/self/meet/", talk, f"{talk}save/", f"/self/parts/{part.pk}/edit/"):
        assert client.post(path, wish).status_code == 503
    assert sealed() == before
    settings.SELFWORK_KEYS = keys
    assert NAME in text(client.get("/self/"))


# --- changing keys ----------------------------------------------------------------------------


def test_an_older_key_still_opens_while_a_newer_one_seals(settings: Settings) -> None:
    early, late = make_person(), make_person()
    make_part(early)
    old, new = settings.SELFWORK_KEYS, new_key()
    settings.SELFWORK_KEYS = [new, *old]
    assert [part.name for part in parts_of(early)] == [NAME]
    make_part(late)
    settings.SELFWORK_KEYS = [new]
    assert [part.name for part in parts_of(late)] == [NAME]
    with pytest.raises(VaultError):
        parts_of(early)


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_after_turning_the_keys_the_old_one_may_go(settings: Settings, batch: int) -> None:
    people = [make_person() for _ in range(3)]
    for person in people:
        make_part(person)
    before, old, new = wrapped(), settings.SELFWORK_KEYS, new_key()
    settings.SELFWORK_KEYS = [new, *old]
    assert services.rotate_keys(batch=batch) == Progress(turned=3, were_new=3)
    assert services.rotate_keys(batch=batch) == Progress(turned=0, were_new=3)
    settings.SELFWORK_KEYS = [new]
    for person in people:
        assert [part.name for part in parts_of(person)] == [NAME]
        assert wrapped()[number_of(person)] != before[number_of(person)]
    settings.SELFWORK_KEYS = old
    with pytest.raises(VaultError):
        parts_of(people[0])


def test_the_command_turns_the_keys_and_says_how_many(settings: Settings) -> None:
    people: list[Person] = [make_person() for _ in range(2)]
    for person in people:
        make_part(person)
    new = new_key()
    settings.SELFWORK_KEYS = [new, *settings.SELFWORK_KEYS]
    said = StringIO()
    call_command("rotate_selfwork_keys", stdout=said)
    assert "2 data keys" in said.getvalue()
    settings.SELFWORK_KEYS = [new]
    assert [[part.name for part in parts_of(person)] for person in people] == [[NAME], [NAME]]


def test_turning_the_keys_without_the_old_one_writes_nothing(settings: Settings) -> None:
    for _ in range(2):
        make_part()
    before = wrapped()
    settings.SELFWORK_KEYS = [new_key()]
    with pytest.raises(VaultError):
        services.rotate_keys()
    assert wrapped() == before


def test_a_copy_of_the_key_row_opens_nothing_without_the_environment() -> None:
    make_part()
    (key,) = wrapped().values()
    with pytest.raises(ValueError, match="Fernet key must be"):
        Fernet(key)
    assert Vault(key)
