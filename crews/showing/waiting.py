"""What somebody reads while tables are drawn."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from crews.models import Drawing


@dataclass(frozen=True, slots=True)
class Wait:
    """How far a drawing is."""

    percent: int
    said: str
    is_silent: bool
    is_stopping: bool

    @property
    def seen(self) -> str:
        """What tells whether something is new since."""
        return f"{self.percent}-{self.said}-{self.is_silent}"


def waiting_of(drawing: Drawing) -> Wait:
    """How far it is, in words."""
    silent = drawing.is_silent(timezone.now())
    if silent:
        said = _("The drawing has fallen silent. It may come back by itself, or you begin again.")
    elif drawing.stop_asked_at:
        said = _("Stopping, with the best so far.")
    elif drawing.started_at is None:
        said = _("It begins in a moment.")
    else:
        said = _("{placed} of {people} people have a seat so far.").format(
            placed=drawing.placed, people=drawing.people
        )
    return Wait(drawing.percent, said, silent, drawing.stop_asked_at is not None)
