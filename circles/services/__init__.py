"""Every write about who sits where. The database has the last word (see `Membership`)."""

from circles.services.invitations import (
    accept_invitation,
    decline_invitation,
    end_link,
    invite,
    join_by_link,
    renew_link,
    withdraw_invitation,
)
from circles.services.requests import (
    accept_request,
    ask_to_join,
    before_asking,
    decline_request,
    may_become_two,
    withdraw_request,
)
from circles.services.seats import (
    after_leaving,
    after_seating,
    close,
    end_seat,
    leave,
    leave_everything,
    locked,
    make_room,
    present,
    reopen,
    take_seat,
)

__all__ = [
    "accept_invitation",
    "accept_request",
    "after_leaving",
    "after_seating",
    "ask_to_join",
    "before_asking",
    "close",
    "decline_invitation",
    "decline_request",
    "end_link",
    "end_seat",
    "invite",
    "join_by_link",
    "leave",
    "leave_everything",
    "locked",
    "make_room",
    "may_become_two",
    "present",
    "renew_link",
    "reopen",
    "take_seat",
    "withdraw_invitation",
    "withdraw_request",
]
