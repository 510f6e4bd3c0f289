"""Told at the start rather than to the first person who wants to write."""

from typing import Any

from django.core.checks import Error, Tags, register

from selfwork.vault import VaultError, check_keys


@register(Tags.security)
def keys_are_keys(**options: Any) -> list[Error]:
    """Each of SELFWORK_KEYS is one."""
    try:
        check_keys()
    except VaultError as error:
        return [Error(str(error), hint="docs/running.md says how to make one.", id="selfwork.E001")]
    return []
