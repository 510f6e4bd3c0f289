"""Pairs of shapes that face each other across a line: what each of two had, time by time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# In units of the drawing: the width of the dates, how far a shape reaches, a row, the names.
DATES, REACH, ROW, HEAD = 56, 132, 26, 26
HALF = 8
GAP = 3
WIDTH = DATES + 2 * (REACH + GAP) + 4

NAMES = (
    '<text class="facing-name" text-anchor="end" x="{}" y="14">{}</text>'
    '<text class="facing-name" x="{}" y="14">{}</text>'
)
ROWS = (
    '<text class="facing-date" x="0" y="{}">{}</text>'
    '<path class="facing-left" d="{}"/><path class="facing-right" d="{}"/>'
)


@dataclass(frozen=True, slots=True)
class Facing:
    """One time: how far each side reaches, 0 to 1, and what it is called."""

    label: str
    left: float
    right: float


def facing_picture(left: str, right: str, rows: Sequence[Facing]) -> SafeString:
    """The drawing. It has no text alternative of its own: the page says the same in words."""
    middle = DATES + REACH + GAP + 2
    height = HEAD + ROW * len(rows)
    return format_html(
        '<svg class="facing" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '{}<line class="facing-line" x1="{}" x2="{}" y1="{}" y2="{}"/>{}</svg>',
        WIDTH,
        height,
        format_html(NAMES, middle - GAP - 5, left, middle + GAP + 5, right),
        middle,
        middle,
        HEAD - 4,
        height,
        format_html_join("", ROWS, _rows(middle, rows)),
    )


def _rows(middle: int, rows: Sequence[Facing]) -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(rows):
        y = HEAD + ROW * number + ROW // 2
        yield y + 4, row.label, _petal(middle, y, -1, row.left), _petal(middle, y, 1, row.right)


def _petal(middle: int, y: int, side: int, reach: float) -> str:
    """A half round beside the line, drawn out to a soft tip."""
    start = middle + side * GAP
    length = max(2.0, reach * REACH)
    bend, tip = start + side * length * 0.55, start + side * length
    bend, tip = round(bend, 1), round(tip, 1)
    return (
        f"M{start} {y - HALF} C{bend} {y - HALF} {tip} {y - HALF / 2:g} {tip} {y} "
        f"C{tip} {y + HALF / 2:g} {bend} {y + HALF} {start} {y + HALF} Z"
    )
