"""Choices at the end of a cycle, and where the answers lead, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crews.rules.cycles import Choice, Way


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """A choice on its button, what it means, and how it reads when the answers are open: of
    somebody else, and to whoever said it."""

    label: Promise | str
    meaning: Promise | str
    said: Promise | str
    mine: Promise | str


CHOICES = {
    Choice.RENEW: ChoiceWords(
        _("Renew"),
        _("I would like another cycle with these people."),
        _("{who} would like to go on"),
        _("You would like to go on"),
    ),
    Choice.PAUSE: ChoiceWords(
        _("Pause"),
        _("I want to stay, and need a while without meetings."),
        _("{who} needs a pause"),
        _("You need a pause"),
    ),
    Choice.REGROUP: ChoiceWords(
        _("Regroup"),
        _("I want to go on in another form: as two crews, or with new people."),
        _("{who} would like another form"),
        _("You would like another form"),
    ),
    Choice.LEAVE: ChoiceWords(
        _("Leave"),
        _("It was good, and it is complete for me."),
        _("{who} feels it is complete"),
        _("You feel it is complete"),
    ),
}

WAYS = {
    Way.RENEW: _("Three or more of you would like to go on: that is a table."),
    Way.REST: _("Somebody needs a pause: a rest for all of you keeps the seats."),
    Way.SPLIT: _("There are enough of you for two tables."),
    Way.LOOK_FOR_PEOPLE: _("Somebody would like another form: new people could join you."),
    Way.CLOSE: _("Fewer than three of you go on: then a good ending is a gift."),
}
