"""Every address of the site; one line an app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, register_converter

from pages.converters import RowConverter
from people.passkey_views import Look, SignIn, to_the_locks

register_converter(RowConverter, "row")

urlpatterns = [
    path("", include("home.urls")),
    path("", include("pages.urls")),
    # Before allauth's own of the same names.
    path("account/2fa/webauthn/", to_the_locks, name="mfa_list_webauthn"),
    path("account/2fa/webauthn/login/", SignIn.as_view(), name="mfa_login_webauthn"),
    path(
        "account/2fa/webauthn/reauthenticate/",
        Look.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/", include("allauth.urls")),
    path("you/", include("people.urls")),
    path("mail/", include("notifications.urls")),
    path("circles/", include("circles.urls")),
    path("sessions/", include("practice.urls")),
    path("practices/", include("library.urls")),
    path("self/", include("selfwork.urls")),
    path("dyads/", include("dyads.urls")),
    path("crews/", include("crews.urls")),
    path("congregations/", include("congregation.urls")),
    path("steward/", admin.site.urls),
]
if settings.DEMO:
    urlpatterns.append(path("mailbox/", include("home.mailbox_urls")))

handler400 = "pages.views.not_readable"
handler404 = "pages.views.not_found"
handler403 = "pages.views.not_allowed"
handler500 = "pages.views.went_wrong"
