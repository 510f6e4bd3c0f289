"""For somebody who lost their passkey, their app and their recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from people.lost_locks import CLOSED_FOR, NoLock, remove_locks
from people.models import LONGEST_NAME, Person


class Command(BaseCommand):
    help = "Take the second lock off somebody's account, after they were recognised in person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument(
            "--recognised-by",
            required=True,
            help="the name of whoever saw and knew them; they are told it, and it is kept",
        )

    def handle(self, *args: Any, email: str, recognised_by: str, **options: Any) -> None:
        name = " ".join(recognised_by.split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise CommandError(
                f"Say by name who recognised them, in {LONGEST_NAME} letters at most."
            )
        person = Person.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise CommandError("Nobody signs in with this address.")
        try:
            remove_locks(person=person, recognised_by=name)
        except NoLock as error:
            raise CommandError("There is no second lock on this account.") from error
        until = timezone.now() + CLOSED_FOR
        self.stdout.write(
            f"The second lock of {person} is off, they are signed out everywhere, and a mail tells "
            f"them. If their private place asks for a second look, it stays closed until "
            f"{until:%d %B %Y, %H:%M} UTC."
        )
