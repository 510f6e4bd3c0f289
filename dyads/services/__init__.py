"""Every write that is a dyad's own, by noun."""

from dyads.services.agreeing import change
from dyads.services.beginning import begin, keep_pair, require_none_yet
from dyads.services.blocking import block
from dyads.services.consents import allow_to_be_seen
from dyads.services.drawing import draw, draw_again, pair_now, pair_where_due
from dyads.services.ending import answer_look_back, ask_look_back, ask_where_due
from dyads.services.introducing import introduce
from dyads.services.meeting import (
    ask_for_times,
    first_over,
    let_be,
    note_meeting,
    nudge_where_due,
    say_met,
    take_time,
)
from dyads.services.mirrors import (
    answer_mirror,
    ask_by_rhythm,
    ask_mirror,
    choose_rhythm,
    not_now,
    put_old_away,
    withdraw_answers,
)
from dyads.services.moving import put_together, separate
from dyads.services.openness import say_how_many, with_enough
from dyads.services.outcomes import (
    as_before,
    close_together,
    close_where_due,
    forget_who_leaves,
    go_on,
    meetings_are_set,
    page_is_open,
    rest_until,
    say_thanks,
    wake,
)
from dyads.services.pairing_up import pair_up
from dyads.services.places import withdraw_who_left
from dyads.services.publishing import (
    ask_to_publish,
    publish,
    publish_by_job,
    publish_where_due,
)
from dyads.services.rhythms import open_where_due
from dyads.services.shared import sitting
from dyads.services.trios import (
    answer_trio,
    ask_to_be_three,
    end_trios_where_due,
    take_first_place,
    two_of,
)

__all__ = [
    "allow_to_be_seen",
    "answer_look_back",
    "answer_mirror",
    "answer_trio",
    "as_before",
    "ask_by_rhythm",
    "ask_for_times",
    "ask_look_back",
    "ask_mirror",
    "ask_to_be_three",
    "ask_to_publish",
    "ask_where_due",
    "begin",
    "block",
    "change",
    "choose_rhythm",
    "close_together",
    "close_where_due",
    "draw",
    "draw_again",
    "end_trios_where_due",
    "first_over",
    "forget_who_leaves",
    "go_on",
    "introduce",
    "keep_pair",
    "let_be",
    "meetings_are_set",
    "not_now",
    "note_meeting",
    "nudge_where_due",
    "open_where_due",
    "page_is_open",
    "pair_now",
    "pair_up",
    "pair_where_due",
    "publish",
    "publish_by_job",
    "publish_where_due",
    "put_old_away",
    "put_together",
    "require_none_yet",
    "rest_until",
    "say_how_many",
    "say_met",
    "say_thanks",
    "separate",
    "sitting",
    "take_first_place",
    "take_time",
    "two_of",
    "wake",
    "with_enough",
    "withdraw_answers",
    "withdraw_who_left",
]
