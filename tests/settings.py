"""The settings, with what tests want otherwise: no `.env`, quick passwords, mail in memory.

DATABASE_URL and REDIS_URL still come from the environment, so that the same tests run on
PostgreSQL and Redis.
"""

import os
import tempfile

from cryptography.fernet import Fernet

os.environ["DEMO"] = "on"
os.environ["DEBUG"] = "off"
os.environ["SECRET_KEY"] = "only-for-tests-" * 4
os.environ["SELFWORK_KEYS"] = Fernet.generate_key().decode()
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="common-table-tests-")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
# Beside the main one: threads that race need a real database for the keys, too.
os.environ["KEYS_DATABASE_URL"] = {"sqlite://:memory:": "sqlite://"}.get(
    os.environ["DATABASE_URL"], os.environ["DATABASE_URL"] + "_keys"
)
os.environ["MAIL_URL"] = ""
os.environ["SITE_URL"] = "http://localhost"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"

from config import settings as house
from config.settings import *  # noqa: F403

# One table needs no history of migrations.
DATABASES["keys"]["TEST"] = {"MIGRATE": False}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if REDIS_URL:  # noqa: F405
    # Tests run in several processes at once.
    CACHES = {"default": {**house.CACHES["default"], "KEY_PREFIX": VAR_DIR.name}}  # noqa: F405
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CELERY_BROKER_URL = "memory://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
# Tables are made from the models, in a tenth of the time; `makemigrations --check` says that
# migrations lead to the same, and with TEST_MIGRATIONS=on they run.
DATABASES["default"]["TEST"] = {"MIGRATE": os.environ.get("TEST_MIGRATIONS") == "on"}  # noqa: F405
for database in DATABASES.values():  # noqa: F405
    if database["ENGINE"].endswith("postgresql"):
        database["ENGINE"] = "tests.postgresql"
        # What a test has written need not survive a power cut, and no statement of a test is
        # long enough for compiling it to pay.
        database["OPTIONS"] = {"options": "-c synchronous_commit=off -c jit=off"}
# A second is plenty for the few people of a test.
DRAWING_SECONDS = 1.0
STATIC_ROOT.mkdir(parents=True)  # noqa: F405
