"""Every write about help from outside. The database has the last word (see `HelpPart`).

Rows are locked in one order, here as everywhere: the table, its congregation, the request.
"""

from congregation.services.help.asking import ask_mediator, ask_visitor, take_back
from congregation.services.help.mediating import close_mediation, keep, let_go, set_talk
from congregation.services.help.offering import agree, be_glad, decline, offer, step_back
from congregation.services.help.seats import farewell, sat_down, stood_up

__all__ = [
    "agree",
    "ask_mediator",
    "ask_visitor",
    "be_glad",
    "close_mediation",
    "decline",
    "farewell",
    "keep",
    "let_go",
    "offer",
    "sat_down",
    "set_talk",
    "step_back",
    "stood_up",
    "take_back",
]
