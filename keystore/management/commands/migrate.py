"""`migrate` for both databases: the key store first, since keys may move there."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from keystore.router import APP, KEYS


class Command(migrate.Command):
    help = "Brings the key store and the main database up to date, or only the one that is named."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=None)

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        named = options["database"]
        return {"databases": [named] if named else [KEYS, DEFAULT_DB_ALIAS]}

    def handle(self, *args: Any, **options: Any) -> None:
        named, app = options["database"], options["app_label"]
        # A single app or migration is meant for the main database.
        wanted = [named] if named else [DEFAULT_DB_ALIAS] if app else [KEYS, DEFAULT_DB_ALIAS]
        for alias in wanted:
            only = app or (APP if alias == KEYS else None)
            super().handle(*args, **{**options, "database": alias, "app_label": only})
