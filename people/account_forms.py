"""allauth's forms with our words: one label a field, no placeholder that repeats it."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("The same password again"),
    "oldpassword": _("Your password until now"),
    "code": _("Code"),
    "remember": _("Keep me signed in on this device"),
}
AUTOCOMPLETE = {"login": "email", "email": "email", "password1": "new-password"}
NEW_PASSWORD = _("Ten letters or more. A few words in a row are good.")


class OurWords(forms.Form):
    """Mixed into a form of allauth's."""

    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if (field := self.fields.get(name)) is not None:
                field.label = label
                field.help_text = self.hints.get(name, "")
                field.widget.attrs.pop("placeholder", None)
                if name in AUTOCOMPLETE:
                    field.widget.attrs["autocomplete"] = AUTOCOMPLETE[name]


class LoginForm(OurWords, account.LoginForm):
    """E-mail and password."""


class SignupForm(OurWords, account.SignupForm):
    """With the name and the time zone of `people.forms.SignupNameForm`."""

    hints: ClassVar = {"password1": NEW_PASSWORD}


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """Where to send the link."""


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    """The new password, by the link."""

    hints: ClassVar = {"password1": NEW_PASSWORD}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """The old and the new."""

    hints: ClassVar = {"password1": NEW_PASSWORD}


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """A first password."""

    hints: ClassVar = {"password1": NEW_PASSWORD}


class RequestLoginCodeForm(OurWords, account.RequestLoginCodeForm):
    """Where to send the code."""


class ConfirmLoginCodeForm(OurWords, account.ConfirmLoginCodeForm):
    """The code from the mail."""


class ConfirmEmailVerificationCodeForm(OurWords, account.ConfirmEmailVerificationCodeForm):
    """The code from the mail."""


class AddEmailForm(OurWords, account.AddEmailForm):
    """Another address to sign in with."""


class ChangeEmailForm(OurWords, account.ChangeEmailForm):
    """The address one meant to type."""


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class AuthenticateForm(OurWords, mfa.AuthenticateForm):
    """The second lock."""


class CodeAgainForm(OurWords, mfa.ReauthenticateForm):
    """The code once more, before something that matters."""


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""
