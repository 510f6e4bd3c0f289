"""Where allauth meets our ledger: its mails are owed like all others and sent by a worker."""

from collections.abc import Iterable
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from notifications.services import owe
from people.models import Person

# How people call the ways to show once more who they are.
LOOKS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use your passkey"),
}
# What the mails' templates say; everything else allauth offers stays out of the ledger.
KEPT = ("code", "password_reset_url", "activate_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):
    """Sends allauth's mails through the ledger, so that a slow mail server slows no page."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account cannot sign in any more."),
        "duplicate_email": _("You use this address already."),
        "email_password_mismatch": _(
            "That address and password do not belong together. Look at both once more."
        ),
        "email_taken": _("Somebody uses this address already."),
        "enter_current_password": _("That is not your password until now."),
        "incorrect_code": _("That is not the code we sent. Look at it once more."),
        "incorrect_password": _("That is not your password."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait a few minutes, then sign in: if your address still "
            "waits for its code, we mail you a new one."
        ),
        "rate_limited": _("That was tried too often. Wait a few minutes, please."),
        "same_as_current": _("That is what it is already."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail that allauth calls `template_prefix` ("account/email/…")."""
        payload = {key: str(context[key]) for key in KEPT if context.get(key)}
        payload["template"] = template_prefix.rsplit("/", 1)[-1]
        user = context.get("user")
        owe(
            kind="account",
            key=get_random_string(24),
            person=user if isinstance(user, Person) and user.email == email.lower() else None,
            address="" if isinstance(user, Person) and user.email == email.lower() else email,
            payload=payload,
        )

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """The ways this person has, in our words; a passkey, which is one press, comes first."""
        ways = [
            {**way, "description": str(LOOKS.get(way["id"], way["description"]))}
            for way in super().get_reauthentication_methods(user)
        ]
        return sorted(ways, key=lambda way: not way["id"].endswith(":webauthn"))

    def mail_code(self, person: Person, code: str) -> None:
        """Owe somebody a code by which they show who they are."""
        owe(
            kind="account",
            key=get_random_string(24),
            person=person,
            payload={"template": "login_code", "code": code},
        )

    def mail_locks_removed(self, person: Person, addresses: Iterable[str], by: str) -> None:
        """Owe somebody, at each address, the word that their second lock was taken off."""
        for address in addresses:
            is_theirs = address == person.email
            owe(
                kind="account",
                key=get_random_string(24),
                person=person if is_theirs else None,
                address="" if is_theirs else address,
                payload={"template": "locks_removed", "recognised_by": by},
            )

    def clean_email(self, email: str) -> str:
        """Addresses are kept in lower case."""
        return str(super().clean_email(email)).strip().lower()
