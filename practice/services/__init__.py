"""Every write about meetings, by noun."""

from practice.rules.layout import AHEAD
from practice.services.answers import answer, let_go
from practice.services.attendance import note_attendance
from practice.services.details import change_details
from practice.services.feeds import (
    change_feed,
    make_feed,
    note_read,
    remove_feed,
    renew_feed,
)
from practice.services.guests import (
    at_table,
    invite_guest,
    let_guests_go,
    may_be_guests,
    seat_the_guest,
    take_back_guest,
    welcomes_guests,
)
from practice.services.holding import begin, follow_practice, may_hold, note_here, press
from practice.services.hosting import share_hosting, share_hosting_anew
from practice.services.hours import ask_for_hours
from practice.services.news import SECOND_THOUGHTS, forget_old_news
from practice.services.notes import change_note, delete_note, write_note
from practice.services.pauses import end_pause, pause
from practice.services.permission import may_plan, takes_part
from practice.services.polls import (
    REMIND_AFTER,
    answer_poll,
    change_poll,
    close_poll,
    end_poll,
    let_go_of_polls,
    open_poll,
    remind,
)
from practice.services.programmes import Before, put_back, take_on
from practice.services.reminders import choose_reminders, reminder_rules
from practice.services.replies import reply
from practice.services.rhythms import FURTHEST, after_planning, extend_rhythms, set_rhythm
from practice.services.roles import swap_roles
from practice.services.sessions import cancel, move, move_following, take_back
from practice.services.standing import add_role, begin_with_roles, change_role, drop_role

__all__ = [
    "AHEAD",
    "FURTHEST",
    "REMIND_AFTER",
    "SECOND_THOUGHTS",
    "Before",
    "add_role",
    "after_planning",
    "answer",
    "answer_poll",
    "ask_for_hours",
    "at_table",
    "begin",
    "begin_with_roles",
    "cancel",
    "change_details",
    "change_feed",
    "change_note",
    "change_poll",
    "change_role",
    "choose_reminders",
    "close_poll",
    "delete_note",
    "drop_role",
    "end_pause",
    "end_poll",
    "extend_rhythms",
    "follow_practice",
    "forget_old_news",
    "invite_guest",
    "let_go",
    "let_go_of_polls",
    "let_guests_go",
    "make_feed",
    "may_be_guests",
    "may_hold",
    "may_plan",
    "move",
    "move_following",
    "note_attendance",
    "note_here",
    "note_read",
    "open_poll",
    "pause",
    "press",
    "put_back",
    "remind",
    "reminder_rules",
    "remove_feed",
    "renew_feed",
    "reply",
    "seat_the_guest",
    "set_rhythm",
    "share_hosting",
    "share_hosting_anew",
    "swap_roles",
    "take_back",
    "take_back_guest",
    "take_on",
    "takes_part",
    "welcomes_guests",
    "write_note",
]
