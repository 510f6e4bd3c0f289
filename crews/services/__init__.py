"""Every write that is a crew's own, by noun. Of rounds: `rounds` and `round_hands`."""

from crews.services.agreements import accept, agree, leave_it, let_go_of_reopening, reopen
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
    carry_on,
    decided_by_splitting,
    end,
    may_take_back,
    meetings_are_set,
    renew,
    rest,
    take_back_decision,
    wake,
)
from crews.services.drawing import ask_for_drawing, draw, stop_drawing, take_up_silent
from crews.services.first_time import common_hours, take_first_time
from crews.services.going import (
    begin_with_a_meeting,
    forget_go,
    let_call_rest,
    may_let_rest,
    say_go,
    take_go_back,
    take_up_call,
)
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
from crews.services.quiet import ask_the_quiet, rests, still_meets
from crews.services.splits import (
    call_split_off,
    change_table,
    give_place,
    give_up_place,
    name_tables,
    open_split,
    place_at_two_tables,
    say_it_suits,
    stay_here,
    stay_one_table,
    tables_of,
)
from crews.services.tables import change
from crews.services.turning_away import last_seat_taken, no_hands_while_it_rests

__all__ = [
    "accept",
    "accept_seat",
    "add_hours",
    "agree",
    "answer",
    "ask_for_another_hour",
    "ask_for_drawing",
    "ask_the_quiet",
    "ask_where_due",
    "ask_who_sits_down",
    "begin_cycles",
    "begin_with_a_meeting",
    "call",
    "call_split_off",
    "carry_on",
    "change",
    "change_table",
    "close_offers",
    "common_hours",
    "decided_by_splitting",
    "draw",
    "end",
    "forget_answer",
    "forget_go",
    "forget_offers",
    "give_place",
    "give_up_place",
    "hide_learned",
    "last_seat_taken",
    "leave_it",
    "let_call_rest",
    "let_go_of_proposed",
    "let_go_of_reopening",
    "lock_table",
    "look_back_then",
    "may_let_rest",
    "may_take_back",
    "meetings_are_set",
    "move_to",
    "name_table",
    "name_tables",
    "no_hands_while_it_rests",
    "not_for_me",
    "offer_seats",
    "open_split",
    "open_where_due",
    "page_is_open",
    "part",
    "place_at_two_tables",
    "publish",
    "raise_hand",
    "renew",
    "reopen",
    "rest",
    "rests",
    "say_go",
    "say_it_suits",
    "settle_early",
    "share_learned",
    "stay_here",
    "stay_one_table",
    "step_out",
    "still_meets",
    "stop_drawing",
    "tables_of",
    "take_back",
    "take_back_decision",
    "take_first_time",
    "take_go_back",
    "take_learned_back",
    "take_up_call",
    "take_up_silent",
    "tend_rounds",
    "wake",
]
