"""Fill an empty database with the demo's congregation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.demo.congregation import build
from home.demo.people import SIGN_IN
from people.models import Person


class Command(BaseCommand):
    help = "Make a believable congregation, unless there are people already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is off: this would put made-up people among real ones.")
        if not Person.objects.exists():
            build(timezone.now())
        for row in SIGN_IN:
            self.stdout.write(f"  {row.email:20} {row.name}, {row.who}")
        self.stdout.write(f"  password for each: {SIGN_IN[0].password}")
