"""Every write that is a crew's own, by noun. Of rounds: `rounds` and `round_hands`."""

from crews.services.another_hour import add_hours, ask_for_another_hour
from crews.services.answers import accept_seat, let_go_of_proposed, step_out, take_back
from crews.services.calls import call
from crews.services.cycles import (
    answer,
    ask_where_due,
    ask_who_sits_down,
    begin_cycles,
    forget_answer,
    look_back_then,
    open_where_due,
)
from crews.services.deciding import (
    become_two,
    carry_on,
    end,
    may_take_back,
    renew,
    rest,
    take_back_decision,
    wake,
)
from crews.services.drawing import ask_for_drawing, draw, stop_drawing, take_up_silent
from crews.services.goodbyes import page_is_open, part
from crews.services.learned import hide_learned, share_learned, take_learned_back
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
    "add_hours",
    "agree",
    "answer",
    "ask_for_another_hour",
    "ask_for_drawing",
    "ask_where_due",
    "ask_who_sits_down",
    "become_two",
    "begin_cycles",
    "call",
    "carry_on",
    "change",
    "close_offers",
    "draw",
    "end",
    "forget_answer",
    "forget_offers",
    "hide_learned",
    "let_go_of_proposed",
    "lock_table",
    "look_back_then",
    "may_take_back",
    "move_to",
    "name_table",
    "not_for_me",
    "offer_seats",
    "open_where_due",
    "page_is_open",
    "part",
    "publish",
    "raise_hand",
    "renew",
    "rest",
    "settle_early",
    "share_learned",
    "step_out",
    "stop_drawing",
    "take_back",
    "take_back_decision",
    "take_learned_back",
    "take_up_silent",
    "tend_rounds",
    "wake",
]
