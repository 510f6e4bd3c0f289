from django.apps import AppConfig


class CongregationConfig(AppConfig):
    name = "congregation"
    verbose_name = "Congregations"

    def ready(self) -> None:
        from circles.services import after_leaving, after_seating
        from congregation import mail, my_data
        from congregation.pulse import pulse
        from congregation.services.help import farewell, sat_down, stood_up
        from congregation.waiting.help import concerning, not_yet_come
        from congregation.waiting.stewards import alone, asking, forming, panel
        from pages.registry import farewells, waiting, ways
        from pages.registry import my_data as kept

        mail.register()
        pulse.register(not_yet_come, forming, alone)
        after_seating.register(sat_down)
        after_leaving.register(stood_up)
        waiting.register(asking, concerning)
        ways.register(panel)
        kept.register(*my_data.SOURCES)
        farewells.register(farewell)
