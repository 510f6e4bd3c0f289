"""The table seen from above: seats around it, cups for those who come."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class TableSeat:
    """One chair. `cup` is "yes", "maybe" or ""; an open seat has no name."""

    name: str = ""
    initials: str = ""
    cup: str = ""
    is_me: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody sits here yet."""
        return not self.name


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths of one size of the picture, in its own units."""

    width: float
    height: float
    table: float
    ring: float
    seat: float
    cups: float


SMALL = Measures(width=360, height=360, table=110, ring=148, seat=28, cups=83)
LARGE = Measures(width=430, height=444, table=128, ring=162, seat=24, cups=101)

PLANKS = (-0.58, -0.2, 0.19, 0.6)
# x, y, bend and length of each line in the wood, for a table of radius 1.
GRAIN = (
    (-0.88, -0.32, 0.039, 1.09),
    (-0.70, -0.49, -0.001, 0.73),
    (-0.49, -0.55, 0.037, 0.74),
    (-0.32, -0.86, 0.025, 0.77),
    (-0.08, -0.96, 0.009, 1.05),
    (0.10, -0.24, 0.019, 1.22),
    (0.29, -0.29, -0.029, 0.89),
    (0.46, -0.67, 0.012, 1.08),
    (0.71, -0.25, 0.026, 0.74),
    (0.87, -0.54, -0.008, 0.89),
)


def table_picture(
    seats: Sequence[TableSeat], title: str, *, small: bool = False, key: str = "table"
) -> SafeString:
    """The picture, with `title` as its text alternative; "" for one that only decorates.

    The first seat is nearest the reader.
    `key` tells two tables on one page apart.
    """
    size = SMALL if small else LARGE
    x, y = size.width / 2, size.height / 2
    parts = [
        _seat(seat, _angle(number, len(seats)), size, (x, y), named=not small)
        for number, seat in enumerate(seats)
    ]
    return format_html(
        '<svg class="table{}" viewBox="0 0 {} {}" {}'
        '<clipPath id="{}-c"><circle cx="{}" cy="{}" r="{}"/></clipPath>'
        '<circle class="table-top" cx="{}" cy="{}" r="{}"/>'
        '<g clip-path="url(#{}-c)">{}</g>{}</svg>',
        " is-small" if small else "",
        _n(size.width),
        _n(size.height),
        _alternative(title, key),
        key,
        _n(x),
        _n(y),
        _n(size.table - 3),
        _n(x),
        _n(y),
        _n(size.table),
        key,
        _wood(size.table, x, y),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _alternative(title: str, key: str) -> SafeString:
    if not title:
        return format_html('aria-hidden="{}">', "true")
    return format_html(
        'role="img" aria-labelledby="{}-t"><title id="{}-t">{}</title>', key, key, title
    )


def _angle(number: int, of: int) -> float:
    """From the reader's own place at the bottom, clockwise."""
    return pi / 2 + 2 * pi * number / max(of, 1)


def _seat(
    seat: TableSeat, angle: float, size: Measures, middle: tuple[float, float], *, named: bool
) -> SafeString:
    dx, dy = cos(angle), sin(angle)
    x, y = middle[0] + size.ring * dx, middle[1] + size.ring * dy
    kind = "seat seat-open" if seat.is_open else "seat seat-me" if seat.is_me else "seat"
    chair = format_html(
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind, _n(x), _n(y), size.seat
    )
    initials = format_html(
        '<text class="seat-initials" x="{}" y="{}">{}</text>',
        _n(x),
        _n(y + 0.8),
        "+" if seat.is_open else seat.initials,
    )
    name = ""
    if named and seat.name:
        name_y = y - size.seat - 10 if dy < -0.3 else y + size.seat + 20
        name = format_html(
            '<text class="seat-name" x="{}" y="{}" text-anchor="middle">{}</text>',
            _n(min(max(x, 44), size.width - 44)),
            _n(name_y),
            _short(seat.name),
        )
    cup = _cup(seat.cup, middle[0] + size.cups * dx, middle[1] + size.cups * dy, -dy, dx)
    return format_html("{}{}{}{}", chair, initials, cup, name)


def _cup(answer: str, x: float, y: float, tx: float, ty: float) -> SafeString | str:
    """A cup whose handle points along the table's edge; dashed for maybe."""
    if answer not in {"yes", "maybe"}:
        return ""
    return format_html(
        '<g class="cup cup-{}"><circle class="handle" cx="{}" cy="{}" r="4.5"/>'
        '<circle cx="{}" cy="{}" r="11"/><circle class="tea" cx="{}" cy="{}" r="7.5"/></g>',
        "coming" if answer == "yes" else "maybe",
        _n(x + 11.5 * tx),
        _n(y + 11.5 * ty),
        _n(x),
        _n(y),
        _n(x),
        _n(y),
    )


@lru_cache(maxsize=8)
def _wood(radius: float, x: float, y: float) -> SafeString:
    planks = format_html_join(
        "",
        '<path class="plank" d="M{} {}V{}"/>',
        ((_n(x + radius * plank), _n(y - radius), _n(y + radius)) for plank in PLANKS),
    )
    grain = format_html_join(
        "",
        '<path class="grain" d="M{} {}c{} {} {} {} {} {}"/>',
        (
            (
                _n(x + radius * gx),
                _n(y + radius * gy),
                _n(-radius * bend),
                _n(radius * length * 0.3),
                _n(radius * bend),
                _n(radius * length * 0.6),
                _n(-radius * bend * 0.3),
                _n(radius * length),
            )
            for gx, gy, bend, length in GRAIN
        ),
    )
    return format_html("{}{}", planks, grain)


def _short(name: str) -> str:
    return name if len(name) <= 12 else f"{name[:11]}…"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
