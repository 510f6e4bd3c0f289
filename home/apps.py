from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        from crews.services import common_hours
        from dyads.services.trios import tables
        from home import letter, my_data
        from home.forms import WeeklyLetterSection
        from home.trios import hours_of_three, lay_table
        from notifications.sections import sections
        from pages.registry import my_data as kept

        letter.register()
        tables.register(lay_table)
        common_hours.register(hours_of_three)
        sections.register(WeeklyLetterSection)
        kept.register(("weekly letter", my_data.letter_day))
