"""Small shapes around a middle, with lines between them: the parts of somebody, around the self.

Shapes are told apart by form as well as by colour, and so are lines: an arrow, a zigzag, a double
line. static/js/parts-map.js draws the same lines while one drags.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import atan2, degrees, hypot
from unicodedata import category, east_asian_width

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Around 0, 0, about 22 units in each direction, and all of about the same weight.
SHAPES = {
    "round": "M-21 0A21 21 0 1 1 21 0A21 21 0 1 1-21 0Z",
    "square": "M-19-19H19V19H-19Z",
    "triangle": "M0-23L24 18H-24Z",
    "diamond": "M0-25L23 0L0 25L-23 0Z",
    "drop": "M0-27C8-15 19-7 19 5A19 19 0 1 1-19 5C-19-7-8-15 0-27Z",
    "star": "M0-26L7.6-9.5L25.7-7.4L12.3 4.9L15.9 22.8"
    "L0 13.8L-15.9 22.8L-12.3 4.9L-25.7-7.4L-7.6-9.5Z",
}
# A line ends this far from the middle of the shapes that it joins.
GAP = 33
NAME_GAP = 44
# Of two that go both ways, each is drawn a little to its right.
BESIDE = 8
LINE_LONGEST = 15
MIDDLE = 34
SHORTEST = 14


@dataclass(frozen=True, slots=True)
class Around:
    """One shape with its name; `words` says all of it to those who do not see it."""

    key: int
    name: str = field(repr=False)
    words: str = field(repr=False)
    url: str
    save_url: str
    colour: str
    shape: str
    x: int
    y: int
    is_pale: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one shape to another: kind "protects", "quarrels" or "comforts"."""

    one: int
    other: int
    kind: str


@lru_cache(maxsize=64)
def shape_sign(colour: str, shape: str) -> SafeString:
    """A small shape beside a word that says the same."""
    return format_html(
        '<svg class="part-sign is-{}" viewBox="-30 -30 60 60" aria-hidden="true">'
        '<path class="part-shape" d="{}"/></svg>',
        colour,
        SHAPES[shape],
    )


@lru_cache(maxsize=8)
def line_sign(kind: str) -> SafeString:
    """A line of one kind, for the legend."""
    return format_html(
        '<svg class="tie-sign" viewBox="-4 -12 68 24" aria-hidden="true">'
        '<path class="tie-line is-{}" d="{}"/></svg>',
        kind,
        line_path(kind, 60),
    )


def around_picture(
    shapes: Sequence[Around], lines: Sequence[Line], *, half: int, rings: Sequence[int], said: str
) -> SafeString:
    """The picture: `half` its width from the middle, `said` its title in words."""
    where = {shape.key: shape for shape in shapes}
    both = {(line.other, line.one) for line in lines}
    drawn = [
        _line(line, where[line.one], where[line.other], (line.one, line.other) in both)
        for line in lines
        if line.one in where and line.other in where
    ]
    return format_html(
        '<svg class="parts-map" viewBox="{0} {0} {1} {1}" role="group"'
        ' aria-labelledby="parts-map-t" data-parts-map data-half="{2}">'
        '<title id="parts-map-t">{3}</title>{4}{5}'
        '<g aria-hidden="true"><circle class="map-self" r="{6}"/>'
        '<circle class="map-self-dot" r="7"/></g>{7}</svg>',
        -half,
        2 * half,
        half,
        said,
        format_html_join("", '<circle class="map-ring" r="{}"/>', ((ring,) for ring in rings)),
        format_html('<g aria-hidden="true">{}</g>', _joined(drawn)),
        MIDDLE,
        _joined([_shape(shape) for shape in shapes]),
    )


def _joined(pieces: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _shape(shape: Around) -> SafeString:
    kind = f"map-part is-{shape.colour}"
    kind += " is-pale" * shape.is_pale + " is-chosen" * shape.is_chosen
    return format_html(
        '<a class="{}" href="{}" aria-label="{}" draggable="false" data-part="{}"'
        ' data-save-url="{}" data-x="{}" data-y="{}" transform="translate({} {})">'
        '<circle class="map-hit" r="32"/><path class="part-shape" d="{}"/>'
        '<text class="map-name" y="44">{}</text></a>',
        kind,
        shape.url,
        shape.words,
        shape.key,
        shape.save_url,
        shape.x,
        shape.y,
        shape.x,
        shape.y,
        SHAPES[shape.shape],
        format_html_join(
            "",
            '<tspan x="0" dy="{}">{}</tspan>',
            ((17 if number else 0, line) for number, line in enumerate(short_lines(shape.name))),
        ),
    )


def _line(line: Line, one: Around, other: Around, is_beside: bool) -> SafeString:
    across, down = other.x - one.x, other.y - one.y
    away = hypot(across, down) or 1
    begin, end = _gap(down / away), _gap(-down / away)
    beside = BESIDE if is_beside else 0
    return format_html(
        '<g data-one="{}" data-other="{}" data-kind="{}" data-beside="{}" transform="{}">'
        '<path class="tie-line is-{}" d="{}"/></g>',
        line.one,
        line.other,
        line.kind,
        beside,
        f"translate({one.x} {one.y}) rotate({degrees(atan2(down, across)):.1f}) "
        f"translate({begin:.1f} {beside})",
        line.kind,
        line_path(line.kind, max(SHORTEST, away - begin - end)),
    )


def _gap(downward: float) -> float:
    """How far from a shape its line begins: farther below, where the name stands."""
    return GAP + NAME_GAP * max(0.0, downward)


def line_path(kind: str, length: float) -> str:
    """A line of a kind along x: an arrow, a zigzag, or a double line with a round head."""
    end = round(length, 1)
    if kind == "quarrels":
        teeth = max(2, round(end / 9))
        points = "".join(
            f"L{end * (tooth + 0.5) / teeth:.1f} {-6 if tooth % 2 else 6}" for tooth in range(teeth)
        )
        return f"M0 0{points}L{end} 0"
    if kind == "comforts":
        inner = round(end - 8, 1)
        return f"M0-3H{inner}M0 3H{inner}M{inner} 0a4 4 0 1 1 8 0a4 4 0 1 1-8 0"
    return f"M0 0H{end}M{round(end - 10, 1)}-7L{end} 0L{round(end - 10, 1)} 7"


def short_lines(name: str) -> list[str]:
    """A name in at most two short lines, cut off with “…” where it is longer."""
    words, lines = name.split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) > LINE_LONGEST:
            lines.append(word)
        else:
            lines[-1] = longer
    first, *others = lines
    if _width(first) > LINE_LONGEST:
        return [_cut(first)]
    return [first, _cut(" ".join(others))] if others else [first]


def _cut(line: str) -> str:
    if _width(line) <= LINE_LONGEST:
        return line
    kept = ""
    for letter in line:
        if _width(kept + letter) > LINE_LONGEST - 1:
            break
        kept += letter
    # Nothing that joins what comes after stays at the end.
    while kept and category(kept[-1]) in {"Mn", "Cf", "Zs"}:
        kept = kept[:-1]
    return f"{kept}…"


def _width(line: str) -> float:
    """In letters of ordinary width, roughly."""
    return sum(map(_letter, line))


def _letter(letter: str) -> float:
    if category(letter) in {"Mn", "Cf"}:
        return 0
    if east_asian_width(letter) in "WF":
        return 2
    if letter in "WMmw@—":
        return 1.7
    if letter in "iljtfrI.,:;’'! ":
        return 0.6
    return 1.25 if letter.isupper() else 1
