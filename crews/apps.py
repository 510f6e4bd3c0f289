from django.apps import AppConfig


class CrewsConfig(AppConfig):
    name = "crews"
    verbose_name = "Crews"

    def ready(self) -> None:
        from crews.showing.tables import forming, hands_up
        from pages.registry import waiting

        waiting.register(hands_up)
        waiting.register(forming)
