"""The job runner. Beat ticks, workers send; the ledger in the database is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("common_table")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
