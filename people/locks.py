"""What allauth asks us about the locks of an account: passkeys, codes of an app, recovery codes."""

from typing import ClassVar
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Person


class Locks(DefaultMFAAdapter):
    """Our words, and passkeys that belong to the address people type."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("While there is a second lock, your address stays as it is."),
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with a passkey or the codes of an app. Begin with one of these."
        ),
        "incorrect_code": _("That code does not fit. Look at it once more."),
        "unverified_email": _("Your new address waits for its code. That first, then the lock."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host of SITE_URL, whatever a proxy says: a passkey fits one address for ever."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002
        """A name to begin with; its owner may write another."""
        if Authenticator.objects.filter(user_id=user.pk, type=type).exists():
            return gettext("Another passkey")
        return gettext("My passkey")


def passkeys_of(person: Person) -> list[dict[str, object]]:
    """What the download of "everything" says of them; the rest is no text for people."""
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return [
        {"name": str(one), "since": one.created_at, "last_used": one.last_used_at}
        for one in kept.order_by("pk")
    ]


def places_signed_in(person: Person) -> list[dict[str, object]]:
    """What the download of "everything" says of where the person is signed in."""
    kept = UserSession.objects.filter(user=person)
    return [
        {"since": one.created_at, "address": one.ip, "browser": one.user_agent}
        for one in kept.order_by("pk")
    ]
