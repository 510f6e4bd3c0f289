"""Links in mails to two who were paired: they act for one person, without signing in.

As with answers to meetings (`practice.replies`), who holds the mail holds the link; opening it
changes nothing, and only the button on its page does.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.urls import reverse

from dyads.models import Introduction
from notifications.links import absolute
from people.models import Person

TIME, MET = "dyads.time", "dyads.met"


@dataclass(frozen=True, slots=True)
class Link:
    """Whose link it is, of which introduction; `at` is the time it would take, in UTC."""

    person: Person
    introduction: Introduction
    at: datetime | None = None


def time_token(introduction: Introduction, person: Person, at: datetime) -> str:
    """What opens the page on which this person takes this time."""
    return signing.dumps([person.pk, introduction.pk, int(at.timestamp())], salt=TIME)


def met_token(introduction: Introduction, person: Person) -> str:
    """What opens the page on which this person says whether they met."""
    return signing.dumps([person.pk, introduction.pk], salt=MET)


def time_url(introduction: Introduction, person: Person, at: datetime) -> str:
    """The full address of that page, for a mail."""
    return absolute(reverse("dyads:take_time", args=[time_token(introduction, person, at)]))


def met_url(introduction: Introduction, person: Person, choice: str) -> str:
    """The same for “did you meet?”; `choice` is "yes" or "no"."""
    return absolute(reverse("dyads:say_met", args=[met_token(introduction, person), choice]))


def read_time(token: str) -> Link | None:
    """What a link to a time is about; None for a forged one, or when it is of nobody any more."""
    try:
        person, introduction, at = signing.loads(token, salt=TIME)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return _link(person, introduction, datetime.fromtimestamp(at, UTC))


def read_met(token: str) -> Link | None:
    """The same for “did you meet?”."""
    try:
        person, introduction = signing.loads(token, salt=MET)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return _link(person, introduction)


def _link(person_pk: int, introduction_pk: int, at: datetime | None = None) -> Link | None:
    person = Person.objects.filter(pk=person_pk, is_active=True).first()
    introductions = Introduction.objects.select_related("dyad", "practice")
    introduction = introductions.filter(pk=introduction_pk).first()
    return Link(person, introduction, at) if person and introduction else None
