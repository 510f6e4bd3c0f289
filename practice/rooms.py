"""A room on the web for a circle: an address that nobody can guess."""

import secrets

from django.conf import settings


def new_room() -> str:
    """A new address at ROOM_BASE_URL, a place that makes a room of any name (as Jitsi does).

    128 random bits, so that nobody drops in who was not given it.
    """
    return f"{settings.ROOM_BASE_URL}/common-table-{secrets.token_hex(16)}"
