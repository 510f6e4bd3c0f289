from django.apps import AppConfig


class DyadsConfig(AppConfig):
    name = "dyads"
    verbose_name = "Dyads"

    def ready(self) -> None:
        from circles.services import after_leaving, after_seating
        from dyads import mail
        from dyads.services import keep_pair, note_meeting, withdraw_who_left
        from dyads.showing.introduction import pairs_wait
        from dyads.showing.turns import supported as whose_time
        from pages.registry import waiting
        from practice.first_voice import supported
        from practice.services import after_planning

        mail.register()
        after_seating.register(keep_pair)
        after_planning.register(note_meeting)
        waiting.register(pairs_wait)
        after_leaving.register(withdraw_who_left)
        supported.register(whose_time)
