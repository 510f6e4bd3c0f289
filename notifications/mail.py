"""The mails about one's own account, in our words: what allauth wants to say, said here."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.models import Notice


@dataclass(frozen=True, slots=True)
class Words:
    """What one of allauth's mails says here; `link` names the payload's address, if any."""

    heading: Promise
    paragraph: Promise
    link: str = ""
    label: Promise | str = ""


# Longer than allauth accepts any code; a dead one would only confuse.
CODE_LIVES = timedelta(minutes=15)
IF_NOT_YOU = _("If that was not you, sign in and change your password.")
CODE = Words(
    _("Your code for Common Table"),
    _("Type it into the page that asks for it. It is good for a few minutes. If you did not ask "
      "for it, you can leave it alone: nobody gets in without it."),
)  # fmt: skip
WORDS = {
    "email_confirmation_signup": CODE,
    "email_confirmation": CODE,
    "login_code": CODE,
    "password_reset_code": CODE,
    "password_reset_key": Words(
        _("Choose a new password"),
        _("Somebody, we hope you, asked for a new password for this address. If it was not you, "
          "leave this mail alone: nothing changes."),
        "password_reset_url",
        _("Choose a new password"),
    ),
    "account_already_exists": Words(
        _("You already have a seat here"),
        _("Somebody, we hope you, tried to sign up with this address, which has an account "
          "already. Sign in instead, or choose a new password if you have forgotten yours."),
        "password_reset_url",
        _("Choose a new password"),
    ),
    "unknown_account": Words(
        _("There is no account for this address"),
        _("Somebody, perhaps you, asked to sign in with this address, but nobody has signed up "
          "with it. Maybe it was another of your addresses."),
        "signup_url",
        _("Sign up"),
    ),
    "password_changed": Words(_("Your password was changed"), IF_NOT_YOU),
    "password_set": Words(_("Your password was set"), IF_NOT_YOU),
    "password_reset": Words(_("Your password was changed"), IF_NOT_YOU),
    "email_changed": Words(_("Your e-mail address was changed"), IF_NOT_YOU),
    "email_deleted": Words(_("An e-mail address was removed"), IF_NOT_YOU),
    "email_confirm": Words(_("Your e-mail address is confirmed"), IF_NOT_YOU),
    "totp_activated": Words(_("A second lock is on your account"), IF_NOT_YOU),
    "totp_deactivated": Words(_("The second lock was taken off your account"), IF_NOT_YOU),
    "webauthn_added": Words(_("A passkey was added to your account"), IF_NOT_YOU),
    "webauthn_removed": Words(_("A passkey was removed from your account"), IF_NOT_YOU),
    "recovery_codes_generated": Words(_("You have new recovery codes"), IF_NOT_YOU),
    "locks_removed": Words(
        _("The second lock was taken off your account"),
        _("You had lost it, and %(recognised_by)s recognised you: so somebody who looks after "
          "Common Table took off your passkeys, the codes of your app and your recovery codes, "
          "and signed you out everywhere. If you asked for a second look before your private "
          "place opens, it stays closed for a week. If this was not you, say so at once to those "
          "who look after Common Table, then sign in and change your password."),
    ),
}  # fmt: skip


def account(notice: Notice) -> Letter | Dropped:
    """A code, a link or a word about one's account."""
    words = WORDS.get(notice.payload.get("template", ""))
    if words is None:
        return Dropped("no such account mail")
    if "code" in notice.payload and timezone.now() - notice.created_at > CODE_LIVES:
        return Dropped("the code is too old")
    url = notice.payload.get(words.link, "") if words.link else ""
    by = notice.payload.get("recognised_by")
    said = str(words.paragraph) % {"recognised_by": by} if by else words.paragraph
    return Letter(
        subject=str(words.heading),
        template="plain",
        context={
            "heading": words.heading,
            "code": notice.payload.get("code", ""),
            "paragraphs": [said],
            "button": {"label": words.label, "url": url} if url else None,
        },
    )


def register() -> None:
    """Make the kind known."""
    register_kind(Kind("account", _("Your account"), account, can_be_stopped=False, is_urgent=True))
