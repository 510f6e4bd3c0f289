from django.apps import AppConfig


class DyadsConfig(AppConfig):
    name = "dyads"
    verbose_name = "Dyads"

    def ready(self) -> None:
        from circles.services import after_leaving, after_seating
        from dyads import mail
        from dyads.services import keep_pair, withdraw_who_left
        from dyads.showing.turns import supported as whose_time
        from practice.first_voice import supported

        mail.register()
        after_seating.register(keep_pair)
        after_leaving.register(withdraw_who_left)
        supported.register(whose_time)
