"""What was looked for on the shelf, and what to leave out when nothing fits all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.models.practice import PracticeQuerySet

WITHOUT: dict[str, Promise] = {
    "words": _("whatever the words"),
    "scale": _("at every scale"),
    "people": _("for any number of people"),
    "minutes": _("with more time"),
}


@dataclass(frozen=True, slots=True)
class Wider:
    """A search with one wish less, that finds something."""

    says: str
    query: str
    count: int


def looked_for(shelf: PracticeQuerySet, wanted: Mapping[str, Any]) -> PracticeQuerySet:
    """The practices that fit every wish."""
    found = shelf.matching(wanted.get("words") or "").fitting(
        people=wanted.get("people"), minutes=wanted.get("minutes")
    )
    return found.for_scale(wanted["scale"]) if wanted.get("scale") else found


def wider(shelf: PracticeQuerySet, wanted: Mapping[str, Any]) -> list[Wider]:
    """Each way of leaving one wish out that finds something; one count for each of the four."""
    wishes = {name: value for name, value in wanted.items() if value}
    found = []
    for name in wishes if len(wishes) > 1 else ():
        rest = {other: value for other, value in wishes.items() if other != name}
        if count := looked_for(shelf, rest).count():
            found.append(Wider(str(WITHOUT[name]), urlencode(rest), count))
    return found
