"""Why somebody is left over, and which hour would help: from neutral facts to words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dyads.models import Place
from dyads.rules.lacking import Lack, Reason
from dyads.services.proposal import Proposal
from practice.rules.slots import PartOfDay, is_awake, part_of_day
from practice.showing.often import days
from practice.showing.wording import in_words


@dataclass(frozen=True, slots=True)
class Facts:
    """A reason, and hours (UTC) that would help, each with how many people more, best first."""

    reason: Reason
    help: Sequence[tuple[datetime, int]]


def facts_of(proposal: Proposal, lack: Lack) -> Facts:
    """While the pairs are on the desk."""
    hours = [(proposal.gathered.moment(one.slot), one.people) for one in lack.help]
    return Facts(lack.reason, hours)


def kept_facts(place: Place) -> Facts:
    """As they were when the round was published."""
    kept = place.lacking
    return Facts(
        Reason(kept.get("reason", Reason.DID_NOT_WORK_OUT)),
        [(datetime.fromisoformat(at), people) for at, people in kept.get("help", [])],
    )


def to_them(facts: Facts, zone: tzinfo, minutes: int) -> list[str]:
    """Sentences for whoever is left over: why, and what would help."""
    return [_reason_to_them(facts.reason), *_help_to_them(facts, zone, minutes)]


def to_steward(facts: Facts, name: str, zone: tzinfo, minutes: int) -> list[str]:
    """The same about somebody, for stewards. What is between two people is not in it."""
    said = [_reason(facts.reason, name)]
    if kind := _kindest(facts, zone, minutes):
        at, people = kind
        said.append(
            ngettext(
                "One more hour, {when} by their clock, would have met one person more.",
                "One more hour, {when} by their clock, would have met {count} people more.",
                people,
            ).format(when=_when(at), count=in_words(people))
        )
    return said


def _reason_to_them(reason: Reason) -> str:
    return {
        Reason.ALONE: _("You were the only one who took part this time."),
        Reason.NO_HOURS: _(
            "You have not said yet which hours suit you, and pairs are made by shared hours."
        ),
        Reason.NOBODY_SHARES: _("None of the hours that suit you suited anybody else this time."),
        Reason.ALL_YOURS: _(
            "Everybody who shares an hour with you is a dyad of yours already, or has been asked "
            "by you."
        ),
        Reason.ODD: _("An odd number took part, so one had to be left over: this time it is you."),
        Reason.DID_NOT_WORK_OUT: _(
            "It did not come out even: pairs are made so that as many as possible have somebody, "
            "and this time that left you over."
        ),
    }[reason]


def _reason(reason: Reason, name: str) -> str:
    said = {
        Reason.ALONE: _("Nobody else took part."),
        Reason.NO_HOURS: _("{name} has not said any hours yet."),
        Reason.NOBODY_SHARES: _("None of {name}’s hours suits anybody else."),
        Reason.ODD: _("An odd number took part."),
    }
    # That two are a dyad is nobody else's business: a steward reads the neutral sentence.
    return said.get(reason, _("It did not come out even this time.")).format(name=name)


def _help_to_them(facts: Facts, zone: tzinfo, minutes: int) -> list[str]:
    kind = _kindest(facts, zone, minutes)
    if kind is None:
        return []
    at, people = kind
    return [
        ngettext(
            "One more {part} hour would have met one person more: {when} your time, for example.",
            "One more {part} hour would have met {count} people more: {when} your time, for "
            "example.",
            people,
        ).format(part=_part(part_of_day(at.hour)), when=_when(at), count=in_words(people))
    ]


def _kindest(facts: Facts, zone: tzinfo, minutes: int) -> tuple[datetime, int] | None:
    """The best hour at which they are awake, by their clock; none rather than one at night."""
    local = ((at.astimezone(zone), people) for at, people in facts.help)
    return next((one for one in local if is_awake(one[0], minutes)), None)


def _when(at: datetime) -> str:
    return _("{days} at {time}").format(days=days(at.weekday()), time=f"{at:%H:%M}")


def _part(part: PartOfDay) -> str:
    return {
        PartOfDay.NIGHT: _("night"),
        PartOfDay.MORNING: _("morning"),
        PartOfDay.MIDDAY: _("midday"),
        PartOfDay.AFTERNOON: _("afternoon"),
        PartOfDay.EVENING: _("evening"),
        PartOfDay.LATE: _("late evening"),
    }[part]
