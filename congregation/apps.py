from django.apps import AppConfig


class CongregationConfig(AppConfig):
    name = "congregation"
    verbose_name = "Congregations"

    def ready(self) -> None:
        from congregation import mail
        from congregation.waiting import asking, panel
        from pages.registry import waiting, ways

        mail.register()
        waiting.register(asking)
        ways.register(panel)
