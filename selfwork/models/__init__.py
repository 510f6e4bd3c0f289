"""Data of self-work, by noun. Every word of it is sealed; there is no admin class, no search
index and no export but the owner's own."""

from selfwork.models.conversation import Conversation, Turn, Unsent, Voice
from selfwork.models.entry import CheckIn, Entry
from selfwork.models.key import Door, KeyToDestroy, PersonKey, SelfCircle
from selfwork.models.parallel import CarriedLine, Noticed
from selfwork.models.part import Colour, Part, Shape, Tie, TieKind

__all__ = [
    "CarriedLine",
    "CheckIn",
    "Colour",
    "Conversation",
    "Door",
    "Entry",
    "KeyToDestroy",
    "Noticed",
    "Part",
    "PersonKey",
    "SelfCircle",
    "Shape",
    "Tie",
    "TieKind",
    "Turn",
    "Unsent",
    "Voice",
]
