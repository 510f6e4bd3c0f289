"""Which models hold what is somebody's own, and how their rows lead to that person.

Found out from the models themselves, so that a new one is deleted with the others from its
first day.
"""

from functools import cache

from django.apps import apps
from django.db import models

from people.models import Person

Model = type[models.Model]


@cache
def path_to_owner(model: Model) -> str:
    """The lookup from a row to its owner, "conversation__part__owner"; "" when there is none."""
    links = [one for one in model._meta.fields if isinstance(one, models.ForeignKey)]
    for link in links:
        if link.name == "owner" and link.related_model is Person:
            return "owner"
    for link in links:
        above = link.related_model
        if not link.null and _is_ours(above) and (further := path_to_owner(above)):
            return f"{link.name}__{further}"
    return ""


def owned_models() -> list[Model]:
    """Every model of the private place whose rows are somebody's own."""
    return [model for model in apps.get_app_config("selfwork").get_models() if path_to_owner(model)]


def rows_of[Row: models.Model](model: type[Row], owner: Person) -> models.QuerySet[Row]:
    """The owner's rows of one model."""
    return model._default_manager.filter(**{path_to_owner(model): owner})


def _is_ours(model: object) -> bool:
    return (
        isinstance(model, type)
        and issubclass(model, models.Model)
        and (model._meta.app_label == "selfwork")
    )
