"""What the page of a time poll shows. Plain dataclasses, two queries whatever the numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.scales import Scale
from people.models import Person
from practice.models import Poll, PollAnswer, PollOption, Rhythm
from practice.showing.meetings import Place, people_of, places
from practice.showing.naming import in_one_breath
from practice.showing.wording import what_will_be

YES, IF_NEED_BE, NO = PollAnswer.Choice.YES, PollAnswer.Choice.IF_NEED_BE, PollAnswer.Choice.NO


@dataclass(frozen=True)
class ProposedTime:
    """One proposed time and what everybody says to it."""

    option: PollOption
    poll: Poll
    people: Sequence[Person]
    reader: Person
    choices: Mapping[int, str]
    is_best: bool = False

    @property
    def starts_at(self) -> datetime:
        """When it would begin."""
        return self.option.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it would end."""
        return self.starts_at + timedelta(minutes=self.poll.minutes)

    @property
    def has_passed(self) -> bool:
        """Whether it can be chosen no more."""
        return self.starts_at <= timezone.now()

    @property
    def mine(self) -> str:
        """The reader's own answer, or ""."""
        return self.choices.get(self.reader.pk, "")

    def who(self, choice: str) -> list[Person]:
        """Those who gave this answer; "" for none yet."""
        return [person for person in self.people if self.choices.get(person.pk, "") == choice]

    @property
    def support(self) -> tuple[int, int]:
        """How many can, and for how many of them it is easy."""
        yes = len(self.who(YES))
        return yes + len(self.who(IF_NEED_BE)), yes

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Each answer with the names of a small circle."""
        said = [
            (_("Yes"), self.who(YES)),
            (_("If need be"), self.who(IF_NEED_BE)),
            (_("No"), self.who(NO)),
            (_("Not said yet"), self.who("")),
        ]
        return [(word, in_one_breath(people, self.reader)) for word, people in said if people]

    @property
    def counts(self) -> str:
        """The same as numbers, for a congregation."""
        said = [
            (_("{count} yes"), self.who(YES)),
            (_("{count} if need be"), self.who(IF_NEED_BE)),
            (_("{count} no"), self.who(NO)),
            (_("{count} not yet"), self.who("")),
        ]
        return ", ".join(words.format(count=len(people)) for words, people in said if people)

    @property
    def elsewhere(self) -> list[Place]:
        """One place for each wall time that differs from the reader's; short, for one line."""
        seen = {self.starts_at.astimezone(self.reader.zone).utcoffset()}
        found = []
        for place in places(self.starts_at, self.people, self.reader):
            if place.local.utcoffset() not in seen:
                seen.add(place.local.utcoffset())
                found.append(place)
        return found[:8]

    @property
    def would_be(self) -> str:
        """What choosing it makes, in a sentence."""
        return what_will_be(Rhythm(**self.poll.rule(self.starts_at)))


@dataclass(frozen=True)
class PollShown:
    """A poll as one reader sees it."""

    poll: Poll
    reader: Person
    people: Sequence[Person]
    options: Sequence[PollOption]
    answers: Mapping[int, Mapping[int, str]]

    @cached_property
    def times(self) -> list[ProposedTime]:
        """The proposed times in order; those that suit most so far are marked."""
        found = [self._time(option) for option in self.options]
        best = max((one.support for one in found if not one.has_passed), default=(0, 0))
        return [
            self._time(one.option, is_best=best[0] > 0 and one.support == best)
            if not one.has_passed
            else one
            for one in found
        ]

    def _time(self, option: PollOption, *, is_best: bool = False) -> ProposedTime:
        choices = self.answers.get(option.pk, {})
        return ProposedTime(option, self.poll, self.people, self.reader, choices, is_best)

    @property
    def to_come(self) -> list[ProposedTime]:
        """Those that can still be chosen."""
        return [one for one in self.times if not one.has_passed]

    @property
    def is_small(self) -> bool:
        """Whether people are named, or only counted."""
        return self.poll.circle.scale != Scale.CONGREGATION

    @property
    def silent(self) -> list[Person]:
        """Those who have left a time to come unanswered."""
        return [
            person
            for person in self.people
            if any(person.pk not in one.choices for one in self.to_come)
        ]

    @property
    def progress(self) -> str:
        """Who is still to answer, in a sentence."""
        if not self.to_come:
            return _("All these times have passed.")
        if not self.silent:
            return _("Everybody has answered.")
        if self.is_small:
            names = in_one_breath(self.silent, self.reader)
            return _("Still to answer: {names}.").format(names=names)
        return ngettext(
            "{done} of {count} person has answered.",
            "{done} of {count} people have answered.",
            len(self.people),
        ).format(done=len(self.people) - len(self.silent), count=len(self.people))

    @property
    def has_answered(self) -> bool:
        """Whether the reader has said something about each time to come."""
        return self.reader not in self.silent


def poll_for(poll: Poll, reader: Person) -> PollShown:
    """A poll with its times and everybody's answers; of those who sit there now."""
    people = people_of(poll.circle)
    seated = {person.pk for person in people}
    answers: dict[int, dict[int, str]] = {}
    rows = PollAnswer.objects.filter(option__poll=poll, option__withdrawn_at=None)
    for option, person, choice in rows.values_list("option", "person", "choice"):
        if person in seated:
            answers.setdefault(option, {})[person] = choice
    return PollShown(poll, reader, people, list(poll.options.proposed()), answers)
