"""A browser that somebody is signed in with, and what it shows."""

from typing import Any

from django.test import Client

from people.models import Person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())
