"""Somebody in a guided practice, as their browser sends it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from selfwork import services
from selfwork.entry_words import opened_entry
from selfwork.models import Entry
from selfwork.rules.sheets import Sheet

SCRIPT = {"accept": "application/json"}


def begun(client: Client, slug: str = "meet-a-part", **fields: Any) -> Entry:
    """Begin one as a person does."""
    answer = client.post(reverse("selfwork:begin", args=[slug]), fields)
    assert answer.status_code == 303
    return Entry.objects.get(pk=answer["Location"].split("/")[3])


def step(entry: Entry, number: int) -> str:
    return reverse("selfwork:step", args=[entry.pk, number])


def sheet(client: Client, entry: Entry, number: int) -> dict[str, Any]:
    """What a window that has just opened a step would send."""
    form = client.get(step(entry, number)).context["form"]
    return {
        "key": str(form["key"].value()),
        "version": form["version"].value(),
        "said": form["said"].value(),
    }


def write(client: Client, entry: Entry, number: int, said: str = "", choice: str = "") -> str:
    """Write on a step and go on; where that leads."""
    fields = {**sheet(client, entry, number), "said": said, "choice": choice}
    answer = client.post(step(entry, number), fields)
    assert answer.status_code == 303
    return str(answer["Location"])


def save(client: Client, entry: Entry, number: int, fields: dict[str, Any], said: str) -> Any:
    return client.post(f"{step(entry, number)}save/", {**fields, "said": said}, headers=SCRIPT)


def said_on(entry: Entry, name: str) -> Sheet:
    entry.refresh_from_db()
    return opened_entry(services.vault_of(entry.owner), entry.words).sheet(name)


def address(name: str, entry: Entry) -> str:
    return reverse(f"selfwork:{name}", args=[entry.pk])
