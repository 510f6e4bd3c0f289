from django.apps import AppConfig


class DyadsConfig(AppConfig):
    name = "dyads"
    verbose_name = "Dyads"

    def ready(self) -> None:
        from dyads.showing import invitations
        from pages.registry import waiting

        waiting.register(invitations)
