from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Mail"

    def ready(self) -> None:
        from notifications import mail, my_data, sections
        from pages.registry import my_data as kept

        mail.register()
        sections.register()
        kept.register(*my_data.SOURCES)
