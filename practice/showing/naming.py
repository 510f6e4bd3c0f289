"""Several people in one breath."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from people.models import Person

MOST_NAMED = 6


def in_one_breath(people: Iterable[Person], reader: Person) -> str:
    """ "you, Tomasz and Wanjiru"; a crowd is shortened."""
    ordered = sorted(people, key=lambda person: person != reader)
    names = [_("you") if person == reader else person.first_name for person in ordered]
    if len(names) > MOST_NAMED:
        return _("{names} and {count} more").format(
            names=", ".join(names[: MOST_NAMED - 1]), count=len(names) - MOST_NAMED + 1
        )
    if len(names) == 1:
        return names[0]
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
