"""Writing in the private place, by noun."""

from selfwork.services.conversations import (
    begin_conversation,
    delete_conversation,
    delete_turn,
    end_conversation,
    keep_unsent,
    put_away,
    say,
)
from selfwork.services.keys import delete_everything, destroy_keys, vault_of
from selfwork.services.parts import delete_part, describe_part, meet_part, set_aside
from selfwork.services.rotation import rotate_keys

__all__ = [
    "begin_conversation",
    "delete_conversation",
    "delete_everything",
    "delete_part",
    "delete_turn",
    "describe_part",
    "destroy_keys",
    "end_conversation",
    "keep_unsent",
    "meet_part",
    "put_away",
    "rotate_keys",
    "say",
    "set_aside",
    "vault_of",
]
