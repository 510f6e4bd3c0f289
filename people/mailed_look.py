"""The second look of whoever has neither password nor passkey: a code by mail."""

import secrets
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from people.signed_in import person_of

MARK = "mailed_look"
GOOD_FOR, AGAIN_AFTER = 600, 60
MOST_TRIES = 3


def send_code(request: HttpRequest) -> None:
    """Mail a code, unless one was sent in the last minute. The session keeps only its hash."""
    sent: dict[str, Any] = request.session.get(MARK, {})
    if time.time() - sent.get("at", 0) < AGAIN_AFTER:
        return
    person, adapter = person_of(request), get_adapter(request)
    code = adapter.generate_login_code()
    request.session[MARK] = {"at": time.time(), "hash": _hash(person.pk, code), "tries": 0}
    adapter.mail_code(person, code)


def fits(request: HttpRequest, typed: str) -> bool:
    """Whether this is the code that was mailed; after three wrong ones none fits any more."""
    sent: dict[str, Any] = request.session.get(MARK, {})
    if not sent or time.time() - sent["at"] > GOOD_FOR or sent["tries"] >= MOST_TRIES:
        return False
    if not secrets.compare_digest(sent["hash"], _hash(person_of(request).pk, typed)):
        request.session[MARK] = {**sent, "tries": sent["tries"] + 1}
        return False
    del request.session[MARK]
    record_authentication(request, request.user, "code", reauthenticated=True)
    return True


def _hash(person: int, code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("people.mailed_look", f"{person} {plain}", algorithm="sha256").hexdigest()
