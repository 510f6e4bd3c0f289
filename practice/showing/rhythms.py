"""The rhythms a circle keeps now, as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch

from circles.models import Circle
from practice.models import Pause, PracticeSession, Rhythm
from practice.rules.layout import Skipped
from practice.showing.wording import rhythm_in_words

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Running:
    """A rhythm in words, with the pauses that are not over."""

    rhythm: Rhythm
    pauses: Sequence[Pause]

    @property
    def words(self) -> str:
        """ "Every other Tuesday at 18:30, Lisbon time"."""
        return rhythm_in_words(self.rhythm)


def running(circle: Circle, now: datetime) -> list[Running]:
    """Those that come again and have a meeting ahead, or one that rests."""
    ahead = PracticeSession.objects.filter(rhythm=OuterRef("pk"), ends_at__gt=now)
    ahead = ahead.exclude(cancelled_at__isnull=False, skipped=Skipped.NOT)
    pauses = Pause.objects.filter(last_day__gte=now.date())
    found = (
        Rhythm.objects.going_on()
        .filter(Exists(ahead), circle=circle)
        .exclude(every=Rhythm.Every.ONCE)
        .prefetch_related(Prefetch("pauses", pauses))
        .order_by("pk")
    )
    return [Running(one, list(one.pauses.all())) for one in found[:MOST_SHOWN]]
