from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "practice"
    verbose_name = "Practice"

    def ready(self) -> None:
        from circles.services import after_leaving
        from notifications.sections import sections
        from pages.registry import my_data as kept
        from pages.registry import waiting
        from practice import mail, my_data
        from practice.forms.reminders import RemindersSection
        from practice.services import let_go
        from practice.waiting import attendance

        mail.register()
        sections.register(RemindersSection)
        waiting.register(attendance)
        after_leaving.register(let_go)
        kept.register(("answers", my_data.answers))
        kept.register(("reminders", my_data.reminders))
        kept.register(("attendance", my_data.attendance))
        kept.register(("roles", my_data.roles))
        kept.register(("notes_of_meetings", my_data.notes))
        kept.register(("calendar addresses", my_data.feeds))
