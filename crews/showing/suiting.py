"""A table's hours and languages, as a reader finds them: by their own clock."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crews.models import Crew
from crews.rules.clocks import in_common, told
from people.languages import names
from people.models import Person
from people.time_zones import zone_info
from practice.rules.shared_hours import Member
from practice.rules.slots import week_after
from practice.showing.wording import in_words


@dataclass(frozen=True, slots=True)
class Suiting:
    """Hours, languages and length of a table, in words."""

    hours: str
    suits: str
    languages: str
    length: str


# More stretches than that nobody reads.
MOST_STRETCHES = 4
READER = -1


def hours_in_words(crew: Crew, reader: Person) -> str:
    """ "Mon, Wed 18:00–21:00 · Sat 9:00–12:00", by the reader's clock; "" for none."""
    monday = week_after(timezone.now()).date()
    found = told(crew.hours, zone_info(crew.time_zone), reader.zone, monday)
    words = [
        f"{', '.join(str(WEEKDAYS_ABBR[day]) for day in stretch.days)} "
        f"{stretch.first:%-H:%M}–{stretch.after:%-H:%M}"
        for stretch in found[:MOST_STRETCHES]
    ]
    if len(found) > MOST_STRETCHES:
        words.append(_("and other hours"))
    return " · ".join(words)


def in_common_with(crews: Sequence[Crew], person: Person) -> dict[int, int]:
    """For each crew by id how many of its hours suit the person."""
    tables = [Member(crew.pk, zone_info(crew.time_zone), frozenset(crew.hours)) for crew in crews]
    reader = Member(READER, person.zone, frozenset(person.suitable_hours))
    return in_common(tables, reader, week_after(timezone.now()))


def suit_in_words(count: int) -> str:
    """How many of a table's hours suit the reader, too; "" for none."""
    if not count:
        return ""
    return ngettext(
        "One of these hours suits you, too.", "{count} of these hours suit you, too.", count
    ).format(count=in_words(count).capitalize())


def languages_in_words(crew: Crew) -> str:
    """The languages' own names; "" for none said."""
    return ", ".join(names(crew.languages))


def length_in_words(crew: Crew) -> str:
    """How long the first cycle of a call is; "" once it has begun, when its page tells it."""
    if crew.has_begun:
        return ""
    return _("{count} meetings, then you look back.").format(
        count=in_words(crew.meetings).capitalize()
    )


def suiting_of(crew: Crew, reader: Person, shared: int | None = None) -> Suiting:
    """A table as the reader finds it; `shared` is how many of its hours suit them, if known."""
    if shared is None:
        shared = in_common_with([crew], reader)[crew.pk]
    return Suiting(
        hours=hours_in_words(crew, reader),
        suits=suit_in_words(shared),
        languages=languages_in_words(crew),
        length=length_in_words(crew),
    )
