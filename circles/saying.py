"""Saying what came of a press: that it is done, or the rule that was in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from circles.errors import CircleError


@contextmanager
def saying(request: HttpRequest, said: str = "") -> Iterator[None]:
    """Say so once it is done; where a CircleError was in the way, say that instead and go on."""
    try:
        yield
    except CircleError as error:
        messages.warning(request, str(error))
    else:
        if said:
            messages.success(request, said)
