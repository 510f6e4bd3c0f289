"""Why two are a pair, in words."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dyads.rules.explaining import Explanation
from dyads.rules.pairing import WEEKS_IN_YEAR
from people.languages import names
from people.models import Person
from practice.showing.often import hour
from practice.showing.wording import in_words

# Of more languages the first are named.
MOST_LANGUAGES = 3


def why(told: Explanation, reader: Person, at: datetime | None) -> list[str]:
    """Sentences for a steward. `at` is the kindest hour they share, in UTC."""
    said = [_hours(told, reader, at), _languages(told, are_they=True)]
    if told.speak_apart:
        said.append(_("No language that they named is the same."))
    if told.knew_from_crew:
        said.append(_("They have sat in a crew together."))
    return [one for one in said if one]


def why_you(told: Explanation, reader: Person, other: Person, at: datetime | None) -> list[str]:
    """Sentences for one of the two, from `explain_to` for them."""
    said = [_hours(told, reader, at, is_mine=True), _languages(told), _met(told.weeks)]
    if told.wished:
        said.append(_("You wished to be with {name}.").format(name=other.first_name))
    return [one for one in said if one]


def _hours(told: Explanation, reader: Person, at: datetime | None, *, is_mine: bool = False) -> str:
    if at is None:
        return ""
    when = hour(at, reader.zone)
    if is_mine:
        if len(told.hours) == 1:
            return _("You are both free on {when} your time.").format(when=when)
        return _("You are both free on {when} your time, and at other hours.").format(when=when)
    if len(told.hours) == 1:
        return _("Both are free on {when} your time.").format(when=when)
    return _("Both are free on {when} your time, and at other hours.").format(when=when)


def _languages(told: Explanation, *, are_they: bool = False) -> str:
    shared = names(list(told.languages))[:MOST_LANGUAGES]
    if not shared:
        return ""
    *first, last = shared
    named = last
    if first:
        named = pgettext("between two languages", "{first} and {last}").format(
            first=", ".join(first), last=last
        )
    said = _("Both speak {languages}.") if are_they else _("You both speak {languages}.")
    return said.format(languages=named)


def _met(weeks: int | None) -> str:
    if weeks is None:
        return _("You have not met like this before.")
    if weeks >= WEEKS_IN_YEAR:
        return _("You last met more than a year ago.")
    if not weeks:
        return _("You have met not long ago.")
    return ngettext("You last met a week ago.", "You last met {count} weeks ago.", weeks).format(
        count=in_words(weeks)
    )
