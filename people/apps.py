from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from pages.registry import waiting
        from people.waiting import introduction

        waiting.register(introduction)
