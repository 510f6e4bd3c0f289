"""Every write about practices, by noun."""

from library.services.drafts import begin_draft, change_draft, delete_draft, let_go
from library.services.editions import bring_back
from library.services.learnings import hide_learning, share, take_learning_back
from library.services.permission import may_publish, possible_homes
from library.services.programmes import ship_programmes, shipped_programmes
from library.services.publishing import finished, homes_for, offer, publish, send_back, take_back
from library.services.shipping import TEXTS, ship_practices, shipped_texts

__all__ = [
    "TEXTS",
    "begin_draft",
    "bring_back",
    "change_draft",
    "delete_draft",
    "finished",
    "hide_learning",
    "homes_for",
    "let_go",
    "may_publish",
    "offer",
    "possible_homes",
    "publish",
    "send_back",
    "share",
    "ship_practices",
    "ship_programmes",
    "shipped_programmes",
    "shipped_texts",
    "take_back",
    "take_learning_back",
]
