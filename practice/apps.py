from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "practice"
    verbose_name = "Practice"

    def ready(self) -> None:
        from circles.services import after_leaving, after_seating
        from notifications.sections import sections
        from pages.registry import my_data as kept
        from pages.registry import waiting
        from practice import mail, my_data
        from practice.forms.reminders import RemindersSection
        from practice.services import (
            begin_with_roles,
            let_go,
            let_go_of_polls,
            let_guests_go,
            seat_the_guest,
            share_hosting_anew,
        )
        from practice.waiting import attendance, polls

        mail.register()
        sections.register(RemindersSection)
        waiting.register(polls, attendance)
        after_leaving.register(let_go, let_go_of_polls, let_guests_go)
        after_seating.register(seat_the_guest, begin_with_roles, share_hosting_anew)
        kept.register(*my_data.SOURCES)
