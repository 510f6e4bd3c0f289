"""What somebody sent when their login had expired, kept until they have come in again; or what
they sent when a second look was due, until they have shown who they are.

The fields are sealed with a key that only the browser holds, in a cookie; the sealed words lie
in the cache, where they vanish after half an hour, in a place that only the same person is led
to. So they stand in no database and in no backup, neither the cache nor the browser alone can
open them, and whoever else signs in finds nothing. One person has one such place: abuse of it
fills nothing.

Who had been signed in is known from another cookie, a keyed hash of the person's number. A form
whose CSRF token still fits was drawn for that person, since every login makes a new token.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

KEY, HERE = "kept_key", "was_here"
SECONDS = 30 * 60
# Longer than a login lasts, so that it outlives one.
HERE_SECONDS = 60 * 24 * 60 * 60
MOST_BYTES = 1_000_000
# Pages of the second look, on the way to sending what is kept.
LOOKS = {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "people:look",
}
# Passwords, codes and what a passkey answered are never kept.
SECRETS = re.compile("passw|code|token|secret|credential", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where it was sent, the page it was sent from, and the fields as they were typed."""

    path: str
    came_from: str
    fields: list[tuple[str, str]]

    @property
    def words(self) -> list[str]:
        """Those fields that somebody wrote, to be recognised by."""
        values = [value for _, value in self.fields]
        return [value for value in values if " " in value.strip() or "\n" in value.strip()]


def who(user: AbstractBaseUser | AnonymousUser) -> str:
    """The person's mark in the cookie and in the cache; nobody can tell the person from it."""
    return salted_hmac("pages.kept", str(user.pk), algorithm="sha256").hexdigest()


def was_here(request: HttpRequest) -> str:
    """The mark of whoever was signed in last in this browser and did not sign out, or ""."""
    return str(request.get_signed_cookie(HERE, default="", salt=HERE) or "")


def keep(request: HttpRequest, *, mark: str, came_from: str) -> bool:
    """Seal what was posted for the person with this mark; whether it was kept."""
    if not mark:
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    if not fields or any(SECRETS.search(name) for name, _ in fields):
        return False
    words = json.dumps([request.get_full_path(), came_from, fields], ensure_ascii=False).encode()
    if len(words) > MOST_BYTES:
        return False
    key = Fernet.generate_key()
    cache.set(_place(mark), Fernet(key).encrypt(words), SECONDS)
    # Where Django, too, hands a cookie to the middleware; error reports blot it out by its name.
    request.META["KEPT_KEY"] = key.decode()
    return True


def open_kept(request: HttpRequest) -> Kept | None:
    """What is kept for the person who is signed in now, if this browser has the key."""
    sealed = cache.get(_place(who(request.user)))
    if sealed is None:
        return None
    try:
        words = Fernet(request.COOKIES.get(KEY, "")).decrypt(sealed, ttl=SECONDS)
    except (InvalidToken, ValueError):
        return None
    path, came_from, fields = json.loads(words)
    return Kept(path, came_from, [(name, value) for name, value in fields])


def tidy(request: HttpRequest, response: HttpResponseBase, *, was_inside: bool) -> None:
    """Remember who is here, and destroy what is kept as soon as it was used or is another's."""
    here, is_inside = was_here(request), request.user.is_authenticated
    key = request.META.get("KEPT_KEY", "")
    looks = request.resolver_match is not None and request.resolver_match.view_name in LOOKS
    used = was_inside and request.method == "POST" and KEY in request.COOKIES
    # What a page saves by itself, as one types, is no answer to the question.
    by_itself = request.headers.get("Accept", "") == "application/json"
    used = used and not (key or looks or by_itself)
    if is_inside and here != who(request.user):
        _destroy(response, here)
        mine = who(request.user)
        response.set_signed_cookie(HERE, mine, salt=HERE, max_age=HERE_SECONDS, **_flags())
    elif was_inside and not is_inside:
        _destroy(response, here)
        response.delete_cookie(HERE)
    elif used:
        _destroy(response, here)
    if key:
        response.set_cookie(KEY, key, max_age=SECONDS, **_flags())


def _destroy(response: HttpResponseBase, mark: str) -> None:
    cache.delete(_place(mark))
    response.delete_cookie(KEY)


def _flags() -> dict[str, Any]:
    return {"secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Lax"}


def _place(mark: str) -> str:
    return f"kept:{mark}"
