"""Where two people see something on a spectrum, time by time: a round mark and a square one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# In units of the drawing: the width of the dates, of the spectrum, a row, and the ends' words.
DATES, LINE, ROW, FOOT = 62, 240, 38, 24
EDGE = 14
WIDTH = DATES + LINE + 2 * EDGE
# The two marks stand a little above and a little below the line, so that neither hides the other.
APART, RADIUS = 7, 5.5

ROWS = (
    '<text class="spectrum-date" x="0" y="{}">{}</text>'
    '<line class="spectrum-line" x1="{}" x2="{}" y1="{}" y2="{}"/>{}'
)
ROUND = '<circle class="spectrum-mine" cx="{}" cy="{}" r="{}"/>'
SQUARE = '<rect class="spectrum-theirs" x="{}" y="{}" width="{}" height="{}" transform="{}"/>'
ENDS = (
    '<text class="spectrum-end" x="{}" y="{}">{}</text>'
    '<text class="spectrum-end" text-anchor="end" x="{}" y="{}">{}</text>'
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One time: where each stands, from 0 (one end) to 1 (the other), and what it is called."""

    label: str
    mine: float
    theirs: float


def spectrum_picture(ends: tuple[str, str], rows: Sequence[Spot]) -> SafeString:
    """The drawing. It has no text alternative of its own: the page says the same in words."""
    height = ROW * len(rows) + FOOT
    left, right = DATES + EDGE, DATES + EDGE + LINE
    return format_html(
        '<svg class="spectrum" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}{}</svg>',
        WIDTH,
        height,
        format_html_join("", ROWS, _rows(left, right, rows)),
        format_html(ENDS, left - EDGE, height - 6, ends[0], right + EDGE, height - 6, ends[1]),
    )


def _rows(left: int, right: int, rows: Sequence[Spot]) -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(rows):
        y = ROW * number + ROW // 2
        yield y + 4, row.label, left, right, y, y, _marks(left, y, row)


def _marks(left: int, y: int, row: Spot) -> SafeString:
    mine, theirs = round(left + row.mine * LINE, 1), round(left + row.theirs * LINE, 1)
    lower = y + APART
    return format_html(
        "{}{}",
        format_html(ROUND, mine, y - APART, RADIUS),
        format_html(
            SQUARE,
            theirs - RADIUS + 1,
            lower - RADIUS + 1,
            2 * RADIUS - 2,
            2 * RADIUS - 2,
            f"rotate(45 {theirs} {lower})",
        ),
    )
