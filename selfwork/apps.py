from django.apps import AppConfig


class SelfworkConfig(AppConfig):
    name = "selfwork"
    verbose_name = "Self-work"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from pages.registry import my_data
        from selfwork import checks  # noqa: F401  (registers itself)
        from selfwork.models import PersonKey
        from selfwork.services.keys import on_number_gone
        from selfwork.showing.exporting import as_text_or_why_not

        post_delete.connect(on_number_gone, sender=PersonKey, dispatch_uid="destroys its key")
        my_data.register(("self-work", as_text_or_why_not))
