"""Links in mails: absolute, and signed where they act without signing in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from notifications.kinds import Kind, find
from people.models import Person

SALT = "notifications.stop"


def absolute(path: str) -> str:
    """A path of this site as a full address."""
    return f"{settings.SITE_URL}{path}"


def stop_url(person: Person, kind: Kind) -> str:
    """The one-click address that stops one kind of mail to one person (RFC 8058)."""
    token = signing.dumps([person.pk, kind.slug], salt=SALT, compress=False)
    return absolute(reverse("notifications:stop", args=[token]))


def read_stop_token(token: str) -> tuple[Person, Kind] | None:
    """Who wants to stop what; None for a forged or outlived link."""
    try:
        pk, slug = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=pk).first()
    kind = find(slug)
    return (person, kind) if person and kind and kind.can_be_stopped else None
