from django.apps import AppConfig


class CongregationConfig(AppConfig):
    name = "congregation"
    verbose_name = "Congregations"

    def ready(self) -> None:
        from congregation import mail

        mail.register()
