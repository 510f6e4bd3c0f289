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
        waiting.register(polls)
        waiting.register(attendance)
        after_leaving.register(let_go)
        after_leaving.register(let_go_of_polls)
        after_leaving.register(let_guests_go)
        after_seating.register(seat_the_guest)
        after_seating.register(begin_with_roles)
        after_seating.register(share_hosting_anew)
        kept.register(("answers", my_data.answers))
        kept.register(("reminders", my_data.reminders))
        kept.register(("attendance", my_data.attendance))
        kept.register(("roles", my_data.roles))
        kept.register(("times asked for", my_data.polls))
        kept.register(("times answered", my_data.poll_answers))
        kept.register(("notes_of_meetings", my_data.notes))
        kept.register(("calendar addresses", my_data.feeds))
        kept.register(("guest invitations", my_data.guests))
