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
        waiting.register(invitations)
        waiting.register(asked)
        kept.register(("seats", my_data.seats))
        kept.register(("raised hands", my_data.hands))
        kept.register(("invitations sent", my_data.invitations))
        kept.register(("preferences", my_data.preferences))
        farewells.register(leave_everything)
