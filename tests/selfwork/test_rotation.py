"""Turning the keys: stopped, killed, beside people who write. Nothing is ever lost."""

import signal
import subprocess
import sys
import uuid
from contextlib import closing
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from pytest_django import Settings

from keystore.models import WrappedKey
from selfwork import services
from selfwork.services.keys import destroy_keys
from selfwork.services.rotation import turn_keys
from selfwork.showing.parts import parts_of
from selfwork.vault import Vault
from tests.factories import make_person
from tests.races import at_once
from tests.selfwork.quiet import NAME, make_part, wrapped
from tests.services import database
from tests.serving import ROOT, environment, free_port, run_manage


def new_key() -> str:
    return Fernet.generate_key().decode()


def make_keys(many: int, by: str) -> dict[uuid.UUID, bytes]:
    """Data keys wrapped by one key of the environment; what each of them is."""
    wrapper = Fernet(by)
    plain = {uuid.uuid4(): Fernet.generate_key() for _ in range(many)}
    WrappedKey.objects.bulk_create(
        WrappedKey(number=number, wrapped=wrapper.encrypt(key)) for number, key in plain.items()
    )
    return plain


def opened(by: str) -> dict[uuid.UUID, bytes]:
    return {number: Fernet(by).decrypt(key) for number, key in wrapped().items()}


# --- stopped ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_it_goes_on_where_it_was_stopped(settings: Settings) -> None:
    (old,), new = settings.SELFWORK_KEYS, new_key()
    plain = make_keys(70, old)
    settings.SELFWORK_KEYS = [new, old]
    done: dict[uuid.UUID, bytes] = {}
    for _ in range(3):
        with closing(turn_keys(batch=20)) as turning:
            next(turning)
        now = wrapped()
        assert all(now[number] == key for number, key in done.items()), "not done again"
        done = {number: key for number, key in now.items() if is_by(new, key)}
        # Stopped anywhere, every key is whole: wrapped by the one or by the other.
        assert len([Vault(key) for key in now.values()]) == len(plain)
    said = StringIO()
    call_command("rotate_selfwork_keys", stdout=said)
    assert "70 data keys are wrapped by the newest key" in said.getvalue()
    assert opened(new) == plain


def is_by(key: str, token: bytes) -> bool:
    try:
        Fernet(key).decrypt(token)
    except Exception:
        return False
    return True


@pytest.mark.django_db
def test_one_that_nothing_opens_is_left_and_holds_up_no_other(settings: Settings) -> None:
    (old,), new = settings.SELFWORK_KEYS, new_key()
    plain = make_keys(5, old)
    stranger = uuid.uuid4()
    token = Fernet(new_key()).encrypt(Fernet.generate_key())
    WrappedKey.objects.create(number=stranger, wrapped=token)
    settings.SELFWORK_KEYS = [new, old]
    with pytest.raises(CommandError, match="1 data keys are opened by no key"):
        call_command("rotate_selfwork_keys")
    now = wrapped()
    assert now.pop(stranger) == token
    assert {number: Fernet(new).decrypt(key) for number, key in now.items()} == plain


@pytest.mark.django_db
def test_without_a_key_the_command_says_so(settings: Settings) -> None:
    make_keys(1, settings.SELFWORK_KEYS[0])
    before = wrapped()
    for keys in ([], ["no key"], [new_key()]):
        settings.SELFWORK_KEYS = keys
        with pytest.raises(CommandError):
            call_command("rotate_selfwork_keys")
    assert wrapped() == before


@pytest.mark.django_db
def test_a_key_made_with_the_older_one_meanwhile_is_turned_too(settings: Settings) -> None:
    (old,), new = settings.SELFWORK_KEYS, new_key()
    plain = make_keys(10, old)
    settings.SELFWORK_KEYS = [new, old]
    turning = turn_keys(batch=5)
    next(turning)
    # A web process that was not restarted yet.
    plain |= make_keys(10, old)
    list(turning)
    assert opened(new) == plain


# --- beside others ----------------------------------------------------------------------------


@pytest.mark.parametrize("round_", range(3))
@pytest.mark.services
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_postgresql")
def test_people_write_and_delete_while_keys_turn(settings: Settings, round_: int) -> None:
    old, new = settings.SELFWORK_KEYS, new_key()
    writers, leaver, newcomer = [make_person() for _ in range(4)], make_person(), make_person()
    for person in (*writers, leaver):
        make_part(person)
    settings.SELFWORK_KEYS = [new, *old]
    met = at_once(
        lambda: services.rotate_keys(batch=1),
        lambda: services.rotate_keys(batch=2),
        *(lambda person=person: make_part(person) for person in (*writers, newcomer)),
        lambda: services.delete_everything(owner=leaver),
    )
    assert met == [None] * len(met)
    services.rotate_keys()
    destroy_keys()
    settings.SELFWORK_KEYS = [new]
    for person in writers:
        assert [part.name for part in parts_of(person)] == [NAME, NAME]
    assert [part.name for part in parts_of(newcomer)] == [NAME]
    assert len(wrapped()) == len(writers) + 1


# --- killed -----------------------------------------------------------------------------------


def killed_after(env: dict[str, str], lines: int) -> None:
    """Begin to turn the keys, and end the process without asking after some batches."""
    process = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "rotate_selfwork_keys", "--verbosity", "2"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for _ in range(lines):
        assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    process.stdout.close()


@pytest.mark.services
def test_ten_thousand_keys_turned_and_killed_three_times(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    plain = {uuid.uuid4(): Fernet.generate_key() for _ in range(10_000)}
    wrapper = Fernet(old)
    with database() as url:
        env = environment(
            tmp_path, free_port(), KEYS_DATABASE_URL=url, SELFWORK_KEYS=f"{new},{old}"
        )
        run_manage(env, "migrate", "--database", "keys", "--verbosity", "0")
        with psycopg.connect(url, autocommit=True) as store:
            with store.cursor().copy(
                "COPY keystore_wrappedkey (number, wrapped, made_at) FROM STDIN"
            ) as copy:
                for number, key in plain.items():
                    copy.write_row((number, wrapper.encrypt(key), "2026-01-01"))
            turned = 0
            for batches in (8, 18, 28):
                killed_after(env, batches)
                rows = store.execute("SELECT number, wrapped FROM keystore_wrappedkey").fetchall()
                assert len(rows) == 10_000
                by_new = sum(is_by(new, bytes(token)) for _number, token in rows)
                assert turned < by_new < 10_000, "it goes on, and was killed on the way"
                turned = by_new
            assert "10000 data keys are wrapped by the newest" in run_manage(
                env, "rotate_selfwork_keys"
            )
            rows = store.execute("SELECT number, wrapped FROM keystore_wrappedkey").fetchall()
            assert {number: Fernet(new).decrypt(bytes(token)) for number, token in rows} == plain


# Without what `migrate` does at its end, which needs every table.
AS_IT_WAS = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
MigrationExecutor(connection).migrate([("selfwork", "0002_a_self_that_lives")])
"""


@pytest.mark.services
def test_keys_that_lay_in_the_main_database_move_to_the_store(tmp_path: Path) -> None:
    old = new_key()
    plain = [Fernet.generate_key() for _ in range(3)]
    with database() as url, database() as keys:
        env = environment(
            tmp_path, free_port(), DATABASE_URL=url, KEYS_DATABASE_URL=keys, SELFWORK_KEYS=old
        )
        run_manage(env, "shell", "--no-imports", "--command", AS_IT_WAS)
        with psycopg.connect(url, autocommit=True) as main:
            for number, key in enumerate(plain, 1):
                main.execute(
                    "INSERT INTO people_person (id, password, email, name, pronouns, languages,"
                    " about, time_zone, suitable_hours, is_active, is_staff, is_superuser,"
                    " date_joined) VALUES (%s, '', %s, '', '', '[]', '', 'UTC', '[]', true, false,"
                    " false, now())",
                    (number, f"{number}@example.org"),
                )
                main.execute(
                    "INSERT INTO selfwork_personkey (owner_id, wrapped) VALUES (%s, %s)",
                    (number, Fernet(old).encrypt(key)),
                )
        run_manage(env, "migrate", "--verbosity", "0")
        with psycopg.connect(url) as main, psycopg.connect(keys) as store:
            numbers = main.execute("SELECT number FROM selfwork_personkey ORDER BY owner_id")
            kept: dict[uuid.UUID, bytes] = dict(
                store.execute("SELECT number, wrapped FROM keystore_wrappedkey").fetchall()
            )
            assert [
                Fernet(old).decrypt(bytes(kept[number])) for (number,) in numbers.fetchall()
            ] == plain
            columns = main.execute(
                "SELECT column_name FROM information_schema.columns WHERE column_name = 'wrapped'"
            )
            assert columns.fetchall() == []
