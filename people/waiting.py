"""What waits on Today for somebody who came in by an invitation and skipped the first steps."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from pages.registry import Waiting
from people.models import Person


def introduction(person: Person) -> Iterator[Waiting]:
    """A few words about oneself, and the hours that suit."""
    if person.settled_at is None:
        yield Waiting(
            scale="self",
            heading=_("Who are you?"),
            words=_("Your languages, a line about you, and the hours that suit. Or skip it."),
            url=reverse("people:begin"),
            action=_("Say a few words"),
            in_letter=False,
        )
