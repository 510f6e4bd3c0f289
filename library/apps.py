from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = "Practices"

    def ready(self) -> None:
        post_migrate.connect(_ship, sender=self)


def _ship(sender: AppConfig, *, using: str = "default", **kwargs: Any) -> None:
    """Every installation has the practices and programmes as soon as it has the tables."""
    from django.db import connections

    from library.services import ship_practices, ship_programmes

    tables = set(connections[using].introspection.table_names())
    if {"library_practice", "library_step"} <= tables:
        ship_practices()
    if {"library_programme", "library_programmepart"} <= tables:
        ship_programmes()
