"""Tags for pictures and signs.

{% sprite %}                          the symbols that signs point to; once a page
{% mark %}                            the four bowls, beside the name
{% sign_icon "crew" %}                the small disc in its ring, for navigation
{% sign "crew" "Crew" %}              the same with its word, above a heading
{% nest here %}                       the four circles as navigation, one of them marked
{% nested_circles %}                  the large picture
{% head "crew" filled hollow %}       a circle of the reader's with its people as dots
{% table_picture seats title small=True key="t1" %}
{% day_bar hour minutes %}            a day of 24 hours with one moment marked
"""

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pages.pictures import circles as circle_pictures
from pages.pictures import table as table_pictures
from pages.pictures.table import TableSeat

register = template.Library()

SIGN_DISCS = {
    "self": (18.5, 3.5),
    "dyad": (16.5, 5.5),
    "crew": (14, 8),
    "congregation": (12, 10.75),
}
# Of a marked stretch of the day, so that one just before midnight is still seen.
NARROWEST = 6
SUNRISE = "M2 17.5h20M5.5 17.5a6.5 6.5 0 0 1 13 0M12 4v3M4.2 7.7l2 2M19.8 7.7l-2 2"


@register.simple_tag
@lru_cache(maxsize=1)
def sprite() -> SafeString:
    context = {"rings": circle_pictures.RINGS, "discs": SIGN_DISCS, "sunrise": SUNRISE}
    return render_to_string("pages/sprite.html", context)


@register.simple_tag
def mark() -> SafeString:
    return format_html('<svg class="mark" aria-hidden="true"><use href="#{}"/></svg>', "mark")


@register.simple_tag
def sign_icon(name: str) -> SafeString:
    return format_html('<svg class="sign" aria-hidden="true"><use href="#sign-{}"/></svg>', name)


@register.simple_tag
def sign(scale: str, word: str) -> SafeString:
    return format_html(
        '<p class="scale" data-scale="{}">{}<span class="label">{}</span></p>',
        scale,
        sign_icon(scale),
        word,
    )


@register.simple_tag
def nest(here: str) -> SafeString:
    return _nest(here, get_language())


@lru_cache(maxsize=64)
def _nest(here: str, language: str) -> SafeString:
    """The same for everybody, on every page: drawn once for each place and language."""
    return render_to_string("pages/nest.html", {"here": here, "rings": _nest_rings()})


def _nest_rings() -> SafeString:
    rings = format_html_join(
        "",
        '<circle class="ring ring-{}" cx="50" cy="{}" r="{}"/>',
        circle_pictures.RINGS,
    )
    return format_html(
        '<svg class="nest-rings" viewBox="0 0 100 100" aria-hidden="true">{}</svg>', rings
    )


@register.simple_tag
def nested_circles() -> SafeString:
    return circle_pictures.nested_circles()


@register.simple_tag
def head(scale: str, filled: int, hollow: int = 0) -> SafeString:
    return circle_pictures.head(scale, filled, hollow)


@register.simple_tag
def table_picture(
    seats: Sequence[TableSeat], title: str, small: bool = False, key: str = "table"
) -> SafeString:
    return table_pictures.table_picture(seats, title, small=small, key=key)


@register.simple_tag
def welcome_table() -> SafeString:
    """Five people, a cup in front of each: for the front page."""
    seats = [TableSeat(name=" ", cup="yes") for _ in range(5)]
    return table_pictures.table_picture(seats, "", small=True, key="welcome")


@register.simple_tag
def day_bar(hour: int, minute: int, minutes: int) -> SafeString:
    """A day from midnight to midnight; the bright stretch is 7 to 22 o'clock."""
    width = max(NARROWEST, round(minutes / 6))
    return format_html(
        '<svg class="day" viewBox="0 0 240 20" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="day-night" x="0" y="6" width="70" height="8"/>'
        '<rect class="day-light" x="70" y="6" width="150" height="8"/>'
        '<rect class="day-night" x="220" y="6" width="20" height="8"/>'
        '<rect class="day-now" x="{}" y="1" width="{}" height="18" rx="3"/></svg>',
        min(round(hour * 10 + minute / 6, 1), 240 - width),
        width,
    )
