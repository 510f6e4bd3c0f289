"""A call from inside: who has said “go”, what it has in mind, and what now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crews.services.going import GOES, may_let_rest
from crews.showing.now import CrewNow
from crews.showing.suiting import hours_in_words, languages_in_words, length_in_words
from pages.sections import Step
from people.models import Person
from practice.showing.naming import in_one_breath
from practice.showing.wording import in_words


def call_rests(now: CrewNow) -> Step | None:
    """The call was let rest."""
    if now.crew.has_begun or not now.crew.is_resting:
        return None
    return Step(
        heading=_("This call rests"),
        words=_("It is not among the open tables. Any of you who are in can take it up again."),
        url=reverse("crews:take_up", args=[now.crew.pk]),
        action=_("Take it up again"),
        is_press=True,
    )


def shall_it_begin(now: CrewNow) -> Step | None:
    """There are enough to begin: who says “go”?"""
    if now.crew.has_begun or now.missing:
        return None
    said = _who_said_go(now)
    if now.reader in said:
        return Step(
            heading=_("You said “go”"),
            words=_still_missing(len(said)),
            url=reverse("crews:take_go_back", args=[now.crew.pk]),
            action=_("Take it back"),
            is_press=True,
        )
    return Step(
        heading=_("{count} are at the table: shall it begin?").format(
            count=in_words(len(now.people)).capitalize()
        ),
        words=_("With three who say “go” you are a crew. Setting a first meeting says so, too."),
        url=reverse("crews:say_go", args=[now.crew.pk]),
        action=_("Go"),
        is_press=True,
        second_url=reverse("practice:schedule", args=[now.crew.pk]),
        second_action=_("Set a first meeting"),
    )


def _who_said_go(now: CrewNow) -> list[Person]:
    said = set(now.crew.goes.values_list("person_id", flat=True))
    return [person for person in now.people if person.pk in said]


def _still_missing(said: int) -> str:
    missing = max(1, GOES - said)
    return ngettext(
        "One more “go”, and you begin.", "{count} more say “go”, and you begin.", missing
    ).format(count=in_words(missing).capitalize())


@dataclass(frozen=True, slots=True)
class Call:
    """What the call says, by the reader's clock."""

    goes: str
    hours: str
    languages: str
    length: str
    may_let_rest: bool


def call_of(now: CrewNow) -> Call | None:
    """What stands on the table of a call; None once it has begun."""
    crew = now.crew
    if crew.has_begun or not crew.is_open:
        return None
    said: Sequence[Person] = [] if now.missing else _who_said_go(now)
    names = in_one_breath(said, now.reader) if said else ""
    return Call(
        goes=_("“Go” from {names}.").format(names=names) if names else "",
        hours=hours_in_words(crew, now.reader),
        languages=languages_in_words(crew),
        length=length_in_words(crew),
        may_let_rest=not crew.is_resting and may_let_rest(crew, now.reader),
    )
