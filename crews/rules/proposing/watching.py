"""The one who waits: told how far it is, asked whether it is enough, and kept to the time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from crews.rules.proposing.proposal import Progress

# Seconds between two words to whoever waits.
PAUSE = 0.3


@dataclass(slots=True)
class Watch:
    """How far the work is, and whether it must end. The search itself asks no clock."""

    deadline: float
    people: int
    on_progress: Callable[[Progress], None] | None = None
    should_stop: Callable[[], bool] | None = None
    is_over: bool = False
    _placed: int = 0
    _points: int = 0
    _last: float = field(default=0.0)

    def found(self, placed: int, points: int) -> None:
        """These are the best crews so far."""
        self._placed, self._points = placed, points

    def may_go_on(self, share_done: float) -> bool:
        """Tell how far it is, a few times a second, and say whether there is time for more."""
        now = time.monotonic()
        if now >= self.deadline:
            self.is_over = True
        elif now - self._last >= PAUSE and not self.is_over:
            self._last = now
            self._tell(share_done)
            self.is_over = self.should_stop is not None and self.should_stop()
        return not self.is_over

    def end(self) -> None:
        """The last word."""
        self._tell(1.0)

    def _tell(self, share_done: float) -> None:
        if self.on_progress is not None:
            self.on_progress(Progress(self._placed, self.people, self._points, share_done))
