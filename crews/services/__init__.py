"""Every write that is a crew's own, by noun. Of rounds: `rounds` and `round_hands`."""

from crews.services.answers import accept_seat, let_go_of_proposed, step_out, take_back
from crews.services.calls import call
from crews.services.drawing import ask_for_drawing, draw, stop_drawing, take_up_silent
from crews.services.mending import settle_early, tend_rounds
from crews.services.moving import lock_table, move_to, name_table
from crews.services.offers import (
    close_offers,
    forget_offers,
    not_for_me,
    offer_seats,
    raise_hand,
)
from crews.services.publishing import publish
from crews.services.tables import agree, change

__all__ = [
    "accept_seat",
    "agree",
    "ask_for_drawing",
    "call",
    "change",
    "close_offers",
    "draw",
    "forget_offers",
    "let_go_of_proposed",
    "lock_table",
    "move_to",
    "name_table",
    "not_for_me",
    "offer_seats",
    "publish",
    "raise_hand",
    "settle_early",
    "step_out",
    "stop_drawing",
    "take_back",
    "take_up_silent",
    "tend_rounds",
]
