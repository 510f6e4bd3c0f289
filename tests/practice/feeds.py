"""Calendar addresses, and what the tests of them share."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse

from people.models import Person
from practice import services
from tests.practice.tables import events, signed_in, text

FEEDS = reverse("practice:feeds")


def address_of(person: Person, **choices: Any) -> str:
    """The path of a new feed."""
    _, secret = services.make_feed(by=person, **choices)
    return reverse("practice:feed", args=[secret])


def made_on_the_page(person: Person, **typed: Any) -> str:
    """The address that somebody reads after pressing the button."""
    words = text(signed_in(person).post(FEEDS, typed))
    (address,) = re.findall(r">(http[^<]+\.ics)<", words)
    assert isinstance(address, str)
    return address


def read(address: str, **headers: str) -> Any:
    """What a calendar program gets, which is signed in nowhere."""
    return Client().get(urlsplit(address).path, headers=headers)


def in_feed(address: str) -> list[Any]:
    return events(read(address).content)
