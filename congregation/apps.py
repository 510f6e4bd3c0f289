from django.apps import AppConfig


class CongregationConfig(AppConfig):
    name = "congregation"
    verbose_name = "Congregations"

    def ready(self) -> None:
        from congregation import mail
        from congregation.waiting import asking, invited
        from pages.registry import waiting

        mail.register()
        waiting.register(asking)
        waiting.register(invited)
