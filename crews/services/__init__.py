"""Every write that is a crew's own, by noun. Of rounds: `rounds` and `round_hands`."""

from crews.services.calls import call
from crews.services.drawing import ask_for_drawing, draw, stop_drawing, take_up_silent
from crews.services.moving import lock_table, move_to, name_table
from crews.services.publishing import publish
from crews.services.tables import agree, change

__all__ = [
    "agree",
    "ask_for_drawing",
    "call",
    "change",
    "draw",
    "lock_table",
    "move_to",
    "name_table",
    "publish",
    "stop_drawing",
    "take_up_silent",
]
