"""Proposed crews in words: their hour, their name, what speaks for them, and what was missing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from crews.rules.explaining import Explanation
from crews.rules.interests import label
from people.models import Person
from practice.rules.slots import PartOfDay, part_of_day
from practice.showing.naming import in_one_breath
from practice.showing.often import hour
from practice.showing.wording import in_words

People = Mapping[int, Person]
# So many pairs are named; of more, only how many know somebody.
MOST_PAIRS = 2


def table_name(starts_at: datetime, zone: tzinfo) -> str:
    """A name for a table that has none: "Tuesday evenings"."""
    local = starts_at.astimezone(zone)
    name = {
        PartOfDay.NIGHT: _("{day} nights"),
        PartOfDay.MORNING: _("{day} mornings"),
        PartOfDay.MIDDAY: _("{day} middays"),
        PartOfDay.AFTERNOON: _("{day} afternoons"),
        PartOfDay.EVENING: _("{day} evenings"),
        PartOfDay.LATE: _("{day}, late"),
    }[part_of_day(local.hour)]
    return name.format(day=WEEKDAYS[local.weekday()])


def why(explanation: Explanation, people: People, reader: Person, at: datetime | None) -> list[str]:
    """Sentences for a steward: what the table shares. `at` is its hour, if it has one."""
    sentences = [
        _shared_hour(explanation, at, reader),
        *_interests(explanation, people, reader),
        _knowing(explanation, people, reader),
        _wishes(explanation.wishes),
    ]
    return [sentence for sentence in sentences if sentence]


def why_you(
    explanation: Explanation, people: People, reader: Person, at: datetime | None
) -> list[str]:
    """Sentences for somebody who would sit there, from `explain_to` for them."""
    mine = [pair for pair in explanation.know_each_other if reader.pk in pair]
    friends = [people[one] for pair in mine for one in pair if one != reader.pk]
    sentences = [
        _shared_hour(explanation, at, reader),
        *_interests(explanation, people, reader),
        _("You know {names}.").format(names=in_one_breath(friends, reader))
        if friends
        else _("Everybody there is new to you."),
        *_own_wishes(explanation, people, reader),
    ]
    return [sentence for sentence in sentences if sentence]


def _shared_hour(explanation: Explanation, at: datetime | None, reader: Person) -> str:
    size = len(explanation.people)
    if at is None or size < 2:
        return ""
    is_mine = reader.pk in explanation.people
    when = hour(at, reader.zone)
    if size == 2:
        said = (
            _("You are both free on {when} your time.")
            if is_mine
            else _("Both are free on {when} your time.")
        )
        return said.format(when=when)
    if len(explanation.slots) == 1:
        said = (
            _("{when} your time is the one hour in the week that all {count} of you share.")
            if is_mine
            else _("{when} your time is the one hour in the week that all {count} share.")
        )
    elif is_mine:
        said = _("All {count} of you are free on {when} your time, and at other hours.")
    else:
        said = _("All {count} are free on {when} your time, and at other hours.")
    return said.format(when=when, count=in_words(size))


def _interests(explanation: Explanation, people: People, reader: Person) -> list[str]:
    everybody = set(explanation.people)
    by_all = [one.interest for one in explanation.interests if set(one.people) == everybody]
    sentences = []
    if by_all:
        named = pgettext("between two interests", " and ").join(map(label, by_all))
        is_mine = reader.pk in everybody
        said = _("You all chose {interests}.") if is_mine else _("All chose {interests}.")
        sentences.append(said.format(interests=named))
    for one in explanation.interests:
        if one.interest not in by_all:
            who = in_one_breath([people[person] for person in one.people], reader)
            said = _("{who} chose {interest}.").format(who=who, interest=label(one.interest))
            sentences.append(said[:1].upper() + said[1:])
    return sentences


def _knowing(explanation: Explanation, people: People, reader: Person) -> str:
    pairs = explanation.know_each_other
    if len(explanation.people) < 2:
        return ""
    if not pairs:
        return _("Nobody here has sat in a crew with another.")
    who = list(dict.fromkeys(person for pair in pairs for person in pair))
    if len(pairs) == len(who) * (len(who) - 1) // 2:
        if len(who) == len(explanation.people):
            return _("All of them have sat in a crew together.")
        names = in_one_breath([people[person] for person in who], reader)
        return _("{names} have sat in a crew together.").format(names=names)
    if len(pairs) <= MOST_PAIRS:
        both = [in_one_breath([people[one], people[other]], reader) for one, other in pairs]
        return _("{two} have sat in a crew together, so have {others}.").format(
            two=both[0], others=both[1]
        )
    return _("{some} of the {all} have sat in a crew with somebody here.").format(
        some=in_words(len(who)).capitalize(), all=in_words(len(explanation.people))
    )


def _wishes(count: int) -> str:
    if not count:
        return ""
    return ngettext("One wish comes true.", "{count} wishes come true.", count).format(
        count=in_words(count).capitalize()
    )


def _own_wishes(explanation: Explanation, people: People, reader: Person) -> list[str]:
    mutual = [people[one] for one in explanation.mutual]
    others = [people[one] for one in explanation.mine if one not in explanation.mutual]
    sentences = [
        _("You and {name} wished for each other.").format(name=one.first_name) for one in mutual
    ]
    if others:
        names = in_one_breath(others, reader)
        sentences.append(_("You wished to sit with {names}.").format(names=names))
    return sentences


def names_for(moments: Sequence[datetime | None], zone: tzinfo) -> list[str]:
    """Names for several tables, each by its hour, no two alike."""
    names: list[str] = []
    for number, at in enumerate(moments, 1):
        name = table_name(at, zone) if at else _("Table {number}").format(number=number)
        if at and name in names:
            local = at.astimezone(zone)
            name = _("{day} at {time}").format(day=WEEKDAYS[local.weekday()], time=f"{local:%H:%M}")
        names.append(name if name not in names else f"{name} ({number})")
    return names
