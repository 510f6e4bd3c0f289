"""Two who were paired, as each of them finds it: who, what they share, times, did you meet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Membership, Preference
from circles.scales import Scale
from dyads.models import DidMeet, Introduction
from dyads.rules.meeting import ASKED_UNTIL, Stage, Standing, stage
from dyads.services.introducing import offered
from dyads.services.meeting import first_over, is_noted, words_since
from dyads.showing.now import DyadNow
from library.models import Practice
from pages.registry import Waiting
from pages.sections import Step
from people.languages import names
from people.models import Person
from people.week import hour_of_week, in_words
from practice.hours import member_of
from practice.models import Attendance, PracticeSession
from practice.rules.shared_hours import QUARTER, free
from practice.rules.slots import QUARTERS_IN_WEEK, week_after
from practice.showing.meetings import Place, places
from practice.waiting import REMEMBERED

MOST_WAITING = 2
# Stretches of the week that are named; more nobody reads.
MOST_HOURS = 4
WAITING_FIELDS = (
    "dyad",
    "dyad__name",
    "made_at",
    "comes",
    "ended_at",
    "is_noted",
    "is_noted_by_one",
)
# Where the section begins on the page of the two.
ANCHOR = "#first-meeting"


@dataclass(frozen=True, slots=True)
class Time:
    """A time that suits both; `elsewhere` is the other one's wall, where it shows another."""

    at: datetime
    elsewhere: Place | None

    @property
    def value(self) -> str:
        """As a form sends it."""
        return self.at.isoformat()


@dataclass(frozen=True, slots=True)
class Sharing:
    """What two people share of what both have made visible; the wish is the reader's own."""

    languages: list[str]
    hours: str
    is_wished: bool

    def __bool__(self) -> bool:
        return bool(self.languages or self.hours or self.is_wished)


@dataclass(frozen=True, slots=True)
class Introduced:
    """The section on the page of the two."""

    introduction: Introduction
    stage: Stage
    other: Person
    times: Sequence[Time]
    sharing: Sharing
    practice: Practice | None


def introduced(now: DyadNow) -> Introduced | None:
    """Who the other one is, until the two have met; and times to take, while they have none."""
    introduction, found = _found(now)
    if introduction is None or now.other is None or found == Stage.ASKED:
        return None
    if found == Stage.NOTHING and (now.has_met or now.meetings.next is None):
        return None
    moments = offered(introduction, timezone.now()) if found else []
    return Introduced(
        introduction=introduction,
        stage=found,
        other=now.other,
        times=times_for(moments, now.reader, now.other),
        sharing=sharing(now.reader, now.other),
        practice=introduction.practice,
    )


def meet_first(now: DyadNow) -> Step | None:
    """What now, until the two have met for the first time."""
    introduction, found = _found(now)
    if introduction is None or now.other is None or found == Stage.NOTHING:
        return None
    who = now.other.first_name
    if found == Stage.ASKED:
        return Step(
            heading=_("Did you meet {who}?").format(who=who),
            words=_("A yes or a no; neither is anybody’s fault."),
            url=reverse("dyads:did_meet", args=[now.dyad.pk]),
            action=_("Say it"),
        )
    if found == Stage.AGAIN:
        return Step(
            heading=_("You two have not met yet"),
            words=_("Weeks are like that. Begin anew, or let it be."),
            url=ANCHOR,
            action=_("See how it can go on"),
        )
    has_times = bool(offered(introduction, timezone.now()))
    return Step(
        heading=_("You two were paired"),
        words=_("One tap sets when you meet.") if has_times else _("Find a first hour together."),
        url=ANCHOR,
        action=_("Take a time") if has_times else _("See how"),
    )


def _found(now: DyadNow) -> tuple[Introduction | None, Stage]:
    """The introduction of a dyad that goes on, and what its reader is shown."""
    introduction: Introduction | None = getattr(now.dyad, "introduction", None)
    if introduction is None or not now.is_complete:
        return None, Stage.NOTHING
    moment = timezone.now()
    session = first_over(introduction, moment) if now.meetings.last_past else None
    if session is not None and session != now.meetings.last_past:
        # They have met again since, so the first time is no question any more.
        return introduction, Stage.NOTHING
    said = words_since(introduction).filter(person=now.reader).first()
    return introduction, stage(
        Standing(
            made_at=introduction.made_at,
            comes=now.meetings.next is not None,
            first_ended_at=session.ends_at if session else None,
            said=said.met if said else None,
            is_noted=session is not None and is_noted(session, now.reader),
        ),
        moment,
    )


def times_for(moments: Sequence[datetime], reader: Person, other: Person) -> list[Time]:
    """Each time with what the other's wall shows, where that is something else."""
    found = []
    for at in moments:
        there = next(one for one in places(at, [other], reader))
        here = at.astimezone(reader.zone)
        found.append(Time(at, there if there.local.utcoffset() != here.utcoffset() else None))
    return found


def sharing(reader: Person, other: Person) -> Sharing:
    """What the reader may know that they share with the other one."""
    spoken = [code for code in reader.languages if code in other.languages]
    wishes = Preference.objects.of(reader).wishes().filter(whom=other)
    return Sharing(names(spoken), shared_hours(reader, other, timezone.now()), wishes.exists())


def shared_hours(reader: Person, other: Person, now: datetime) -> str:
    """The hours of the week that suit both, by the reader's clock in the week to come."""
    members = [member_of(one) for one in (reader, other)]
    begins = week_after(now)
    masks = free(members, begins, QUARTERS_IN_WEEK)
    both = masks[reader.pk] & masks[other.pk]
    walls = (
        (begins + number * QUARTER).astimezone(reader.zone)
        for number in range(QUARTERS_IN_WEEK)
        if both >> number & 1
    )
    said = in_words({hour_of_week(wall.weekday(), wall.hour) for wall in walls}).split(", ")
    more = [_("and others")] if len(said) > MOST_HOURS else []
    return ", ".join([*said[:MOST_HOURS], *more])


def pairs_wait(person: Person) -> Iterator[Waiting]:
    """On Today: a time to take, and “did you meet?” where the table does not ask it. One query.

    Who was there is asked of both after a meeting (`practice.waiting.attendance`); that is the
    same question, so here it is asked later, of whoever has not said it then.
    """
    now = timezone.now()
    for row in _waiting_for(person, now):
        found = stage(
            Standing(row["made_at"], row["comes"], row["ended_at"], None, row["is_noted"]), now
        )
        name = row["dyad__name"]
        if found == Stage.TIMES:
            yield Waiting(
                scale=Scale.DYAD,
                heading=_("{dyad}: you were paired").format(dyad=name),
                words=_("Times that suit you both wait for one tap."),
                url=reverse("dyads:dyad", args=[row["dyad"]]) + ANCHOR,
                action=_("Take a time"),
            )
        elif found == Stage.ASKED and not _table_asks(row, now):
            yield Waiting(
                scale=Scale.DYAD,
                heading=_("{dyad}: did you meet?").format(dyad=name),
                words=_("A yes or a no; neither is anybody’s fault."),
                url=reverse("dyads:did_meet", args=[row["dyad"]]),
                action=_("Say it"),
            )


def _waiting_for(person: Person, now: datetime) -> Sequence[dict[str, Any]]:
    """The reader's introductions of the last weeks on which they have said nothing."""
    seats = Membership.objects.present().filter(person=person, circle=OuterRef("dyad"))
    meetings = PracticeSession.objects.filter(circle=OuterRef("dyad"))
    over = meetings.past(now).filter(starts_at__gt=OuterRef("since")).order_by("ends_at")
    noted = Attendance.objects.filter(session__circle=OuterRef("dyad"))
    said = DidMeet.objects.filter(
        introduction=OuterRef("pk"), person=person, said_at__gt=OuterRef("since")
    )
    found = Introduction.objects.filter(
        Exists(seats), dyad__closed_at__isnull=True, made_at__gt=now - ASKED_UNTIL
    )
    return list(
        found.annotate(since=Coalesce("taken_at", "made_at"))
        .filter(~Exists(said))
        .annotate(
            comes=Exists(meetings.to_come(now)),
            ended_at=Subquery(over.values("ends_at")[:1]),
            is_noted=Exists(noted.filter(person=person)),
            is_noted_by_one=Exists(noted),
        )
        .filter(Q(comes=False) | Q(ended_at__isnull=False, is_noted=False))
        .order_by("-made_at")
        .values(*WAITING_FIELDS)[:MOST_WAITING]
    )


def _table_asks(row: Mapping[str, Any], now: datetime) -> bool:
    """Whether Today asks already who was there."""
    ended_at = row["ended_at"]
    return ended_at is not None and ended_at > now - REMEMBERED and not row["is_noted_by_one"]
