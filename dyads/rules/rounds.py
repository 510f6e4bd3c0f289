"""The clock of pairing: how long a round is open, when the next is, who is asked first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from congregation.rules.rounds import LEAST_OPEN, MOST_OPEN
from people.wall_clock import moment

USUAL_OPEN = timedelta(days=5)
# The first pairing of a rhythm may be as far off as rounds can be apart.
MOST_AHEAD = timedelta(days=366)
# Those who must say yes are asked once more so long before.
ASKED_BEFORE = timedelta(days=1)
# A date that moves by less is a correction that nobody needs a mail about.
WORTH_TELLING = timedelta(hours=3)
# After so many pairings without a sign somebody is asked before being paired again.
SILENT_ROUNDS = 3
LONGEST_PAUSE = timedelta(days=366)


class Standing(StrEnum):
    """How somebody stands to a round that is open."""

    # Takes part, and has said nothing: is paired.
    COUNTED_IN = "counted_in"
    SAID_YES = "said_yes"
    # Takes part, was not heard of for long: is paired only after a yes.
    MUST_SAY_YES = "must_say_yes"
    SKIPS = "skips"
    # Has not answered, and takes part in none so far.
    INVITED = "invited"
    PAUSED = "paused"
    # Has as many dyads as they wish for.
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Turn:
    """One opening of a rhythm: when this pairing is made, and when the one after it."""

    pairs_at: datetime
    next_at: datetime


def weeks_on(instant: datetime, weeks: int, at: time, zone: tzinfo) -> datetime:
    """The same weekday, so many weeks later, at `at` by the clock of `zone`; in UTC.

    Counted on the calendar, so neither change of clocks moves the hour. `at` is handed in since
    an hour that the clock once jumped over could not be read off `instant`.
    """
    return moment(instant.astimezone(zone).date() + timedelta(weeks=weeks), at, zone)


def due_from(next_at: datetime, notice: int) -> datetime:
    """From when a rhythm's round may open: `notice` days before its pairing."""
    return next_at - timedelta(days=notice)


def turn(
    next_at: datetime, *, apart: int, notice: int, at: time, zone: tzinfo, now: datetime
) -> Turn | None:
    """What a rhythm opens at `now`, or None while it is too early.

    When nothing ran for long and the day has passed or is too near, the pairing is made on the
    same weekday of the first week that leaves people a day at least: one round, however many
    were missed, and the weeks between them are counted anew from there.
    """
    if now < due_from(next_at, notice):
        return None
    weeks, pairs_at = max(0, (now - next_at) // timedelta(weeks=1)), next_at
    while pairs_at - now < LEAST_OPEN:
        pairs_at = weeks_on(next_at, weeks, at, zone)
        weeks += 1
    return Turn(pairs_at, weeks_on(pairs_at, apart, at, zone))


def fits_open(pairs_at: datetime, now: datetime) -> bool:
    """Whether a pairing may be made then: not before a day, not after ninety."""
    return LEAST_OPEN <= pairs_at - now <= MOST_OPEN


def fits_first(next_at: datetime, now: datetime) -> bool:
    """Whether a rhythm may begin then: not before a day, not after a year."""
    return LEAST_OPEN <= next_at - now <= MOST_AHEAD


def notice_fits(notice: int, apart: int) -> bool:
    """Whether a round's notice (days) is over before the next one's begins (weeks apart)."""
    return notice < 7 * apart


def has_fallen_silent(heard: Sequence[bool]) -> bool:
    """Whether somebody is asked before being paired again; `heard` tells of the rounds in which
    they were paired, the last first. Source: issue 5, "who did not answer the last three"."""
    return len(heard) >= SILENT_ROUNDS and not any(heard[:SILENT_ROUNDS])


def asked_again_at(opened_at: datetime, pairs_at: datetime) -> datetime:
    """When those who must say yes and have not are asked once more: a day before the pairing,
    and never in the first half of the time, right after they were asked."""
    return max(pairs_at - ASKED_BEFORE, opened_at + (pairs_at - opened_at) / 2)


def pause_fits(until: date, today: date) -> bool:
    """Whether a pause may last until then: a day to come, within a year."""
    return today < until <= today + LONGEST_PAUSE


def standing(
    *,
    answer: str | None,
    must_say_yes: bool,
    is_full: bool,
    paused_until: date | None,
    pairing_day: date,
) -> Standing:
    """How somebody stands to a round; `answer` is "in", "skip", "" for a place without one, and
    None without a place. What they said about this round goes before what they said in general.
    """
    if answer == "skip":
        return Standing.SKIPS
    if paused_until is not None and paused_until > pairing_day:
        return Standing.PAUSED
    if answer is None:
        return Standing.INVITED
    if is_full:
        return Standing.FULL
    if answer == "in":
        return Standing.SAID_YES
    return Standing.MUST_SAY_YES if must_say_yes else Standing.COUNTED_IN
