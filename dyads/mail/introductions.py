"""What two who were paired hear: of each other, once more after a week, and “did you meet?”."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import Membership
from dyads.links import met_url, time_url
from dyads.models import DidMeet, Introduction
from dyads.rules.meeting import ASKED_AFTER, ASKED_UNTIL, morning_after
from dyads.services.introducing import INTRODUCED, offered
from dyads.services.meeting import LET_BE, NUDGE, first_over, is_noted, words_since
from dyads.services.shared import sitting
from dyads.showing.introduction import Sharing, Time, sharing, times_for
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person
from people.time_zones import zone_info
from practice.models import Attendance, PracticeSession
from practice.replies import Link

DID_MEET = "dyads.did_meet"


@dataclass(frozen=True, slots=True)
class Offer:
    """A time with the link that takes it."""

    time: Time
    url: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who were paired and still are a dyad: the reader of the mail, and the other one."""

    introduction: Introduction
    reader: Person
    other: Person


def _pair(notice: Notice) -> Pair | Dropped:
    found = Introduction.objects.select_related("dyad", "practice", "round__congregation")
    introduction = found.filter(pk=notice.ref).first()
    if introduction is None or notice.person is None:
        return Dropped("gone")
    people = sitting(introduction.dyad)
    others = [one for one in people if one != notice.person]
    if not introduction.dyad.is_open or len(people) < 2 or len(others) != 1:
        return Dropped("no longer a dyad")
    return Pair(introduction, notice.person, others[0])


def _unset(notice: Notice) -> Pair | Dropped:
    """The pair, while they have no meeting."""
    pair = _pair(notice)
    if isinstance(pair, Dropped):
        return pair
    meetings = PracticeSession.objects.filter(circle=pair.introduction.dyad_id, cancelled_at=None)
    return Dropped("a time is set") if meetings.exists() else pair


def introduced(notice: Notice) -> Letter | Dropped:
    """To each of the two at once: who, what they share, times, a first practice.

    It is sent also when the other one was quicker and has taken a time: then it names that.
    """
    pair = _pair(notice)
    if isinstance(pair, Dropped):
        return pair
    heading = _("You and {who} are paired").format(who=pair.other.first_name)
    opening = _(
        "{circle} has paired you two as practice partners: two equals who take turns, one "
        "speaking, one listening."
    ).format(circle=pair.introduction.round.congregation)
    return _introduction(pair, heading, opening)


def nudge(notice: Notice) -> Letter | Dropped:
    """To each of the two, once: a week has passed, and no time is set."""
    pair = _unset(notice)
    if isinstance(pair, Dropped):
        return pair
    heading = _("A time for you and {who}?").format(who=pair.other.first_name)
    opening = _(
        "A week has passed since you two were paired, and no time is set yet. Weeks are like "
        "that. This is the only reminder."
    )
    return _introduction(pair, heading, opening)


def _introduction(pair: Pair, heading: str, opening: str) -> Letter:
    introduction, now = pair.introduction, timezone.now()
    coming = PracticeSession.objects.filter(circle=introduction.dyad_id).to_come(now).first()
    moments = [] if coming else offered(introduction, now)
    times = times_for(moments, pair.reader, pair.other)
    context = {
        "heading": heading,
        "opening": opening,
        "other": pair.other,
        "shared": _lines(sharing(pair.reader, pair.other), pair.other),
        "offers": [Offer(one, time_url(introduction, pair.reader, one.at)) for one in times],
        "set": times_for([coming.starts_at], pair.reader, pair.other)[0] if coming else None,
        "practice": introduction.practice,
        "dyad_url": absolute(introduction.dyad.get_absolute_url()),
    }
    return Letter(heading, "introduced", context)


def _lines(found: Sharing, other: Person) -> list[str]:
    lines = []
    if found.is_wished:
        words = _("You had wished for {who}. Only you read this.")
        lines.append(words.format(who=other.first_name))
    if found.languages:
        lines.append(_("You both speak {names}.").format(names=", ".join(found.languages)))
    if found.hours:
        words = _("Hours that suit you both, by your clock: {hours}.")
        lines.append(words.format(hours=found.hours))
    return lines


def did_meet(notice: Notice) -> Letter | Dropped:
    """To each of the two, the morning after: did you meet?"""
    pair = _pair(notice)
    if isinstance(pair, Dropped):
        return pair
    introduction, now = pair.introduction, timezone.now()
    if notice.key != _key(introduction.dyad_id, introduction.taken_at):
        return Dropped("another time was set since")
    if words_since(introduction).filter(person=pair.reader).exists():
        return Dropped("said already")
    session = first_over(introduction, now)
    meetings = PracticeSession.objects.filter(circle=introduction.dyad_id)
    if session is None and meetings.to_come(now).exists():
        return Dropped("still to come")
    if session is not None and is_noted(session, pair.reader):
        return Dropped("noted already")
    heading = _("Did you meet {who}?").format(who=pair.other.first_name)
    if session is None:
        first = _("Two weeks ago you two were paired, and no time was set here.")
    else:
        local = session.starts_at.astimezone(pair.reader.zone)
        first = _("Your first meeting was set for {day}.").format(
            day=date_format(local, "l j F, H:i")
        )
    second = _("A yes or a no; neither is anybody’s fault. A no only means “not met yet”.")
    labels = [("yes", _("Yes, we met")), ("no", _("No, not yet"))]
    answers = [Link(label, met_url(introduction, pair.reader, word)) for word, label in labels]
    context = {"heading": heading, "paragraphs": [f"{first} {second}"], "answers": answers}
    return Letter(heading, "did_meet", context)


def _key(dyad: int, taken_at: datetime | None) -> str:
    """Once for each first meeting that was set, and once for none."""
    return f"dyad {dyad} {taken_at:%Y%m%dT%H%M%S}" if taken_at else f"dyad {dyad}"


def questions(now: datetime) -> Iterator[Notice]:
    """Those who were paired, have met or should have, and have not said it: in their morning.

    One query, however many they are.
    """
    meetings = PracticeSession.objects.filter(circle=OuterRef("circle"))
    over = meetings.past(now).filter(starts_at__gt=OuterRef("since")).order_by("ends_at")
    noted = Attendance.objects.filter(
        session__circle=OuterRef("circle"),
        session__starts_at__gt=OuterRef("since"),
        person=OuterRef("person"),
    )
    said = DidMeet.objects.filter(
        introduction=OuterRef("introduction"),
        person=OuterRef("person"),
        said_at__gt=OuterRef("since"),
    )
    written = Notice.objects.filter(
        kind=DID_MEET,
        person=OuterRef("person"),
        ref=OuterRef("introduction"),
        created_at__gte=OuterRef("since"),
    )
    made_at = F("circle__dyad__introduction__made_at")
    taken_at = F("circle__dyad__introduction__taken_at")
    found = (
        Membership.objects.present()
        .filter(
            circle__dyad__introduction__made_at__gt=now - ASKED_UNTIL,
            circle__closed_at__isnull=True,
            person__is_active=True,
        )
        .annotate(
            introduction=F("circle__dyad__introduction"),
            made_at=made_at,
            taken_at=taken_at,
            since=Coalesce(taken_at, made_at, output_field=DateTimeField()),
        )
        .annotate(ended_at=Subquery(over.values("ends_at")[:1]))
        .filter(
            Q(ended_at__isnull=False)
            | Q(~Exists(meetings.to_come(now)), made_at__lte=now - ASKED_AFTER),
            ~Exists(said),
            ~Exists(written),
            ~Exists(noted),
        )
        .order_by("pk")
    )
    rows = found.values_list(
        "circle", "person", "person__time_zone", "introduction", "made_at", "taken_at", "ended_at"
    )
    for dyad, person, zone, introduction, made, taken, ended in rows:
        asked_at = morning_after(ended or made + ASKED_AFTER - timedelta(days=1), zone_info(zone))
        if asked_at <= now:
            key = _key(dyad, taken)
            yield Notice(
                kind=DID_MEET, key=key, person_id=person, ref=introduction, due_at=asked_at
            )


def let_be(notice: Notice) -> Letter | Dropped:
    """To both alike: their dyad has come to its end before it began. Nobody reads whose wish."""
    introduction = Introduction.objects.select_related("dyad").filter(pk=notice.ref).first()
    if introduction is None or introduction.dyad.is_open:
        return Dropped("gone")
    heading = _("{dyad} comes to its end").format(dyad=introduction.dyad)
    paragraphs = [
        _(
            "You two did not come together this time, and your dyad is let be. Some pairs never "
            "find their hour; nobody did anything wrong."
        ),
        _("The next round of pairing is open to both of you, as before."),
    ]
    button = {
        "label": _("See my dyads"),
        "url": absolute("/dyads/"),
    }
    context = {"heading": heading, "paragraphs": paragraphs, "button": button}
    return Letter(heading, "plain", context)


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(INTRODUCED, gettext_lazy("You are paired"), introduced, can_be_stopped=False)
    )
    register_kind(
        Kind(
            NUDGE,
            gettext_lazy("A time for two who were paired"),
            nudge,
            gettext_lazy("Once, a week after a pairing, when no time is set."),
        )
    )
    register_kind(
        Kind(
            DID_MEET,
            gettext_lazy("Did you meet?"),
            did_meet,
            gettext_lazy("Once, the morning after the first meeting of two who were paired."),
            due=questions,
        )
    )
    register_kind(Kind(LET_BE, gettext_lazy("A pairing is let be"), let_be, can_be_stopped=False))
