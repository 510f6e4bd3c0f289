"""What kind of dyad it is, and how the two mean to meet, in words."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dyads.models import Dyad
from practice.showing.often import how_often
from practice.showing.wording import in_words


def plan_in_words(dyad: Dyad, *, capital: bool = True) -> str:
    """ "Every second week, 45 minutes, six times"."""
    if dyad.meetings == 1:
        said = _("once, {minutes} minutes").format(minutes=dyad.minutes)
    else:
        said = _("{often}, {minutes} minutes, {count} times").format(
            often=how_often(dyad.weeks), minutes=dyad.minutes, count=in_words(dyad.meetings)
        )
    return capfirst(said) if capital else said


def kind_in_words(dyad: Dyad) -> str:
    """ "Practice partners", or the two's own word."""
    if dyad.kind == Dyad.Kind.STEWARDING:
        return _("Stewarding")
    return dyad.own_kind or dyad.get_kind_display()


def who_supports(dyad: Dyad, seat: int, other: str, *, is_agreed: bool) -> str:
    """Who supports whom, to the one on this seat; nothing where it goes both ways."""
    if not dyad.goes_one_way:
        return ""
    if dyad.steward_seat == seat:
        said = _("You support {other}.") if is_agreed else _("You would support {other}.")
    else:
        said = _("{other} supports you.") if is_agreed else _("{other} would support you.")
    return said.format(other=other)
