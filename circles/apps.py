from django.apps import AppConfig


class CirclesConfig(AppConfig):
    name = "circles"
    verbose_name = "Circles"

    def ready(self) -> None:
        from circles import mail
        from circles.services import leave_everything
        from circles.waiting import invitations
        from pages.registry import farewells, waiting

        mail.register()
        waiting.register(invitations)
        farewells.register(leave_everything)
