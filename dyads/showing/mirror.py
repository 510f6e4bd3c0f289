"""The partnership mirror as one of the two reads it. Answers are read by `readable_by` only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dyads.models import Dyad, Mirror, MirrorAnswer
from dyads.rules.mirror import GROWS_OLD, STEPS, Asked, Move, Question, is_far_out, move, questions
from dyads.services import sitting
from dyads.showing.now import DyadNow
from pages.pictures.spectrum import Spot, spectrum_picture
from pages.sections import Step
from people.models import Person

# So many mirrors are looked at over time.
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Side:
    """One question of an open mirror: what each of the two sees, in words."""

    title: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class MirrorNow:
    """A mirror as one of the two finds it."""

    mirror: Mirror
    dyad: Dyad
    mine: MirrorAnswer | None
    theirs: MirrorAnswer | None
    other: Person | None
    may_answer: bool

    @property
    def asked(self) -> Mapping[Question, Asked]:
        """The four questions, in the words of their kind of dyad."""
        return questions(one_way=self.dyad.goes_one_way)

    @property
    def sides(self) -> list[Side]:
        """The two, question by question; without the other's words where they are not open."""
        if self.mine is None:
            return []
        return [
            Side(
                str(asked.title),
                str(asked.step(self.mine.steps[one])),
                str(asked.step(self.theirs.steps[one])) if self.theirs else "",
            )
            for one, asked in self.asked.items()
        ]

    @property
    def is_open(self) -> bool:
        """Whether the reader reads both."""
        return self.theirs is not None

    @property
    def needs_help(self) -> bool:
        """Whether the reader, and nobody else, is told where there is help. Never kept."""
        return self.mine is not None and is_far_out(self.mine.steps)

    @property
    def put_away_on(self) -> datetime:
        """When it is put away by itself."""
        return self.mirror.asked_at + GROWS_OLD


def mirror_now(mirror: Mirror, dyad: Dyad, reader: Person) -> MirrorNow:
    """The mirror for one of the two."""
    answers = {
        one.person_id: one for one in MirrorAnswer.objects.readable_by(reader).filter(mirror=mirror)
    }
    people = sitting(dyad)
    other = next((one for one in people if one != reader), None)
    mine = answers.pop(reader.pk, None)
    return MirrorNow(
        mirror=mirror,
        dyad=dyad,
        mine=mine,
        theirs=next(iter(answers.values()), None),
        other=other,
        may_answer=mirror.is_waiting and dyad.is_open and other is not None,
    )


# --- over time --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """What both saw in one mirror that is open."""

    mirror: Mirror
    day: datetime
    mine: Mapping[Question, int]
    theirs: Mapping[Question, int]

    @property
    def label(self) -> str:
        """The day, short."""
        return date_format(self.day, "j M")


@dataclass(frozen=True, slots=True)
class Path:
    """One question over time: a sentence, a picture, and the same picture in words."""

    title: str
    sentence: str
    picture: SafeString
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mirrors:
    """The page of a dyad's mirrors."""

    dyad: Dyad
    reader: Person
    other: Person | None
    waiting: Mirror | None
    has_answered: bool
    looks: Sequence[Look]
    # Mirrors that are not open in which the reader's own answers are.
    own: Sequence[Mirror]

    @property
    def may_ask(self) -> bool:
        """Whether one may be asked for now."""
        return self.dyad.is_open and self.other is not None and self.waiting is None

    @property
    def paths(self) -> list[Path]:
        """The movement, question by question, once there are two to lay beside each other."""
        if len(self.looks) < 2 or self.other is None:
            return []
        asked = questions(one_way=self.dyad.goes_one_way)
        return [self._path(one, words, self.other.first_name) for one, words in asked.items()]

    def _path(self, one: Question, words: Asked, name: str) -> Path:
        first, last = self.looks[0], self.looks[-1]
        moves = move(first.mine[one], last.mine[one]), move(first.theirs[one], last.theirs[one])
        return Path(
            title=str(words.title),
            sentence=movement(one, *moves, when=_when(first.day, last.day), name=name),
            picture=spectrum_picture(
                (str(words.ends[0]), str(words.ends[1])),
                [Spot(at.label, _part(at.mine[one]), _part(at.theirs[one])) for at in self.looks],
            ),
            lines=[
                _("{day}. You: {mine} {name}: {theirs}").format(
                    day=date_format(at.day, "j F Y"),
                    mine=words.step(at.mine[one]),
                    name=name,
                    theirs=words.step(at.theirs[one]),
                )
                for at in self.looks
            ],
        )


def _part(step: int) -> float:
    return (step - STEPS[0]) / (STEPS[-1] - STEPS[0])


def _when(then: datetime, now: datetime) -> str:
    return date_format(then, "j F" if then.year == now.year else "j F Y")


def mirrors_of(dyad: Dyad, reader: Person) -> Mirrors:
    """Every mirror of a dyad for one of the two: as many questions for eight as for one."""
    people = sitting(dyad)
    readable = MirrorAnswer.objects.readable_by(reader).filter(mirror__dyad=dyad)
    found: dict[Mirror, dict[int, MirrorAnswer]] = {}
    for answer in readable.select_related("mirror").order_by("-mirror__asked_at"):
        found.setdefault(answer.mirror, {})[answer.person_id] = answer
    looks, own = [], []
    for mirror, answers in found.items():
        mine = answers.pop(reader.pk, None)
        theirs = next(iter(answers.values()), None)
        if mine and theirs and mirror.opened_at:
            looks.append(Look(mirror, _local(mirror.opened_at), mine.steps, theirs.steps))
        elif mine and not mirror.is_waiting:
            own.append(mirror)
    waiting = dyad.mirrors.waiting().first() if dyad.is_open else None
    return Mirrors(
        dyad=dyad,
        reader=reader,
        other=next((one for one in people if one != reader), None),
        waiting=waiting,
        has_answered=waiting in found,
        looks=looks[:MOST_SHOWN][::-1],
        own=own[:MOST_SHOWN],
    )


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def movement(one: Question, mine: Move, theirs: Move, *, when: str, name: str) -> str:
    """How both see one thing now, beside how they saw it then, in a sentence."""
    ways = {
        Question.DECISIONS: (_("as more shared"), _("as less shared")),
        Question.CARE: (_("as flowing more both ways"), _("as flowing less both ways")),
        Question.DISAGREEING: (_("as safer"), _("as less safe")),
        Question.NEEDS: (_("as more balanced"), _("as less balanced")),
    }
    subjects = {
        Question.DECISIONS: _("How you decide"),
        Question.CARE: _("How care flows"),
        Question.DISAGREEING: _("Disagreeing"),
        Question.NEEDS: _("Whose needs lead"),
    }
    toward, away = ways[one]
    words = {Move.TOWARD: toward, Move.AWAY: away, Move.SAME: ""}
    what = {
        "subject": subjects[one],
        "mine": words[mine],
        "theirs": words[theirs],
        "when": when,
        "name": name,
    }
    if mine is theirs is Move.SAME:
        return _("{subject}: you both see it as you did on {when}.").format(**what)
    if mine is theirs:
        return _("{subject}: you see it {mine} than on {when}, and so does {name}.").format(**what)
    if theirs is Move.SAME:
        return _("{subject}: you see it {mine} than on {when}; {name} sees it as then.").format(
            **what
        )
    if mine is Move.SAME:
        return _("{subject}: you see it as on {when}; {name} sees it {theirs}.").format(**what)
    return _("{subject}: you see it {mine} than on {when}, {name} {theirs}.").format(**what)


# --- on the page of the two -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MirrorPart:
    """The section on the page of the two."""

    url: str
    has_open: bool
    is_going_on: bool


def _waiting(now: DyadNow) -> Mirror | None:
    """The mirror that waits for the reader, unless they have answered, or not now."""
    if not now.is_complete:
        return None
    return (
        now.dyad.mirrors.waiting()
        .exclude(answers__person=now.reader)
        .exclude(not_now__person=now.reader)
        .first()
    )


def mirror_step(now: DyadNow) -> Step | None:
    """A mirror waits to be looked into."""
    mirror = _waiting(now)
    if mirror is None:
        return None
    return Step(
        heading=_("Your partnership mirror is here"),
        words=_("Four questions, each of you alone. It opens when both have answered."),
        url=reverse("dyads:mirror", args=[now.dyad.pk, mirror.pk]),
        action=_("Look into it"),
    )


def mirror_part(now: DyadNow) -> MirrorPart | None:
    """What the page of the two says of it: once both sit there, also after the end."""
    if now.other is None:
        return None
    has_open = now.dyad.mirrors.filter(opened_at__isnull=False).exists()
    if (now.closes or not now.is_complete) and not has_open:
        return None
    url = reverse("dyads:mirror_history", args=[now.dyad.pk])
    return MirrorPart(url, has_open, now.is_complete)
