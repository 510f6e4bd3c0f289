from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = "Practices"

    def ready(self) -> None:
        from circles.services import after_leaving
        from library import mail, my_data
        from library.services import let_go
        from library.waiting import offered
        from pages.registry import my_data as kept
        from pages.registry import waiting

        post_migrate.connect(_ship, sender=self)
        mail.register()
        waiting.register(offered)
        after_leaving.register(let_go)
        kept.register(*my_data.SOURCES)


def _ship(sender: AppConfig, *, using: str = "default", **kwargs: Any) -> None:
    """Every installation has the practices and programmes as soon as it has the tables."""
    from django.db import connections

    from library.services import ship_practices, ship_programmes

    tables = set(connections[using].introspection.table_names())
    if {"library_practice", "library_step", "library_edition"} <= tables:
        ship_practices()
    if {"library_programme", "library_programmepart"} <= tables:
        ship_programmes()
