from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        from dyads.services.trios import tables
        from home import letter, my_data
        from home.forms import WeeklyLetterSection
        from home.trios import lay_table
        from notifications.sections import sections
        from pages.registry import my_data as kept

        letter.register()
        tables.register(lay_table)
        sections.register(WeeklyLetterSection)
        kept.register(("weekly letter", my_data.letter_day))
