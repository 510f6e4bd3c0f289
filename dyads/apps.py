from django.apps import AppConfig


class DyadsConfig(AppConfig):
    name = "dyads"
    verbose_name = "Dyads"
