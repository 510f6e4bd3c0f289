"""One unmistakable word, written everywhere in the private place, is found nowhere else."""

import subprocess
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib import admin
from django.core import mail
from django.db import connections
from django.test import Client

from circles.models import Circle
from circles.services import take_seat
from people.models import Person
from practice import services as practice
from selfwork.models import SelfCircle
from selfwork.services.door import set_door
from tests.factories import make_congregation, make_person
from tests.practice.tables import tick
from tests.selfwork.canary import (
    CARRIED,
    WORD,
    addresses,
    fill,
    leaks,
    listening,
    places,
    use_everything,
)
from tests.selfwork.quiet import away, signed_in, text
from tests.test_every_address import rows
from tests.worlds import World, make_world

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def live(owner: Person, client: Client) -> None:
    """Write everywhere, then search, take along, be reminded, meet the door, break a page."""
    written = fill(owner)
    assert use_everything(client, owner) >= 5
    assert WORD in text(client.post("/self/search/", {"words": WORD}))
    for address in ("/self/export/", "/self/export/page/", "/you/my-data/"):
        assert text(client.get(address)).count(WORD) >= len(written) - 1
    be_reminded(owner)
    break_a_page(client)
    set_door(owner=owner, asks_after=5)
    forget_who_it_is(client)
    for address in addresses(owner):
        client.get(address)
    client.post("/self/meet/", {"name": f"{WORD} at the door"})
    client.post("/account/logout/")


def be_reminded(owner: Person) -> None:
    """A rhythm of one's own, and the mails of a week."""
    circle = SelfCircle.objects.get(owner=owner)
    with time_machine.travel(NOW, tick=False) as clock:
        practice.set_rhythm(
            circle=circle,
            by=owner,
            every="week",
            starts_on=(NOW + timedelta(days=2)).date(),
            at=NOW.time(),
            time_zone="UTC",
            minutes=20,
            meetings=2,
            practice=None,
        )
        for hours in range(0, 72, 6):
            tick(clock, NOW + timedelta(hours=hours))
    assert [message for message in mail.outbox if owner.email in message.to[0]]


def break_a_page(client: Client) -> None:
    client.raise_request_exception = False
    with away("selfwork_part"):
        answer = client.post("/self/meet/", {"name": f"{WORD} breaks", "fears": WORD})
    assert answer.status_code in {500, 503}
    assert WORD not in text(answer)


def forget_who_it_is(client: Client) -> None:
    session = client.session
    session["account_authentication_methods"] = []
    session["selfwork_door"] = {}
    session.save()


def of_others(owner: Person, people: list[Person], further: list[str]) -> dict[str, str]:
    """On which pages others can read the word, with the owner's own numbers in every address."""
    found = {}
    for person in people:
        client = signed_in(person)
        for address in [*addresses(owner), *further]:
            answers = [client.get(address)]
            if address.startswith("/self/"):
                answers.append(client.post(address, {"words": "aspen"}))
            for response in answers:
                if not response.streaming and WORD.encode() in response.content:
                    found[f"{person.name} {address}"] = text(response)
    return found


@pytest.mark.django_db
def test_it_is_found_nowhere_but_with_its_owner() -> None:
    owner, mate, steward = make_person("Owner"), make_person("Mate"), make_person("Steward")
    superuser = make_person("Root", is_superuser=True, is_staff=True)
    congregation = make_congregation(by=steward)
    for person in (owner, mate, superuser):
        take_seat(circle=congregation, person=person)
    client = signed_in(owner)
    with listening() as heard:
        live(owner, client)
        crew = Circle.objects.get(name="The Crew")
        take_seat(circle=crew, person=mate)
        pages = ["/today/", "/you/my-data/", f"/congregations/{congregation.pk}/", *panels()]
        assert of_others(owner, [mate, superuser], pages) == {}
    left = list(places(heard, client))
    assert leaks(left) == set()
    assert "database default" in leaks(left, CARRIED), "it is told on purpose"


def panels() -> list[str]:
    """Every list of the panel."""
    shown = [model._meta for model in admin.site._registry]
    return [f"/steward/{meta.app_label}/{meta.model_name}/" for meta in shown]


@pytest.mark.django_db
def test_what_the_owner_typed_is_with_the_owner() -> None:
    # Else the test above would find nothing because nothing was written.
    owner = make_person("Owner")
    client = signed_in(owner)
    fill(owner)
    use_everything(client, owner)
    assert f"{WORD} typed" in text(client.get("/self/export/"))


# --- with everything there is -----------------------------------------------------------------


def dumped(alias: str) -> bytes:
    """What pg_dump writes of one database."""
    wanted = connections[alias].settings_dict
    address = f"postgres://{wanted['USER']}@{wanted['HOST']}:{wanted['PORT']}/{wanted['NAME']}"
    return subprocess.run(["pg_dump", address], check=True, capture_output=True).stdout


def in_redis() -> bytes:
    """Every key and every value of the cache and of the broker, as Redis keeps them."""
    import redis

    with redis.Redis.from_url(settings.REDIS_URL) as server:
        return b"\n".join(key + (server.dump(key) or b"") for key in server.scan_iter())


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_postgresql")
def test_neither_a_dump_nor_redis_nor_any_page_of_anybody_holds_it() -> None:
    world: World = make_world()
    owner = world.people["crewmate"]
    superuser = make_person("Root", is_superuser=True, is_staff=True)
    client = signed_in(owner)
    others = [person for kind, person in world.people.items() if kind != "crewmate"]
    others.append(superuser)
    pages = [path.format(**world.names) for method, path, _ in rows() if method == "GET"]
    with listening() as heard:
        live(owner, client)
        assert of_others(owner, others, pages) == {}
    assert leaks(places(heard, client)) == set()
    main, keys = dumped("default"), dumped("keys")
    assert owner.email.encode() in main
    assert CARRIED.encode() in main
    assert WORD.encode() not in main + keys + in_redis()
    for number in (row.number for row in wrapped_keys()):
        assert str(number).encode() in keys
    assert [one for one in wrapped_keys() if bytes(one.wrapped).hex().encode() in main] == []


def wrapped_keys() -> list[Any]:
    from keystore.models import WrappedKey

    return list(WrappedKey.objects.all())
