from django.apps import AppConfig


class CirclesConfig(AppConfig):
    name = "circles"
    verbose_name = "Circles"

    def ready(self) -> None:
        from circles import mail, my_data
        from circles.services import leave_everything
        from circles.waiting import asked, invitations
        from pages.registry import farewells, waiting
        from pages.registry import my_data as kept

        mail.register()
        waiting.register(invitations, asked)
        kept.register(*my_data.SOURCES)
        farewells.register(leave_everything)
