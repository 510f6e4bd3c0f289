"""Wrap every person's data key with the newest of SELFWORK_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from selfwork.services.rotation import Progress, turn_keys
from selfwork.vault import VaultError, check_keys


class Command(BaseCommand):
    help = "Wrap every data key anew; then the older keys may leave SELFWORK_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress()
        try:
            check_keys()
            for progress in turn_keys():
                if options["verbosity"] > 1:
                    self.stdout.write(f"{progress.turned} …")
        except VaultError as error:
            raise CommandError(str(error)) from error
        if progress.unopened:
            raise CommandError(
                f"{progress.unopened} data keys are opened by no key in SELFWORK_KEYS and were "
                "left as they are. Keep every older key until they are."
            )
        self.stdout.write(
            f"{progress.were_new} data keys are wrapped by the newest key, "
            f"{progress.turned} of them since this began. The older keys may go."
        )
