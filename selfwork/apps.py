from django.apps import AppConfig


class SelfworkConfig(AppConfig):
    name = "selfwork"
    verbose_name = "Self-work"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from circles.services import after_leaving
        from pages.registry import done_here, my_data
        from practice.showing.after import further
        from selfwork import checks  # noqa: F401  (registers itself)
        from selfwork.models import PersonKey
        from selfwork.services.keys import on_number_gone
        from selfwork.services.parallel import take_lines_along
        from selfwork.showing import (
            kept_entries,  # noqa: F401  (registers its sources)
            lines,  # noqa: F401  (a source of what is kept)
        )
        from selfwork.showing.entries import where_to_do
        from selfwork.showing.exporting import as_text_or_why_not
        from selfwork.showing.noticed import after_a_meeting

        done_here.register(where_to_do)
        post_delete.connect(on_number_gone, sender=PersonKey, dispatch_uid="destroys its key")
        my_data.register(("self-work", as_text_or_why_not))
        after_leaving.register(take_lines_along)
        further.register(after_a_meeting)
