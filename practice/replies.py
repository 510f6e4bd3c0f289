"""A reply from the mail: links that answer for one person, without signing in.

Who holds the mail holds the answer: a link is a signature over the person, the meeting and its
beginning, and opens only that. Opening it changes nothing, since programs that look for viruses
open every link; only the button on its page does.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse

from notifications.links import absolute
from people.models import Person
from practice.models import Answer, PracticeSession

SALT = "practice.reply"


@dataclass(frozen=True, slots=True)
class Reply:
    """Whose answer, to which meeting, and when it began by the time the mail was written."""

    person: Person
    session: PracticeSession
    began: int

    @property
    def has_moved(self) -> bool:
        """Whether the meeting is at another time than the mail said."""
        return seconds(self.session.starts_at) != self.began


@dataclass(frozen=True, slots=True)
class Link:
    """One of the three answers, as a link in a mail."""

    label: str
    url: str


def seconds(moment: datetime) -> int:
    """A moment as a link carries it."""
    return int(moment.timestamp())


def token_for(session: PracticeSession, person: Person) -> str:
    """What opens the reply page; good until the meeting is over."""
    return signing.dumps([person.pk, session.pk, seconds(session.starts_at)], salt=SALT)


def links(session: PracticeSession, person: Person) -> list[Link]:
    """The three answers, for a mail to this person."""
    page = absolute(reverse("practice:reply", args=[token_for(session, person)]))
    return [Link(str(choice.label), f"{page}{choice.value}/") for choice in Answer.Choice]


def read(token: str) -> Reply | None:
    """What a link is about; None for a forged one, and when person or meeting are no more."""
    try:
        person_pk, session_pk, began = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=person_pk, is_active=True).first()
    session = PracticeSession.objects.with_answers().filter(pk=session_pk).first()
    return Reply(person, session, began) if person and session else None
