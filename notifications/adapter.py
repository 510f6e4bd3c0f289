"""Where allauth meets our ledger: its mails are owed like all others and sent by a worker."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.crypto import get_random_string

from notifications.services import owe
from people.models import Person

# What the mails' templates say; everything else allauth offers stays out of the ledger.
KEPT = ("code", "password_reset_url", "activate_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):
    """Sends allauth's mails through the ledger, so that a slow mail server slows no page."""

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

    def clean_email(self, email: str) -> str:
        """Addresses are kept in lower case."""
        return str(super().clean_email(email)).strip().lower()
