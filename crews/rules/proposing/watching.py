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

    seconds: float
    people: int
    on_progress: Callable[[Progress], None] | None = None
    should_stop: Callable[[], bool] | None = None
    is_over: bool = False
    # Something was left out for want of time.
    is_cut: bool = False
    _placed: int = 0
    _points: int = 0
    _last: float = 0.0
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.seconds

    def found(self, placed: int, points: int) -> None:
        """These are the best crews so far."""
        self._placed, self._points = placed, points

    def may_go_on(self, share_done: float, reserve: float = 0.0) -> bool:
        """Tell how far it is, a few times a second, and say whether there is time for more.

        `reserve` is the part of all the time that must be left for what follows.
        """
        now = time.monotonic()
        if now >= self.deadline:
            self.is_over = True
        elif now - self._last >= PAUSE and not self.is_over:
            self._last = now
            self._tell(share_done)
            self.is_over = self.should_stop is not None and self.should_stop()
        go_on = not self.is_over and now < self.deadline - reserve * self.seconds
        self.is_cut |= not go_on
        return go_on

    def end(self) -> None:
        """The last word."""
        self._tell(1.0)

    def _tell(self, share_done: float) -> None:
        if self.on_progress is not None:
            self.on_progress(Progress(self._placed, self.people, self._points, share_done))
