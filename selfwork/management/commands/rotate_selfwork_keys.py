"""Wrap every person's data key with the newest of SELFWORK_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from selfwork.services import rotate_keys


class Command(BaseCommand):
    help = "Wrap every data key anew; then the older keys may leave SELFWORK_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        done = rotate_keys()
        self.stdout.write(f"{done} data keys are wrapped by the newest key.")
