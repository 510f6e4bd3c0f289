"""allauth's pages for passkeys, where theirs would lose the way or the words."""

from typing import Any

from allauth.account.mixins import NextRedirectMixin
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View

from pages.respond import go


class _SaysWhy(NextRedirectMixin, View):
    """What did not work leads back to the page with its button, which still knows the way on."""

    asked_at = ""

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """Says on that page what was wrong."""
        for words in form.errors.get("credential", []):
            messages.error(self.request, words)
        way: str = self.passthrough_next_url(reverse(self.asked_at))
        return go(self.request, way)


@method_decorator(login_not_required, name="dispatch")
class SignIn(_SaysWhy, webauthn.LoginWebAuthnView):
    """Signing in with a passkey alone."""

    asked_at = "account_login"


class Look(_SaysWhy, webauthn.ReauthenticateWebAuthnView):
    """The second look with a passkey."""

    asked_at = "mfa_reauthenticate_webauthn"


def to_the_locks(request: HttpRequest) -> HttpResponseBase:
    """Passkeys are listed on the page of all locks."""
    return go(request, "mfa_index")
