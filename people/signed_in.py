"""Who is asking, as a Person and not as a maybe."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from people.models import Person


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; PermissionDenied for a visitor."""
    if isinstance(request.user, Person):
        return request.user
    raise PermissionDenied
