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
from selfwork.services.parallel import (
    NobodyThere,
    OthersThere,
    carry,
    delete_note,
    note_of_meeting,
    readers_in,
    rewrite_note,
    take_back_line,
)
from selfwork.services.parts import delete_part, describe_part, meet_part, set_aside
from selfwork.services.rotation import rotate_keys

__all__ = [
    "NobodyThere",
    "OthersThere",
    "begin_conversation",
    "carry",
    "delete_conversation",
    "delete_everything",
    "delete_note",
    "delete_part",
    "delete_turn",
    "describe_part",
    "destroy_keys",
    "end_conversation",
    "keep_unsent",
    "meet_part",
    "note_of_meeting",
    "put_away",
    "readers_in",
    "rewrite_note",
    "rotate_keys",
    "say",
    "set_aside",
    "take_back_line",
    "vault_of",
]
