from django.apps import AppConfig


class CongregationConfig(AppConfig):
    name = "congregation"
    verbose_name = "Congregations"

    def ready(self) -> None:
        from congregation import mail
        from congregation.pulse import pulse
        from congregation.waiting.stewards import alone, asking, forming, panel
        from pages.registry import waiting, ways

        mail.register()
        pulse.register(forming)
        pulse.register(alone)
        waiting.register(asking)
        ways.register(panel)
