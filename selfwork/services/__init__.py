"""Writing in the private place, by noun."""

from selfwork.services.check_ins import check_in, delete_check_in
from selfwork.services.conversations import (
    begin_conversation,
    delete_conversation,
    delete_turn,
    end_conversation,
    keep_unsent,
    put_away,
    say,
)
from selfwork.services.door import set_door, set_would_call
from selfwork.services.entries import (
    begin_entry,
    come_to,
    delete_entry,
    end_entry,
    keep_beside,
    keep_step,
    let_answer,
    name_part,
)
from selfwork.services.keys import circle_of, delete_everything, destroy_keys, vault_of
from selfwork.services.map import change_tie, place_part, relate, untie
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
    "begin_entry",
    "carry",
    "change_tie",
    "check_in",
    "circle_of",
    "come_to",
    "delete_check_in",
    "delete_conversation",
    "delete_entry",
    "delete_everything",
    "delete_note",
    "delete_part",
    "delete_turn",
    "describe_part",
    "destroy_keys",
    "end_conversation",
    "end_entry",
    "keep_beside",
    "keep_step",
    "keep_unsent",
    "let_answer",
    "meet_part",
    "name_part",
    "note_of_meeting",
    "place_part",
    "put_away",
    "readers_in",
    "relate",
    "rewrite_note",
    "rotate_keys",
    "say",
    "set_aside",
    "set_door",
    "set_would_call",
    "take_back_line",
    "untie",
    "vault_of",
]
