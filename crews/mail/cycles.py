"""The mails about the end of a cycle. What somebody answered stands in none of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from circles.models import Membership
from circles.services import present
from crews.models import Crew, Cycle, CycleAnswer, Parting
from crews.models.cycle import GOODBYES
from crews.rules.cycles import OVERDUE, REMINDED_BEFORE, Choice
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice

# What the clock brings is told for so long, and not when it is older than that.
FRESH = timedelta(days=14)


def _letter(heading: str, paragraphs: list[object], label: object, url: str) -> Letter:
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "paragraphs": paragraphs,
            "button": {"label": label, "url": absolute(url)},
        },
    )


def _cycle(notice: Notice) -> Cycle | Dropped:
    """The cycle, if it still waits for something and the reader sits there."""
    cycle = Cycle.objects.alive().select_related("crew", "last").filter(pk=notice.ref).first()
    if cycle is None:
        return Dropped("decided, or gone")
    if notice.person is None or not present(cycle.crew, notice.person):
        return Dropped("no longer inside")
    return cycle


def _has_answered(cycle: Cycle, notice: Notice) -> bool:
    return CycleAnswer.objects.filter(cycle=cycle, person=notice.person).exists()


def _day(moment: datetime, notice: Notice) -> str:
    zone = notice.person.zone if notice.person else timezone.get_default_timezone()
    return date_format(moment.astimezone(zone), "l j F, H:i")


def asked(notice: Notice) -> Letter | Dropped:
    """Near the end: what do you say?"""
    cycle = _cycle(notice)
    if isinstance(cycle, Dropped):
        return cycle
    if not cycle.is_asking or cycle.answers_due is None:
        return Dropped("the answers are open")
    if _has_answered(cycle, notice):
        return Dropped("answered")
    return _letter(
        _("{crew} comes to the end of its cycle").format(crew=cycle.crew),
        [
            _("It ends unless you choose otherwise. Renew, pause, regroup or leave: say it alone."),
            _("Nobody sees what you say until everybody has answered, or {day}.").format(
                day=_day(cycle.answers_due, notice)
            ),
        ],
        _("Say what you wish"),
        cycle.get_absolute_url(),
    )


def reminded(notice: Notice) -> Letter | Dropped:
    """A day before the answers open, to those who have said nothing."""
    letter = asked(notice)
    if isinstance(letter, Dropped):
        return letter
    cycle = Cycle.objects.select_related("crew").get(pk=notice.ref)
    heading = _("{crew}: the answers open tomorrow").format(crew=cycle.crew)
    words = _("You have not answered yet. Nothing is fine, too; then you say it at the table.")
    return _letter(heading, [words], _("Say what you wish"), cycle.get_absolute_url())


def opened(notice: Notice) -> Letter | Dropped:
    """To everybody at the same moment."""
    cycle = _cycle(notice)
    if isinstance(cycle, Dropped):
        return cycle
    return _letter(
        _("The answers of {crew} are open").format(crew=cycle.crew),
        [
            _("Read them in a quiet moment. No answer needs a defence."),
            _("Then talk, and one of you presses what you decide together."),
        ],
        _("Read the answers"),
        cycle.get_absolute_url(),
    )


# --- decided --------------------------------------------------------------------------------


def decided(notice: Notice) -> Letter | Dropped:
    """To the others: how the crew goes on."""
    crew = Crew.objects.filter(pk=notice.ref).first()
    if crew is None or notice.person is None or not present(crew, notice.person):
        return Dropped("gone, or no longer inside")
    build = DECIDED.get(notice.payload.get("what", ""))
    return build(crew, notice) if build else Dropped("unknown")


def _renewed(crew: Crew, notice: Notice) -> Letter | Dropped:
    cycle = crew.cycles.undecided().first()
    if cycle is None or not crew.is_open or crew.is_resting:
        return Dropped("decided otherwise")
    said = CycleAnswer.objects.filter(
        cycle__crew=crew, cycle__number=cycle.number - 1, person=notice.person
    )
    words = [_("You keep your seat, and one of you sets the next meetings.")]
    if said.filter(choice=Choice.LEAVE).exists():
        words = [
            _("You said that you would leave. Your seat is yours until you give it up yourself."),
            _("Nobody does that for you, and nobody asks why."),
        ]
    heading = _("{crew} begins another cycle").format(crew=crew)
    return _letter(heading, [_who(notice), *words], _open(crew), crew.get_absolute_url())


def _rests(crew: Crew, notice: Notice) -> Letter | Dropped:
    if not crew.is_resting or not crew.is_open:
        return Dropped("decided otherwise")
    words = str(_("It rests until one of you wakes it. Meetings to come are called off."))
    if crew.resting_until:
        day = date_format(crew.resting_until, "j F")
        words = _("It rests until {day}; then you are asked whether to begin again.").format(
            day=day
        )
    heading = _("{crew} rests").format(crew=crew)
    return _letter(heading, [_who(notice), words], _open(crew), crew.get_absolute_url())


def _woke(crew: Crew, notice: Notice) -> Letter | Dropped:
    if crew.is_resting or not crew.is_open:
        return Dropped("decided otherwise")
    heading = _("{crew} begins again").format(crew=crew)
    words = _("One of you sets the next meetings.")
    return _letter(heading, [_who(notice), words], _open(crew), crew.get_absolute_url())


def _ended(crew: Crew, notice: Notice) -> Letter | Dropped:
    if crew.is_open:
        return Dropped("taken back")
    return _letter(
        _("{crew} has come to its end").format(crew=crew),
        [
            _who(notice),
            _("For two weeks there is a last page: thanks, what you keep, what comes next."),
            _("If this came too soon, any of you can take it back within a day."),
        ],
        _("Open the last page"),
        reverse("crews:ending", args=[crew.pk]),
    )


def _taken_back(crew: Crew, notice: Notice) -> Letter | Dropped:
    heading = _("{crew}: the decision was taken back").format(crew=crew)
    words = _("It is as it was before, and you decide together once more.")
    return _letter(heading, [_who(notice), words], _open(crew), crew.get_absolute_url())


def _who(notice: Notice) -> object:
    return _("{who} said so for all of you.").format(who=notice.payload.get("who", ""))


def _open(crew: Crew) -> object:
    return _("Open {crew}").format(crew=crew)


DECIDED = {
    "renewed": _renewed,
    "rests": _rests,
    "woke": _woke,
    "ended": _ended,
    "taken_back": _taken_back,
}


def what_next(notice: Notice) -> Letter | Dropped:
    """Once: nothing was decided for two weeks, or the day has come until which the crew rests."""
    crew = Crew.objects.open().filter(pk=notice.ref).first()
    if crew is None or notice.person is None or not present(crew, notice.person):
        return Dropped("gone, or no longer inside")
    if notice.key.startswith("rest"):
        if not crew.is_resting:
            return Dropped("awake already")
        heading = _("{crew} has rested. Do you begin again?").format(crew=crew)
        words = _("Any of you can wake it. Resting on is fine, and so is a good ending.")
        return _letter(heading, [words], _open(crew), crew.get_absolute_url())
    cycle = Cycle.objects.waiting().filter(crew=crew).first()
    if cycle is None:
        return Dropped("decided")
    heading = _("How does {crew} go on?").format(crew=crew)
    words = _(
        "Nothing has been decided since the answers opened. Then the cycle has simply ended, "
        "which is fine. Another one, a rest or a good ending: any of you can press it."
    )
    return _letter(heading, [words], _("Look at it together"), cycle.get_absolute_url())


def thanks(notice: Notice) -> Letter | Dropped:
    """The last mail: what was written on the last page, to those inside only."""
    crew = Crew.objects.filter(pk=notice.ref, closed_at__isnull=False).first()
    if crew is None or notice.person is None or not present(crew, notice.person):
        return Dropped("gone, or no longer inside")
    partings = Parting.objects.filter(crew=crew).select_related("person", "thanked")
    said = [one for one in partings.order_by("said_at") if one.thanks or one.keeps]
    if not said:
        return Dropped("nothing was said")
    heading = _("What {crew} leaves with you").format(crew=crew)
    return Letter(heading, "partings", {"heading": heading, "partings": said})


# --- what the clock brings ------------------------------------------------------------------


def _for_all(crews: Iterable[int]) -> Iterable[Membership]:
    seats = Membership.objects.present().filter(circle__in=crews, person__is_active=True)
    return seats.select_related("person")


def due_reminders(now: datetime) -> Iterable[Notice]:
    """To those who have not answered, from a day before the answers open."""
    soon = Cycle.objects.asking().filter(
        answers_due__gt=now, answers_due__lte=now + REMINDED_BEFORE
    )
    cycles = {cycle.crew_id: cycle for cycle in soon}
    if not cycles:
        return []
    answers = CycleAnswer.objects.filter(cycle__in=cycles.values())
    said = set(answers.values_list("cycle__crew", "person"))
    return [
        Notice(
            kind="crews.reminded",
            key=f"cycle {cycles[seat.circle_id].pk}",
            person=seat.person,
            ref=cycles[seat.circle_id].pk,
            due_at=now,
        )
        for seat in _for_all(cycles)
        if (seat.circle_id, seat.person_id) not in said
    ]


def due_questions(now: datetime) -> Iterable[Notice]:
    """Everybody in crews that decided nothing, or whose rest is over."""
    opened_at = (now - OVERDUE - FRESH, now - OVERDUE)
    waiting = Cycle.objects.waiting().filter(revealed_at__range=opened_at)
    keys = {cycle.crew_id: f"cycle {cycle.pk}" for cycle in waiting}
    today = now.date()
    rested = Crew.objects.resting().filter(
        begun_at__isnull=False, resting_until__range=(today - FRESH, today)
    )
    keys |= {crew.pk: f"rest {crew.pk} {crew.resting_until}" for crew in rested}
    return _notices("crews.what_next", keys, now)


def due_thanks(now: datetime) -> Iterable[Notice]:
    """Everybody in crews whose last page has just closed."""
    ended = Crew.objects.filter(closed_at__range=(now - GOODBYES - FRESH, now - GOODBYES))
    ended = ended.filter(partings__isnull=False).distinct()
    keys = {crew.pk: f"crew {crew.pk} {crew.closed_at:%Y-%m-%d %H:%M:%S}" for crew in ended}
    return _notices("crews.thanks", keys, now)


def _notices(kind: str, keys: dict[int, str], now: datetime) -> list[Notice]:
    if not keys:
        return []
    return [
        Notice(kind=kind, key=keys[one.circle_id], person=one.person, ref=one.circle_id, due_at=now)
        for one in _for_all(keys)
    ]


def register() -> None:
    """Make the kinds known, with their clocks."""
    for kind in (
        Kind(
            "crews.asked",
            _("A cycle comes to its end"),
            asked,
            _("Once, near the last meeting: renew, pause, regroup or leave?"),
        ),
        Kind(
            "crews.reminded",
            _("The answers open tomorrow"),
            reminded,
            _("Once, a day before, while you have not answered."),
            due=due_reminders,
        ),
        Kind(
            "crews.opened",
            _("The answers are open"),
            opened,
            _("When all have answered, or the date has come."),
        ),
        Kind(
            "crews.decided",
            _("What your crew decided"),
            decided,
            _("Another cycle, a rest, an end; and when that is taken back."),
        ),
        Kind(
            "crews.what_next",
            _("How your crew goes on"),
            what_next,
            _("Once, when nothing was decided, or when a rest is over."),
            due=due_questions,
        ),
        Kind(
            "crews.thanks",
            _("The last words of a crew"),
            thanks,
            _("Two weeks after it has ended: what you wrote to each other."),
            due=due_thanks,
        ),
    ):
        register_kind(kind)
