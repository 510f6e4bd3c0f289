"""The order of a meeting while it happens: who speaks when, and for how long. Pure.

A practice's steps become stretches of time: a step for each becomes a turn for everyone who is
there. Around a practice that does not arrive and leave by itself come a check-in and a check-out,
and what is left of the time is for talking.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

# With more people than this a round is one stretch of time, and not longer than so many minutes.
MOST_TURNS = 12
LONGEST_ROUND = 20
# Shorter than this, a talk is not worth announcing.
SHORTEST_TALK = 5
CHECK_IN, TALK, CHECK_OUT = "in", "talk", "out"
# The end of a step's key that gives somebody the time that the other had more.
MORE = ".more"


@dataclass(frozen=True, slots=True)
class Planned:
    """A step before it is known who is there. `who` is a role or ""; `kind` as of a step."""

    key: str
    title: str
    words: str
    minutes: int
    kind: str = "talk"
    who: str = ""
    # Whose alone it is: an id, for time that somebody gets because the other had it.
    person: int | None = None

    def minutes_for(self, people: int) -> int:
        """How long it takes with so many people."""
        if self.kind != "each":
            return self.minutes
        return min(self.minutes * people, LONGEST_ROUND if people > MOST_TURNS else 1_000)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time that is one person's, one role's, everybody's, or silent.

    `key` stays the same when somebody comes or goes; `person` is an id.
    """

    key: str
    title: str
    words: str
    seconds: int
    kind: str
    role: str = ""
    person: int | None = None


def framed(
    steps: Sequence[Planned], *, people: int, minutes: int, check_in: str, check_out: str
) -> list[Planned]:
    """The steps with arriving before and leaving after, and the time that is left for talking.

    A step of its own called check-in or check-out stays the only one.
    """
    titles = " ".join(step.title.casefold() for step in steps)
    arriving = Planned(CHECK_IN, _("Check-in"), check_in, 2, "each")
    leaving = Planned(CHECK_OUT, _("Check-out"), check_out, 1, "each")
    before = [] if "check-in" in titles else [arriving]
    after = [] if "check-out" in titles else [leaving]
    if _minutes([*before, *steps, *after], people) > minutes:
        before = [replace(step, minutes=1) for step in before]
    left = minutes - _minutes([*before, *steps, *after], people)
    talk = []
    if not steps or left >= SHORTEST_TALK:
        words = _("What wants to be said now?")
        # The talk after another practice is another talk.
        practice = steps[0].key.partition(".")[0] if steps else ""
        talk = [Planned(f"{TALK}{practice}", _("Time to talk"), words, max(left, SHORTEST_TALK))]
    return [*before, *steps, *talk, *after]


def fits(steps: Sequence[Planned], *, people: int, minutes: int) -> bool:
    """Whether there is time for a check-in and a check-out around these steps."""
    frame = framed(steps, people=people, minutes=0, check_in="", check_out="")
    return _minutes(frame, people) <= max(minutes, SHORTEST_TALK)


def _minutes(steps: Sequence[Planned], people: int) -> int:
    return sum(step.minutes_for(people) for step in steps)


def stretches(steps: Sequence[Planned], speaking: Sequence[int]) -> list[Stretch]:
    """The steps as they happen with those people, who speak in that order."""
    found = []
    for step in steps:
        if step.kind == "each" and len(speaking) <= MOST_TURNS:
            found += [
                Stretch(
                    key=f"{step.key}:{person}",
                    title=step.title,
                    words=step.words,
                    seconds=step.minutes * 60,
                    kind=step.kind,
                    person=person,
                )
                for person in speaking
            ]
        else:
            if step.person is not None and step.person not in speaking:
                continue
            key = f"{step.key}:{step.person}" if step.person else step.key
            seconds = step.minutes_for(len(speaking)) * 60
            found.append(
                Stretch(key, step.title, step.words, seconds, step.kind, step.who, step.person)
            )
    return found


def around[Person](people: Sequence[Person], first: Person) -> list[Person]:
    """The people in the order of their seats, beginning with `first`."""
    start = people.index(first) if first in people else 0
    return [*people[start:], *people[:start]]


def begins[Person](
    pair: Sequence[Person], *, number: int, before: Person | None = None
) -> Person | None:
    """Who of two speaks first: not who did the last time they met.

    `before` began then; before they ever met, it goes by the seats and the meeting's number
    (1, 2, …). Who sits alone begins. None where nobody sits.
    """
    if len(pair) < 2:
        return next(iter(pair), None)
    if before in pair:
        return pair[1 - pair.index(before)]
    return pair[(number - 1) % 2]


def mirrored(steps: Sequence[Planned], key: str) -> str | None:
    """The step that gives the other the same as `key`, of steps that change roles half-way.

    None where the steps don't, and for the second half.
    """
    spoken = [step for step in steps if step.who and not step.key.endswith(MORE)]
    half = len(spoken) // 2
    halves = list(zip(spoken[:half], spoken[half:], strict=False))
    if len(spoken) % 2 or any(one.who == other.who for one, other in halves):
        return None
    return next((other.key for one, other in halves if one.key == key), None)
