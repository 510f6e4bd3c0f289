"""Every write that is a dyad's own, by noun."""

from dyads.services.agreeing import change
from dyads.services.beginning import begin, keep_pair
from dyads.services.drawing import draw, draw_again, pair_now, pair_where_due
from dyads.services.introducing import introduce
from dyads.services.pairing_up import pair_up
from dyads.services.places import withdraw_who_left
from dyads.services.publishing import publish, publish_where_due
from dyads.services.rhythms import open_where_due

__all__ = [
    "begin",
    "change",
    "draw",
    "draw_again",
    "introduce",
    "keep_pair",
    "open_where_due",
    "pair_now",
    "pair_up",
    "pair_where_due",
    "publish",
    "publish_where_due",
    "withdraw_who_left",
]
