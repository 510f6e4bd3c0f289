"""What the tests of pages share."""

from django.test import Client
from django.urls import reverse

from congregation.models import Congregation
from people.models import Person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, congregation: Congregation) -> str:
    return reverse(f"congregation:{name}", args=[congregation.pk])


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]
