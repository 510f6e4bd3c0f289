"""Which meetings a rhythm has, whatever rests, was moved by hand or called off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from practice.rules.layout import AHEAD, Days, Skipped, Slot, There, lay_out
from practice.rules.recurrence import Pattern, moment
from tests.practice.test_recurrence import TIMES, patterns

NUMBERS = st.integers(1, 20)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """A rhythm to which things have happened."""

    pattern: Pattern
    meetings: int | None
    there: Sequence[There]
    pauses: Sequence[Days]
    now: datetime

    @property
    def slots(self) -> list[Slot]:
        return self.laid(self.pauses)

    def laid(self, pauses: Sequence[Days]) -> list[Slot]:
        return list(
            lay_out(
                self.pattern,
                meetings=self.meetings,
                now=self.now,
                there=self.there,
                pauses=pauses,
            )
        )

    def known(self) -> dict[int, There]:
        return {one.number: one for one in self.there}


def rows(slots: Sequence[Slot]) -> list[There]:
    return [There(slot.number, slot.starts_at) for slot in slots]


def taking_place(slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if not slot.skipped]


def day_of(story: Story, slot: Slot) -> date:
    if slot.number >= story.pattern.first:
        return story.pattern.day(slot.number)
    return slot.starts_at.astimezone(story.pattern.zone).date()


@st.composite
def pauses(draw: st.DrawFn, pattern: Pattern) -> list[Days]:
    """Some days about the meetings; they may overlap or hit nothing."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = pattern.starts_on + timedelta(days=draw(st.integers(-30, 300)))
        found.append(Days(first, first + timedelta(days=draw(st.integers(0, 90)))))
    return found


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Meetings laid once; some of them then kept; the rest perhaps moved on; days that rest."""
    pattern = replace(draw(patterns()), first=1)
    meetings = draw(st.none() | st.integers(1, 15))
    there = {
        one.number: one for one in rows(list(lay_out(pattern, meetings=meetings, now=LONG_AGO)))
    }
    for number in draw(st.sets(st.sampled_from(sorted(there)), max_size=5)):
        moved = there[number].starts_at + draw(st.timedeltas(-timedelta(30), timedelta(30)))
        there[number] = There(number, moved, is_kept=True, counts=draw(st.booleans()))
    if draw(st.booleans()):
        first = draw(st.sampled_from(sorted(there)))
        day = pattern.day(first) + timedelta(days=draw(st.integers(-3, 20)))
        pattern = replace(pattern, first=first, starts_on=day, at=draw(TIMES))
    days = draw(pauses(pattern))
    passed = timedelta(days=draw(st.integers(-400, 100)))
    now = moment(pattern.starts_on, time(12), UTC) + passed
    there = {
        number: replace(one, is_kept=True) if one.starts_at <= now else one
        for number, one in there.items()
    }
    return Story(pattern, meetings, list(there.values()), days, now)


@given(stories())
def test_what_is_kept_is_not_laid_anew_and_nothing_into_the_past(story: Story) -> None:
    kept = {one.number for one in story.there if one.is_kept}
    assert not kept & {slot.number for slot in story.slots}
    assert all(slot.starts_at > story.now for slot in story.slots)


@given(stories())
def test_the_number_agreed_on_takes_place(story: Story) -> None:
    counted = sum(one.counts for one in story.there if one.is_kept)
    count = len(taking_place(story.slots))
    if story.meetings is None:
        assert count >= AHEAD - counted
    else:
        assert count == max(0, story.meetings - counted)


@given(stories())
def test_what_falls_into_a_pause_rests_and_nothing_else(story: Story) -> None:
    for slot in story.slots:
        rests = any(day_of(story, slot) in days for days in story.pauses)
        assert (slot.skipped == Skipped.PAUSE) == rests


@given(stories())
def test_numbers_follow_the_pattern_and_older_ones_keep_their_moment(story: Story) -> None:
    known = story.known()
    for slot in story.slots:
        if slot.number >= story.pattern.first:
            assert slot.starts_at == story.pattern.moment(slot.number)
        else:
            assert slot.starts_at == known[slot.number].starts_at


@given(stories())
def test_laid_twice_it_is_as_laid_once(story: Story) -> None:
    kept = [one for one in story.there if one.is_kept]
    again = replace(story, there=[*kept, *rows(story.slots)])
    assert again.slots == story.slots


@given(stories(), st.data())
def test_a_pause_that_is_taken_back_leaves_nothing_behind(
    story: Story, data: st.DataObject
) -> None:
    before = story.laid(story.pauses)
    paused = story.laid([*story.pauses, *data.draw(pauses(story.pattern))])
    kept = [one for one in story.there if one.is_kept]
    after = replace(story, there=[*kept, *rows(paused)]).laid(story.pauses)
    if story.meetings is not None:
        assert taking_place(after) == taking_place(before)
    added = [slot for slot in after if slot not in before]
    if story.meetings is not None:
        assert {slot.skipped for slot in added} <= {Skipped.SPARE, Skipped.PAUSE}
    assert [slot for slot in after if slot in before] == before


@given(patterns(), NUMBERS)
def test_carried_on_night_by_night_it_is_as_made_at_once(pattern: Pattern, nights: int) -> None:
    pattern = replace(pattern, first=1)
    there = rows(list(lay_out(pattern, meetings=None, now=LONG_AGO)))
    for number in range(1, nights + 1):
        now = pattern.moment(number)
        there = [
            There(one.number, one.starts_at, is_kept=one.starts_at <= now, counts=False)
            for one in there
        ]
        known = {one.number for one in there}
        laid = rows(list(lay_out(pattern, meetings=None, now=now, there=there)))
        there += [one for one in laid if one.number not in known]
    assert [(one.number, one.starts_at) for one in there] == [
        (number, pattern.moment(number)) for number in range(1, nights + AHEAD + 1)
    ]


def test_two_weeks_of_holidays_put_two_meetings_at_the_end() -> None:
    weekly = Pattern("week", date(2027, 1, 12), time(18, 30), ZoneInfo("Europe/Lisbon"))
    holidays = Days(date(2027, 1, 19), date(2027, 1, 26))
    slots = list(lay_out(weekly, meetings=4, now=LONG_AGO, pauses=[holidays]))
    assert [(slot.number, slot.starts_at.day, slot.skipped) for slot in slots] == [
        (1, 12, ""),
        (2, 19, "pause"),
        (3, 26, "pause"),
        (4, 2, ""),
        (5, 9, ""),
        (6, 16, ""),
    ]
