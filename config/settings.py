"""Every setting, read from the environment.

`make setup` writes a `.env` with secrets of its own and `DEMO=on`, so that a checkout runs
with SQLite, a broker made of files and mail that stays on the machine. Without `DEMO` this is
production: it refuses to start until each secret and service is named.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config.schedule import beat_schedule

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEMO = env.bool("DEMO", default=False)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

_needed = ["SECRET_KEY", "SELFWORK_KEYS"]
if not DEMO:
    _needed += ["DATABASE_URL", "KEYS_DATABASE_URL", "REDIS_URL", "MAIL_URL", "SITE_URL"]
if _missing := [name for name in _needed if not env.str(name, default="")]:
    raise ImproperlyConfigured(
        f"Set {', '.join(_missing)} (docs/running.md explains each), "
        "or run `make setup` for a demo that needs nothing."
    )

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Fernet keys, the newest first: it wraps new data keys, the others still open old ones.
SELFWORK_KEYS: list[str] = env.list("SELFWORK_KEYS")

DEBUG = env.bool("DEBUG", default=False)
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
_site = urlsplit(SITE_URL)
IS_HTTPS = _site.scheme == "https"
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if not IS_HTTPS and _site.hostname not in {"localhost", "127.0.0.1", "::1"}:
    raise ImproperlyConfigured("SITE_URL must begin with https:// unless it is on localhost.")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[_site.hostname or "", *(LOCAL_HOSTS if not IS_HTTPS else [])]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

INSTALLED_APPS = [
    # First, so that its words for what is to be put right are there before any form is.
    "pages",
    "home",
    "crews",
    "dyads",
    "congregation",
    "selfwork",
    "practice",
    "library",
    "circles",
    "notifications",
    "people",
    "keystore",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "config.apps.SiteAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
]

MIDDLEWARE = [
    "pages.middleware.InUtf8Middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pages.middleware.KeptWordsMiddleware",
    "pages.middleware.HtmxLoginMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "pages.middleware.SignInFirstMiddleware",
    "people.middleware.TimeZoneMiddleware",
    "circles.seats.SeatsMiddleware",
    "selfwork.door.DoorMiddleware",
    "pages.middleware.PrivatePagesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
FORM_RENDERER = "pages.forms.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# --- database -------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR}/common-table.sqlite3"
# The keys to people's self-work, apart from all else: no copy of the main database holds one.
KEYS_DATABASE_URL = env.str("KEYS_DATABASE_URL", default="") or f"sqlite:///{VAR_DIR}/keys.sqlite3"
DATABASES = {
    "default": env.db_url_config(DATABASE_URL),
    "keys": env.db_url_config(KEYS_DATABASE_URL),
}
DATABASE_ROUTERS = ["keystore.router.KeyStoreRouter"]
if KEYS_DATABASE_URL == DATABASE_URL:
    raise ImproperlyConfigured("KEYS_DATABASE_URL must name another database than DATABASE_URL.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What is deleted among the keys is overwritten, also in SQLite's own files.
_PRAGMAS = {
    "default": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "keys": "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}
for _alias, _database in DATABASES.items():
    if _database["ENGINE"].endswith("sqlite3"):
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        _database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _PRAGMAS[_alias],
        }
    else:
        _database["CONN_MAX_AGE"] = 60
        _database["CONN_HEALTH_CHECKS"] = True

# --- people and signing in ------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
# The address is unique in any spelling, by a constraint on Lower("email") that the check misses.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:today"
ACCOUNT_ADAPTER = "notifications.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "people.forms.SignupNameForm"
ACCOUNT_FORMS = {
    "login": "people.account_forms.LoginForm",
    "signup": "people.account_forms.SignupForm",
    "reset_password": "people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "people.account_forms.ResetPasswordKeyForm",
    "change_password": "people.account_forms.ChangePasswordForm",
    "set_password": "people.account_forms.SetPasswordForm",
    "request_login_code": "people.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "people.account_forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "people.account_forms.ConfirmEmailVerificationCodeForm",
    "add_email": "people.account_forms.AddEmailForm",
    "change_email": "people.account_forms.ChangeEmailForm",
    "reauthenticate": "people.account_forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "people.account_forms.AuthenticateForm",
    "reauthenticate": "people.account_forms.CodeAgainForm",
    "activate_totp": "people.account_forms.ActivateTOTPForm",
    "authenticate_webauthn": "people.passkey_forms.SecondLockForm",
    "login_webauthn": "people.passkey_forms.SignInForm",
    "reauthenticate_webauthn": "people.passkey_forms.LookForm",
    "add_webauthn": "people.passkey_forms.AddForm",
    "edit_webauthn": "people.passkey_forms.RenameForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Offering to change the address would tell whether it has an account: the offer is made only
# for an unknown one.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home:welcome"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
MFA_ADAPTER = "people.locks.Locks"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A finger, a face or a PIN each time: whoever finds an unlocked phone is not its owner.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# There is nothing to guess, and a whole congregation may sit behind one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_TOTP_ISSUER = "Common Table"
USERSESSIONS_TRACK_ACTIVITY = False

# --- cache: rate limits, which must be shared by all web processes ----------------------------

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
    }
}

# --- jobs -----------------------------------------------------------------------------------

BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
if not REDIS_URL:
    BROKER_DIR.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
NOTICE_TICK_SECONDS = env.float("NOTICE_TICK_SECONDS", default=60.0)
# A worker that died while it sent leaves its claim behind; after this long another takes it up.
NOTICE_STALE_SECONDS = env.float("NOTICE_STALE_SECONDS", default=300.0)
# How many sending loops one tick starts: as many as there are worker processes.
NOTICE_SENDERS = env.int("NOTICE_SENDERS", default=2)
# How many connections to the mail server each of them may hold.
NOTICE_CONNECTIONS = env.int("NOTICE_CONNECTIONS", default=3)
# How long the job that proposes crews may look for better ones.
DRAWING_SECONDS = env.float("DRAWING_SECONDS", default=10.0)
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = beat_schedule(NOTICE_TICK_SECONDS)

# --- rooms on the web -------------------------------------------------------------------------

# Where a circle may have a room made for it, by a name in the address; nowhere when empty.
ROOM_BASE_URL = env.str("ROOM_BASE_URL", default="").rstrip("/")
if ROOM_BASE_URL and not ROOM_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("ROOM_BASE_URL must begin with https://.")

# --- mail -----------------------------------------------------------------------------------

MAIL_FROM = env.str("MAIL_FROM", default=f"Common Table <table@{_site.hostname}>")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
MAIL_DIR = VAR_DIR / "mail"
MAIL_URL = env.str("MAIL_URL", default="")
if MAIL_URL:
    _mail = env.email_url_config(MAIL_URL)
    MAILERS = {
        "default": {
            "BACKEND": "notifications.mime.SmtpBackend",
            "OPTIONS": {
                "host": _mail["EMAIL_HOST"],
                "port": _mail["EMAIL_PORT"] or 25,
                "username": _mail["EMAIL_HOST_USER"] or "",
                "password": _mail["EMAIL_HOST_PASSWORD"] or "",
                "use_tls": _mail.get("EMAIL_USE_TLS", False),
                "use_ssl": _mail.get("EMAIL_USE_SSL", False),
                # Well below NOTICE_STALE_SECONDS: a slow server must not look like a dead worker.
                "timeout": 20,
            },
        }
    }
else:
    MAILERS = {"default": {"BACKEND": "home.mailbox.CatchingBackend"}}

# --- words and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files ---------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

# --- security -------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT = IS_HTTPS
# Asked from inside, without TLS, whether all is well.
SECURE_REDIRECT_EXEMPT = [r"^mail/healthz/$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CSRF_FAILURE_VIEW = "pages.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "filters": {"without_secrets": {"()": "pages.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Those that write addresses.
    "loggers": {
        name: {"filters": ["without_secrets"]}
        for name in ("django.request", "django.server", "django.security.csrf")
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
