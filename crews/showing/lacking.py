"""Who has no seat yet: the reason and what would help, for stewards and for themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crews.models import Participant
from crews.rules.lacking import Help, Lack, Reason, lacking
from crews.rules.points import Seeker
from crews.services.seating import Seating
from people.models import Person
from people.time_zones import city, zone_info
from people.week import hour_of_week
from practice.rules.shared_hours import QUARTER
from practice.rules.slots import is_awake
from practice.showing.often import days
from practice.showing.wording import in_words

# Enough hours to find one at which most people are awake.
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class NoSeat:
    """Somebody without a seat. `hour` is the one more that would help most, by their clock."""

    participant: Participant
    reason: str
    help: str
    hour: datetime | None
    slot: int | None
    # Whether somebody else in the round shares an hour with them, as the reason says anyway.
    shares_an_hour: bool

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.participant.person

    @property
    def day(self) -> str:
        """ "Saturdays": the day of the hour that would help."""
        return days(self.hour.weekday()) if self.hour else ""

    @property
    def place(self) -> str:
        """The place by whose clock they gave their hours."""
        return city(self.participant.time_zone)


def without_seats(seating: Seating, names: Mapping[int, str]) -> list[NoSeat]:
    """All who have no seat, told to a steward. `names` are those of the tables, by number."""
    unplaced = seating.unplaced
    lacks = lacking(unplaced, _tables(seating), most_help=LOOKED_AT)
    return [_told(seating, lacks[one.id], names) for one in unplaced]


def why_no_seat(seating: Seating, person: int) -> list[str]:
    """Sentences for somebody without a seat (by id), about themselves."""
    unplaced = [one for one in seating.unplaced if one.id == person]
    if not unplaced:
        return []
    # Counted among all who have none, or companions would be missing.
    lack = lacking(seating.unplaced, _tables(seating), most_help=LOOKED_AT)[person]
    zone = zone_info(seating.gathered.participants[person].time_zone)
    sentences = [_reason_to_them(lack.reason)]
    if offer := _kindest(seating, lack, zone):
        sentences.append(
            ngettext(
                "One more hour would help: {when} your time would open a table to you.",
                "One more hour would help: {when} your time would open {count} tables to you.",
                offer.opens,
            ).format(
                when=_when(seating.gathered.moment(offer.slot).astimezone(zone)),
                count=in_words(offer.opens),
            )
        )
    return sentences


def hours_that_would_help(seating: Seating, person: int) -> list[int]:
    """The hours of the week, by their own clock, that would help somebody without a seat most."""
    lack = lacking(seating.unplaced, _tables(seating), most_help=LOOKED_AT).get(person)
    zone = zone_info(seating.gathered.participants[person].time_zone)
    offer = _kindest(seating, lack, zone) if lack else None
    if offer is None:
        return []
    starts = seating.gathered.moment(offer.slot)
    length = -(-seating.gathered.forming.minutes // 15)
    walls = [(starts + number * QUARTER).astimezone(zone) for number in range(length)]
    return list(dict.fromkeys(hour_of_week(wall.weekday(), wall.hour) for wall in walls))


def _tables(seating: Seating) -> dict[int, list[Seeker]]:
    return {one.proposed.pk: seating.at(one) for one in seating.tables if one.people}


def _told(seating: Seating, lack: Lack, names: Mapping[int, str]) -> NoSeat:
    participant = seating.gathered.participants[lack.person]
    zone = zone_info(participant.time_zone)
    offer = _kindest(seating, lack, zone)
    hour = seating.gathered.moment(offer.slot).astimezone(zone) if offer else None
    said = ""
    if offer and hour:
        said = ngettext(
            "{when}, {city} time, would open a table to {name}{which}.",
            "{when}, {city} time, would open {count} tables to {name}.",
            offer.opens,
        ).format(
            when=_when(hour),
            city=city(participant.time_zone),
            count=in_words(offer.opens),
            name=participant.person.first_name,
            which=_which(offer, names),
        )
    return NoSeat(
        participant=participant,
        reason=_reason(lack.reason, participant.person.first_name),
        help=said,
        hour=hour,
        slot=offer.slot if offer else None,
        shares_an_hour=lack.reason not in {Reason.NO_HOURS, Reason.NOBODY_SHARES},
    )


def _which(offer: Help, names: Mapping[int, str]) -> str:
    return f": “{names[offer.tables[0]]}”" if len(offer.tables) == 1 else ""


def _kindest(seating: Seating, lack: Lack, zone: tzinfo) -> Help | None:
    """The best help at an hour at which most people are awake."""
    minutes = seating.gathered.forming.minutes
    return next(
        (
            one
            for one in lack.help
            if is_awake(seating.gathered.moment(one.slot).astimezone(zone), minutes)
        ),
        None,
    )


def _when(local: datetime) -> str:
    return _("{days} at {time}").format(days=days(local.weekday()), time=f"{local:%H:%M}")


def _reason(reason: Reason, name: str) -> str:
    return {
        Reason.NO_HOURS: _("{name} has not said any hours, so we could not look."),
        Reason.NOBODY_SHARES: _("At {name}’s hours nobody else could stay for a whole meeting."),
        Reason.TOO_FEW_SHARE: _(
            "At {name}’s hours only one other person could meet; a crew begins with three."
        ),
        Reason.NO_ROOM: _("At {name}’s hours the tables are full, and too few are left for one."),
        Reason.DID_NOT_WORK_OUT: _("For {name} no table worked out this time."),
    }[reason].format(name=name)


def _reason_to_them(reason: Reason) -> str:
    return {
        Reason.NO_HOURS: _("You have not said any hours, so we could not look."),
        Reason.NOBODY_SHARES: _("At your hours nobody else could stay for a whole meeting."),
        Reason.TOO_FEW_SHARE: _(
            "At your hours only one other person could meet; a crew begins with three."
        ),
        Reason.NO_ROOM: _("At your hours the tables are full, and too few are left for one more."),
        Reason.DID_NOT_WORK_OUT: _(
            "It did not work out this time. That happens when tables are put together for many "
            "people at once, and says nothing about you."
        ),
    }[reason]
