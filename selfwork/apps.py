from django.apps import AppConfig


class SelfworkConfig(AppConfig):
    name = "selfwork"
    verbose_name = "Self-work"

    def ready(self) -> None:
        from pages.registry import my_data
        from selfwork import checks  # noqa: F401  (registers itself)
        from selfwork.showing.exporting import as_text_or_why_not

        my_data.register(("self-work", as_text_or_why_not))
