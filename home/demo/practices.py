"""What the people of the demo wrote themselves: one on the shelf, one offered."""

from datetime import datetime, timedelta

from circles.models import Circle
from library import services as library
from library.forms.writing import content_of
from library.models import Edition, Practice
from library.reading import read
from people.models import Person

LONG_TABLE = """---
title: The long table
scale: congregation
purpose: Eat together so that nobody leaves without having been asked something.
people: 8 to 40
minutes: 95
roles: host, cooks
source: Ama’s grandmother, and four summers on the estuary
---

One long table, and one question to each course. You change seats between the courses, so that
everybody has had three neighbours by the end. The host rings a spoon against a glass and says
the question; that is all the hosting there is.

## Steps

- 10 min · host · Come in: Find a seat beside somebody you do not know well. Pass the bread.
- 25 min · Soup: What were you glad of this week? In twos and threes, as you sit.
- 25 min · The pot: What are you carrying that you would like somebody to know of?
- 25 min · Something sweet: What could we do together before the next full moon?
- 5 min silent · Thanks: A quiet minute with the candles, then the cooks are thanked.
- 5 min · cooks · Leftovers: Everybody takes something home for somebody.
"""

BROKEN_THING = """---
title: Bring a broken thing
scale: crew
purpose: Talk about mending while your hands are busy with it.
people: 2 to 5
minutes: 55
roles: timekeeper
source: our own table
---

Everybody brings one thing that is broken and small: a cup, a strap, a letter never sent. You
mend, or look at it together, and talk beside it instead of at each other.

## Caution

A thing can stand for a person. Nobody has to say whom.

## Steps

- 3 min each · Show it: What is it, and since when is it broken?
- 30 min · Mend: Work side by side. Ask for a hand.
- 2 min each · Look: What is it now?
"""


def write_practices(estuary: Circle, table: Circle, people: list[Person], now: datetime) -> None:
    """Ama's is published by Inês, Joaquim's waits to be read; a crew says what it learned."""
    steward, ama, joaquim = people[0], people[6], people[7]
    draft = library.begin_draft(by=ama, content=content_of(read(LONG_TABLE)))
    library.offer(draft=draft, by=ama, home=estuary)
    practice = library.publish(draft=draft, by=steward)
    long_ago = now - timedelta(days=60)
    Practice.objects.filter(pk=practice.pk).update(published_at=long_ago)
    Edition.objects.filter(practice=practice).update(published_at=long_ago)
    offered = library.begin_draft(by=joaquim, content=content_of(read(BROKEN_THING)))
    library.offer(draft=offered, by=joaquim, home=estuary)
    seat = table.memberships.present().at_table()[1]
    library.share(
        practice=Practice.objects.get(slug="case-clinic"),
        circle=table,
        by=seat.person,
        words="Two minutes of silence felt endless the first time. Keep them: the best came then.",
        names_circle=True,
    )
