"""The four nested circles: the mark, the navigation, the welcome picture, the heads."""

from functools import lru_cache
from math import cos, pi, sin, sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# Each ring stands on the bottom of the next: centre and radius in a square of 100.
RINGS = (
    ("congregation", 50.0, 48.0),
    ("crew", 59.4, 36.6),
    ("dyad", 68.8, 25.2),
    ("self", 78.2, 13.8),
)
GOLDEN = pi * (3 - sqrt(5))
MOST_DOTS = 65


def nested_circles() -> SafeString:
    """The large picture: one person, two, five, and the many; with words in the rings."""
    rings = format_html_join(
        "",
        '<circle class="ring ring-{}" cx="300" cy="{}" r="{}"/>',
        ((name, _n(6 * y), _n(6 * r)) for name, y, r in RINGS),
    )
    near = format_html_join(
        "",
        '<circle class="p p-{}" cx="{}" cy="{}" r="9.5"/>',
        (
            ("self", "300", "493.2"),
            ("dyad", "203", "375.6"),
            ("crew", "136.3", "297.6"),
            ("crew", "463.7", "297.6"),
            ("crew", "479.9", "429.5"),
        ),
    )
    many = format_html_join(
        "", '<circle class="p p-congregation" cx="{}" cy="{}" r="6.5"/>', _crowd()
    )
    words = format_html_join(
        "",
        '<text class="nest-word" x="300" y="{}">{}</text>',
        (
            ("72", _("Congregation")),
            ("196.8", _("Crew")),
            ("319.6", _("Dyad")),
            ("440.4", _("Self")),
        ),
    )
    title = _(
        "Four circles, one inside another. The self holds one person, the dyad two, the crew "
        "five, the congregation many."
    )
    return format_html(
        '<svg class="nestbig" viewBox="0 0 600 600" role="img" aria-labelledby="nest-t">'
        '<title id="nest-t">{}</title>{}{}{}{}</svg>',
        title,
        rings,
        near,
        many,
        words,
    )


def _crowd() -> list[tuple[str, str]]:
    """Dots in rows between the ring of the crew and that of the congregation."""
    dots = []
    for row, step, gap in ((0.16, 8.8, 24), (0.4, 9.6, 24), (0.64, 10.6, 0)):
        y, radius = 300 + 56.4 * row, 288 - 68.4 * row
        reach = int((112 - 34 * row) / step)
        for number in range(-reach, reach + 1):
            if abs(number * step) < gap:
                continue
            angle = -pi / 2 + number * step * pi / 180
            dots.append((_n(300 + radius * cos(angle)), _n(y + radius * sin(angle))))
    return dots


@lru_cache(maxsize=512)
def head(scale: str, filled: int, hollow: int = 0) -> SafeString:
    """A circle of the reader's with its people as dots: those they know filled."""
    size, spots = _spots(scale, filled + hollow)
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (
            ("dot", _n(x), _n(y), _n(r))
            if number < filled
            else ("dot-open", _n(x), _n(y), _n(r - 0.5))
            for number, (x, y, r) in enumerate(spots)
        ),
    )
    return format_html(
        '<svg class="head head-{}" viewBox="0 0 {} {}" aria-hidden="true">'
        '<circle class="rim" cx="{}" cy="{}" r="{}"/>{}</svg>',
        scale,
        size,
        size,
        size // 2,
        size // 2,
        size // 2 - 1,
        dots,
    )


def _spots(scale: str, people: int) -> tuple[int, list[tuple[float, float, float]]]:
    if scale == "self":
        return 24, [(12.0, 12.0, 4.0)][:people]
    if scale == "dyad":
        return 44, [(14.5, 22.0, 4.0), (29.5, 22.0, 4.0)][:people]
    if scale == "crew":
        angles = [pi / 2 + 2 * pi * n / max(people, 1) for n in range(min(people, 6))]
        return 76, [(38 + 22 * cos(a), 38 + 22 * sin(a), 4.0) for a in angles]
    spiral = [(6.73 * sqrt(n + 0.35), n * GOLDEN) for n in range(min(people, MOST_DOTS))]
    return 124, [(62 + r * cos(a), 62 + r * sin(a), 3.4) for r, a in spiral]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
