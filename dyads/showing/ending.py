"""How it goes on with two people: the look back on their page, on its own page, and on Today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from circles.scales import Scale
from circles.seats import seats_of
from dyads.models import Dyad, LookBack, LookBackAnswer
from dyads.rules.ending import Choice
from dyads.services import as_before
from dyads.services.outcomes import AsBefore
from dyads.showing.now import DyadNow
from pages.registry import Waiting
from pages.sections import Step
from people.models import Person
from practice.models import PracticeSession
from practice.showing.often import how_often
from practice.showing.wording import in_words

# So many of them on Today, and for so long after they were asked or opened.
MOST = 3
FRESH = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """A choice on its button, what it means, and how it reads when both have answered: the
    other's, and one's own."""

    label: Promise | str
    meaning: Promise | str
    said: Promise | str
    mine: Promise | str


CHOICES = {
    Choice.CONTINUE: ChoiceWords(
        _("Continue"),
        _("I would like to meet again as before."),
        _("would like to go on"),
        _("would like to go on"),
    ),
    Choice.PAUSE: ChoiceWords(
        _("Pause"),
        _("I want to stay, and need a while without meetings."),
        _("needs a pause"),
        _("need a pause"),
    ),
    Choice.CLOSE: ChoiceWords(
        _("Thank and close"),
        _("It was good, and it is complete for me."),
        _("would like to thank and close"),
        _("would like to thank and close"),
    ),
}


# --- on the page of the two -----------------------------------------------------------------


def step(now: DyadNow) -> Step | None:
    """What waits: to look back, to set meetings again, to close, to begin again."""
    if now.other is None:
        return None
    found = LookBack.objects.alive().filter(dyad=now.dyad).first()
    if found is None:
        return None
    if found.is_asking:
        mine = LookBackAnswer.objects.filter(look_back=OuterRef("pk"), person=now.reader)
        waits = LookBack.objects.waiting(timezone.now()).filter(~Exists(mine), pk=found.pk)
        return _to_answer(found, now.other) if waits.exists() else None
    return _STEPS[Choice(found.outcome)](found, now)


def they_close(dyad: Dyad) -> bool:
    """Whether both have looked back and their last page waits to be read together."""
    return LookBack.objects.alive().filter(dyad=dyad, outcome=Choice.CLOSE).exists()


def _to_answer(look_back: LookBack, other: Person) -> Step:
    heading = _now("You look back together")
    if look_back.asked_by == other:
        heading = _now("{who} would like to look back").format(who=other.first_name)
    return Step(
        heading=heading,
        words=_now(
            "Continue, pause, or thank and close? You both say it alone, and read it together."
        ),
        url=look_back.get_absolute_url(),
        action=_now("Look back"),
    )


def _goes_on(look_back: LookBack, now: DyadNow) -> Step:
    wished = as_before(now.dyad, timezone.now())
    schedule = reverse("practice:schedule", args=[now.dyad.pk])
    heading = _now("You both would like to go on")
    if wished is None:
        return Step(heading, schedule, _now("Set a rhythm"))
    return Step(
        heading=heading,
        words=as_before_in_words(wished, now.reader),
        url=reverse("dyads:go_on", args=[now.dyad.pk, look_back.pk]),
        action=_now("Set these meetings"),
        second_url=schedule,
        second_action=_now("Set them differently"),
        is_press=True,
    )


def _pauses(look_back: LookBack, now: DyadNow) -> Step:
    return Step(
        heading=_now("You two pause"),
        words=_until(look_back),
        url=look_back.get_absolute_url(),
        action=_now("Look at it"),
    )


def _closes(look_back: LookBack, now: DyadNow) -> Step:
    return Step(
        heading=_now("You close with thanks"),
        words=_now("What you received from each other is there to be read together."),
        url=reverse("dyads:ending", args=[now.dyad.pk]),
        action=_now("Read it together"),
    )


_STEPS = {Choice.CONTINUE: _goes_on, Choice.PAUSE: _pauses, Choice.CLOSE: _closes}


def _until(look_back: LookBack) -> str:
    if look_back.pauses_until is None:
        return ""
    day = date_format(look_back.pauses_until, "j F")
    if look_back.pause_is_over(timezone.localdate()):
        return _now("The day you had chosen has come. Do you begin again?")
    return _now("Until {day}. Either of you can begin again before.").format(day=day)


def as_before_in_words(wished: AsBefore, reader: Person) -> str:
    """ "From Tuesday 12 January, 18:30: six meetings, every second week."""
    day = date_format(wished.first.astimezone(reader.zone), "l j F, H:i")
    times = ngettext("one meeting", "{number} meetings", wished.meetings).format(
        number=in_words(wished.meetings)
    )
    often = _now("every month") if wished.every == "month" else how_often(wished.interval)
    said = _now("As before, from {day} on: {times}, {often}.")
    return said.format(day=day, times=times, often=often)


@dataclass(frozen=True, slots=True)
class Going:
    """What the part “how it goes on” of their page tells. `waits` is a look back that not both
    have answered; at an end, `last` is the last meeting."""

    is_open: bool
    is_complete: bool
    waits: LookBack | None
    may_ask: bool
    has_last_page: bool
    last: PracticeSession | None
    in_congregation: bool


def going(now: DyadNow) -> Going | None:
    """How it goes on, on the page of the two; nothing while somebody is only asked."""
    if not now.is_complete and now.dyad.is_open:
        return None
    last = now.dyad.look_backs.order_by("-asked_at", "-pk").first()
    return Going(
        is_open=now.dyad.is_open,
        is_complete=now.is_complete,
        waits=last if last and last.is_asking else None,
        may_ask=last is None or last.settled_at is not None,
        has_last_page=bool(last and last.outcome == Choice.CLOSE and now.other),
        last=None if now.dyad.is_open else now.meetings.last_past,
        in_congregation=now.dyad.parent_id is not None,
    )


# --- on its own page ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two said, as it is read when both have."""

    who: str
    is_mine: bool
    choice: Promise | str
    received: str
    word: str


def said_in(look_back: LookBack, reader: Person) -> list[Said]:
    """What the reader may read, the other's first."""
    answers = LookBackAnswer.objects.readable_by(reader).filter(look_back=look_back)
    found = [_said(answer, reader) for answer in answers.select_related("person")]
    return sorted(found, key=lambda said: said.is_mine)


def _said(answer: LookBackAnswer, reader: Person) -> Said:
    words, is_mine = CHOICES[Choice(answer.choice)], answer.person_id == reader.pk
    return Said(
        who=answer.person.first_name,
        is_mine=is_mine,
        choice=words.mine if is_mine else words.said,
        received=answer.received,
        word=answer.word,
    )


MOST_LAST_PAGES = 6


def last_pages(person: Person) -> list[LookBack]:
    """Of dyads that closed with thanks and were not put away, the latest first."""
    ended = [seat.circle_id for seat in seats_of(person) if not seat.circle.is_open]
    found = LookBack.objects.filter(dyad__in=ended, outcome=Choice.CLOSE)
    return list(found.select_related("dyad").order_by("-opened_at", "-pk")[:MOST_LAST_PAGES])


# --- on Today -------------------------------------------------------------------------------


def waiting_at_the_end(person: Person) -> Iterator[Waiting]:
    """Look backs to answer or to follow, pauses that are over, last pages. One question."""
    seats = [seat for seat in seats_of(person) if seat.scale == Scale.DYAD]
    if not seats:
        return
    now = timezone.now()
    mine = LookBackAnswer.objects.filter(look_back=OuterRef("pk"), person=person)
    found = LookBack.objects.filter(
        Q(pk__in=LookBack.objects.waiting(now).values("pk"), asked_at__gt=now - FRESH)
        | Q(outcome__in=[Choice.CONTINUE, Choice.CLOSE], opened_at__gt=now - FRESH)
        | Q(outcome=Choice.PAUSE, pauses_until__range=(now.date() - FRESH, now.date())),
        settled_at=None,
        dyad__in=[seat.circle_id for seat in seats],
        dyad__closed_at=None,
    )
    # What one has answered waits for somebody else.
    found = found.exclude(Exists(mine), opened_at=None)
    for look_back in found.select_related("dyad").order_by("asked_at")[:MOST]:
        yield _waiting(look_back)


def _waiting(look_back: LookBack) -> Waiting:
    heading, words, action = _WAITING[look_back.outcome]
    url = look_back.get_absolute_url()
    if look_back.outcome == Choice.CONTINUE:
        url = look_back.dyad.get_absolute_url()
    return Waiting(
        scale=Scale.DYAD,
        heading=str(heading).format(dyad=look_back.dyad),
        words=str(words),
        url=url,
        action=str(action),
    )


_WAITING = {
    "": (
        _("{dyad}: how does it go on?"),
        _("Continue, pause, or thank and close? You both say it alone."),
        _("Look back"),
    ),
    Choice.CONTINUE: (
        _("{dyad}: you both would like to go on"),
        _("Set your meetings again, with one press."),
        _("Go on"),
    ),
    Choice.PAUSE: (
        _("{dyad}: your pause is over"),
        _("Do you begin again? Either of you can."),
        _("Look at it"),
    ),
    Choice.CLOSE: (
        _("{dyad}: you close with thanks"),
        _("What you received from each other is there to be read together."),
        _("Read it"),
    ),
}
