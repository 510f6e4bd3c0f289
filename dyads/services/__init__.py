"""Every write that is a dyad's own, by noun."""

from dyads.services.agreeing import change
from dyads.services.beginning import begin, keep_pair
from dyads.services.drawing import draw, draw_again, pair_now, pair_where_due
from dyads.services.introducing import introduce, sitting
from dyads.services.meeting import (
    ask_for_times,
    first_over,
    let_be,
    note_meeting,
    nudge_where_due,
    say_met,
    take_time,
)
from dyads.services.pairing_up import pair_up
from dyads.services.places import withdraw_who_left
from dyads.services.publishing import publish, publish_where_due
from dyads.services.rhythms import open_where_due

__all__ = [
    "ask_for_times",
    "begin",
    "change",
    "draw",
    "draw_again",
    "first_over",
    "introduce",
    "keep_pair",
    "let_be",
    "note_meeting",
    "nudge_where_due",
    "open_where_due",
    "pair_now",
    "pair_up",
    "pair_where_due",
    "publish",
    "publish_where_due",
    "say_met",
    "sitting",
    "take_time",
    "withdraw_who_left",
]
