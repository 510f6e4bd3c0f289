"""Forms that carry what a passkey answered. static/js/passkey.js asks it and fills them in."""

import struct
from typing import Any

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

LONGEST_NAME = 60
NOTHING_CAME = _("No passkey answered. This needs JavaScript and a browser that knows passkeys.")
DID_NOT_FIT = _("That passkey did not fit. Try once more, or take another way.")
NAME_HELP = _("To tell it from others: my phone, the laptop at home.")


class PasskeyField(forms.JSONField):
    """The answer as JSON; what is no such answer is turned down before allauth reads it."""

    def __init__(self, reads: type[AuthenticationResponse | RegistrationResponse]) -> None:
        words = {"required": NOTHING_CAME, "invalid": DID_NOT_FIT}
        super().__init__(widget=forms.HiddenInput, error_messages=words)
        self.reads = reads

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError for anything that cannot be read."""
        try:
            answer = super().to_python(value)
            if answer is not None:
                self.reads.from_dict(answer)
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            RecursionError,
            TypeError,
            ValueError,
            struct.error,
        ) as error:
            raise ValidationError(DID_NOT_FIT, code="invalid") from error
        return answer

    def bound_data(self, data: Any, initial: Any) -> Any:
        """An answer fits once: a page that is shown again asks anew."""
        return None

    def prepare_value(self, value: Any) -> Any:
        """Empty in the page; the browser fills it in."""
        return ""


def _in_our_words(error: ValidationError) -> ValidationError:
    """allauth says of a passkey, too, that a code is wrong."""
    if getattr(error, "code", "") == "incorrect_code":
        return ValidationError(DID_NOT_FIT, code="incorrect_code")
    return error


class _Shows(webauthn.AuthenticateWebAuthnForm):
    """Shows a passkey that is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = PasskeyField(AuthenticationResponse)

    def clean_credential(self) -> Any:
        """The passkey; raises ValidationError when it is not theirs."""
        try:
            return super().clean_credential()
        except ValidationError as error:
            raise _in_our_words(error) from error


class SecondLockForm(_Shows):
    """A passkey after the password."""


class SignInForm(_Shows, webauthn.LoginWebAuthnForm):
    """A passkey instead of the password."""


class LookForm(_Shows, webauthn.ReauthenticateWebAuthnForm):
    """A passkey as the second look."""


class AddForm(webauthn.AddWebAuthnForm):
    """A new passkey and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Ours always open without a password, and always ask for a finger, a face or a PIN.
        self.fields.pop("passwordless", None)
        self.fields["name"] = forms.CharField(
            label=_("Name"), help_text=NAME_HELP, max_length=LONGEST_NAME, required=False
        )
        self.fields["credential"] = PasskeyField(RegistrationResponse)

    def clean(self) -> Any:
        """Raises ValidationError when it does not answer what was asked."""
        try:
            return super().clean()
        except ValidationError as error:
            raise _in_our_words(error) from error


class RenameForm(webauthn.EditWebAuthnForm):
    """Another name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name"), help_text=NAME_HELP, max_length=LONGEST_NAME
        )
