"""How a circle means to meet before it has set a rhythm: what apps above know of it."""

from collections.abc import Callable, Mapping
from typing import Any

from circles.models import Circle
from pages.registry import Registry

# Each takes the circle and returns initial values of `practice.forms.RhythmForm`.
plans: Registry[Callable[[Circle], Mapping[str, Any]]] = Registry()


def planned(circle: Circle) -> dict[str, Any]:
    """What the form to set a rhythm begins with, besides the usual."""
    return {name: value for plan in plans.sources for name, value in plan(circle).items()}
