"""A week as seven columns: the wider a bar, the more people an hour suits.

Width, not only colour, says how many; marked times carry their numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# In units of the drawing.
GUTTER, COLUMN, BAR, HEAD, FOOT = 36, 44, 38, 40, 8
LOWEST, IDEAL, HIGHEST = 14, 200, 26
NARROWEST = 3
MIDNIGHT = 24 * 60
# What is drawn when nothing or little is shared.
FIRST_HOUR, LAST_HOUR, LEAST_HOURS = 15, 21, 6

HEADS = (
    '<text class="week-day" x="{0}" y="14">{1}</text>'
    '<text class="week-date" x="{0}" y="31">{2}</text>'
)
LINES = (
    '<line class="week-line" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
    '<text class="week-hour" x="{3}" y="{4}">{5}</text>'
)
BARS = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'
MARKS = (
    '<rect class="week-mark" x="{}" y="{}" width="{}" height="{}" rx="4"/>'
    '<circle class="week-disc" cx="{}" cy="{}" r="8.5"/>'
    '<text class="week-number" x="{}" y="{}">{}</text>'
)


@dataclass(frozen=True, slots=True)
class Share:
    """Part of one day (0 is the first), in minutes after midnight, and whom it suits: 0 to 1."""

    day: int
    first: int
    after: int
    share: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A time within one day, with its number."""

    day: int
    first: int
    after: int
    label: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """Which hours are drawn, and how high one is."""

    hours: range

    @classmethod
    def of(cls, shares: Sequence[Share]) -> "Ruler":
        """From the first hour that suits anybody to the last."""
        first = min((share.first // 60 for share in shares), default=FIRST_HOUR)
        after = max((-(-share.after // 60) for share in shares), default=LAST_HOUR)
        first = max(0, min(first, after - LEAST_HOURS))
        return cls(range(first, max(after, first + LEAST_HOURS)))

    @property
    def hour(self) -> int:
        """Few hours are drawn high, a whole day of them low."""
        return max(LOWEST, min(HIGHEST, IDEAL // len(self.hours)))

    def y(self, minute: int) -> float:
        """Where a minute of the day lies."""
        return round(HEAD + (minute / 60 - self.hours.start) * self.hour, 1)


def week_picture(
    days: Sequence[date], shares: Sequence[Share], marks: Sequence[Mark]
) -> SafeString:
    """The drawing. It has no text alternative of its own: the page says the same in words."""
    ruler = Ruler.of(shares)
    return format_html(
        '<svg class="week" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}{}{}{}</svg>',
        GUTTER + 7 * COLUMN,
        ruler.y(ruler.hours.stop * 60) + FOOT,
        format_html_join("", HEADS, _heads(days)),
        format_html_join("", LINES, _lines(ruler)),
        format_html_join("", BARS, _bars(shares, ruler)),
        format_html_join("", MARKS, _marks(marks, ruler)),
    )


def _heads(days: Sequence[date]) -> Iterator[tuple[object, ...]]:
    for number, day in enumerate(days):
        x = GUTTER + number * COLUMN + COLUMN / 2
        yield x, str(WEEKDAYS_ABBR[day.weekday()])[:2], day.day


def _lines(ruler: Ruler) -> Iterator[tuple[object, ...]]:
    for hour in (*ruler.hours, ruler.hours.stop):
        if hour % 3 == 0:
            y = ruler.y(hour * 60)
            yield GUTTER, GUTTER + 7 * COLUMN, y, GUTTER - 4, y + 4, f"{hour}:00"


def _bars(shares: Sequence[Share], ruler: Ruler) -> Iterator[tuple[object, ...]]:
    for one in shares:
        width = max(NARROWEST, round(BAR * one.share, 1))
        x = round(GUTTER + one.day * COLUMN + (COLUMN - width) / 2, 1)
        top, bottom = ruler.y(one.first), ruler.y(one.after)
        yield "week-all" if one.share == 1 else "week-some", x, top, width, round(bottom - top, 1)


def _marks(marks: Sequence[Mark], ruler: Ruler) -> Iterator[tuple[object, ...]]:
    for mark in marks:
        x = GUTTER + mark.day * COLUMN
        top, bottom = ruler.y(mark.first), ruler.y(min(mark.after, MIDNIGHT))
        middle, centre = round((top + bottom) / 2, 1), x + COLUMN / 2
        box = x + 1, top, COLUMN - 2, round(bottom - top, 1)
        yield *box, centre, middle, centre, middle + 4.5, mark.label
