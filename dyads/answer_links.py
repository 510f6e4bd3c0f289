"""Answers to a round from its mail: links that answer for one person, without signing in.

Who holds the mail holds the answer: a link is a signature over the person and the round, and
opens only that. Opening it changes nothing, since programs that look for viruses open every
link; only the button on its page does. After the pairing it answers nothing any more.
"""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from dyads.models import PairingRound, Place
from notifications.links import absolute
from people.models import Person

SALT = "dyads.answer"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose answer, to which round."""

    person: Person
    round: PairingRound


def token_for(round: PairingRound, person: Person) -> str:
    """What opens the page."""
    return signing.dumps([person.pk, round.pk], salt=SALT)


def link(round: PairingRound, person: Person, answer: Place.Answer) -> str:
    """The address that proposes one of the two answers."""
    return absolute(
        reverse("dyads:answer_from_mail", args=[token_for(round, person), answer.value])
    )


def read(token: str) -> Asked | None:
    """What a link is about; None for a forged one, and when person or round are no more."""
    try:
        person_pk, round_pk = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=person_pk, is_active=True).first()
    round = PairingRound.objects.select_related("congregation").filter(pk=round_pk).first()
    return Asked(person, round) if person and round else None
