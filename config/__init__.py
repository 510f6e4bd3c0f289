"""Wiring only: settings, addresses, job runner, servers' entry points."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
