from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "practice"
    verbose_name = "Practice"

    def ready(self) -> None:
        from pages.registry import waiting
        from practice import mail
        from practice.waiting import attendance

        mail.register()
        waiting.register(attendance)
