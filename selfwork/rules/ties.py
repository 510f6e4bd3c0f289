"""How two parts relate, said from either side.

A tie goes one way, and there is one each way at most; a quarrel goes both ways, and is kept once,
in whichever direction is free.
"""

from collections.abc import Mapping

PROTECTS, QUARRELS, COMFORTS = "protects", "quarrels", "comforts"

# How it is said of a part: the kind, and whether it goes from the other part to this one.
WAYS = {
    "protects": (PROTECTS, False),
    "is_protected": (PROTECTS, True),
    "quarrels": (QUARRELS, False),
    "comforts": (COMFORTS, False),
    "is_comforted": (COMFORTS, True),
}
Tied = Mapping[bool, str]


def slot(kind: str, turned: bool, tied: Tied) -> bool | None:
    """In which direction a new tie is kept: False from this part, True toward it, None in neither.

    `tied`: the kinds that are there, by direction. None when the direction is taken by another
    kind; a quarrel can make room, see `makes_room`.
    """
    if kind == QUARRELS:
        for direction in (False, True):
            if tied.get(direction) == QUARRELS:
                return direction
        return next((one for one in (turned, not turned) if one not in tied), None)
    if turned not in tied or tied[turned] == kind or makes_room(turned, tied):
        return turned
    return None


def makes_room(direction: bool, tied: Tied) -> bool:
    """Whether a quarrel lies in this direction that can lie in the other one as well."""
    return tied.get(direction) == QUARRELS and (not direction) not in tied
