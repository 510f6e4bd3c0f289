"""The partnership mirror: what is asked, and the words of the spectrum. Pure.

Four questions about *this* relationship, each on a spectrum from domination to partnership.
The steps are told apart by words only: nothing is added up. What lies at either end is described
and not judged; where one stewards the other, the attention flows one way by design, and the words
ask whether it is as they both want it.

Source: Riane Eisler, domination and partnership.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Question(StrEnum):
    """What each looks at, alone."""

    DECISIONS = "decisions"
    CARE = "care"
    DISAGREEING = "disagreeing"
    NEEDS = "needs"


# From one end of the spectrum to the other.
STEPS = (1, 2, 3, 4, 5)
LONGEST_TRY = 300
# Nobody has to answer: by then a mirror that waits is put away.
GROWS_OLD = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with a sentence for each step, and the ends in a word or two."""

    title: Words
    steps: tuple[Words, Words, Words, Words, Words]
    ends: tuple[Words, Words]

    def step(self, number: int) -> Words:
        """What is said by this step, of 1 to 5."""
        return self.steps[number - 1]


EQUALS: Mapping[Question, Asked] = {
    Question.DECISIONS: Asked(
        _("How do we decide?"),
        (
            _("One of us decides, and the other goes along."),
            _("One of us mostly decides, and sometimes asks."),
            _("Some things one of us decides, some we decide together."),
            _("Mostly together."),
            _("Together, and either of us can say no."),
        ),
        (_("one of us"), _("together")),
    ),
    Question.CARE: Asked(
        _("How does care flow?"),
        (
            _("From one of us to the other."),
            _("Mostly from one of us to the other."),
            _("Back and forth, with more from one side."),
            _("Mostly both ways."),
            _("Both ways, and each of us can ask for it."),
        ),
        (_("one way"), _("both ways")),
    ),
    Question.DISAGREEING: Asked(
        _("How safe is it to disagree?"),
        (
            _("I keep it to myself, because of what might follow."),
            _("I weigh it for a long time before I say it."),
            _("About some things I say it, about others I don’t."),
            _("Mostly I say it."),
            _("I say it, and we stay well with each other."),
        ),
        (_("I keep it to myself"), _("I say it")),
    ),
    Question.NEEDS: Asked(
        _("Whose needs lead?"),
        (
            _("Those of the same one of us."),
            _("Mostly those of the same one of us."),
            _("It changes, and we don’t talk about it much."),
            _("Mostly we look at what both of us need."),
            _("We look at what both of us need, each time."),
        ),
        (_("one of us"), _("both of us")),
    ),
}

STEWARDING: Mapping[Question, Asked] = {
    Question.DECISIONS: Asked(
        _("How do we decide?"),
        (
            _("The one who stewards decides what is right."),
            _("Mostly the one who stewards decides."),
            _("Some things one of us decides, some the other."),
            _("Mostly the one whose life it is decides."),
            _("The one whose life it is decides, and either of us can say no."),
        ),
        (_("the one who stewards"), _("the one whose life it is")),
    ),
    Question.CARE: Asked(
        _("How does care flow?"),
        (
            _("It is given as the one who stewards thinks best."),
            _("Often in ways that were not asked for."),
            _("Sometimes as asked for, sometimes not."),
            _("Mostly as asked for."),
            _("As asked for, and either of us can say “that is enough”."),
        ),
        (_("as one of us thinks best"), _("as asked for")),
    ),
    Question.DISAGREEING: EQUALS[Question.DISAGREEING],
    Question.NEEDS: Asked(
        _("Whose needs lead in this time?"),
        (
            _("Those of the one who stewards."),
            _("Often those of the one who stewards."),
            _("It changes, and we don’t talk about it much."),
            _("Mostly those of the one who is supported."),
            _("Those of the one who is supported, and the other minds their own limits."),
        ),
        (_("the one who stewards"), _("the one who is supported")),
    ),
}


def questions(*, one_way: bool) -> Mapping[Question, Asked]:
    """The four, in the words for equals or for a dyad of which one stewards the other."""
    return STEWARDING if one_way else EQUALS


def is_far_out(answers: Mapping[Question, int]) -> bool:
    """Whether somebody said that it is not safe to disagree, or that their needs may not count.

    Then it is said to them, and to nobody else, where there is help.
    """
    return answers[Question.DISAGREEING] == STEPS[0] or answers[Question.NEEDS] == STEPS[0]


class Move(StrEnum):
    """How somebody sees one thing now, beside how they saw it then."""

    TOWARD = "toward"
    AWAY = "away"
    SAME = "same"


def move(then: int, now: int) -> Move:
    """Toward partnership, away from it, or as it was."""
    if now == then:
        return Move.SAME
    return Move.TOWARD if now > then else Move.AWAY


def is_due(weeks: int, *, last: datetime, now: datetime) -> bool:
    """Whether the two have chosen to look into it again by now; `last` was the last one, or
    their first meeting."""
    return weeks > 0 and now >= last + timedelta(weeks=weeks)


def both_have_answered(seated: Sequence[int], answered: Sequence[int]) -> bool:
    """Whether two sit there, and both have answered."""
    return len(seated) == 2 and {*seated} <= {*answered}
