"""Writing in the private place, by noun."""

from selfwork.services.keys import delete_everything, destroy_keys, vault_of
from selfwork.services.parts import (
    delete_letter,
    delete_part,
    describe_part,
    meet_part,
    set_aside,
    write_letter,
)
from selfwork.services.rotation import rotate_keys

__all__ = [
    "delete_everything",
    "delete_letter",
    "delete_part",
    "describe_part",
    "destroy_keys",
    "meet_part",
    "rotate_keys",
    "set_aside",
    "vault_of",
    "write_letter",
]
