"""The weekly letter: what comes in the next seven days, what waits, and for stewards how the
tables are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.scales import Scale
from circles.seats import seats_of
from congregation.pulse import PulseRow, pulse_of
from home.models import LetterDay
from home.weekly import MONDAY, letter_due
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice, Switch
from notifications.services import set_switch, wants
from pages.registry import waiting
from people.models import Person
from people.quiet_hours import QuietHours
from people.time_zones import zone_info
from practice.models import PracticeSession

AHEAD = timedelta(days=7)
MOST_MEETINGS, MOST_WAITING, MOST_PULSE = 20, 8, 8
GROUP = ("time_zone", "quiet_from", "quiet_until", "weekday")


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting in the letter, and what the reader said about it."""

    session: PracticeSession
    choice: str
    url: str
    is_hosted: bool

    @property
    def is_for_one(self) -> bool:
        """Whether it is for the reader alone: of that a mail tells nothing but the hour."""
        return self.session.circle.scale == Scale.SELF


def due(now: datetime) -> Iterator[Notice]:
    """Letters to be written now. People with the same clock, quiet hours and day are due
    together, so that the rule is asked once for each such group and the database finds those
    in the groups that are due."""
    everybody = Person.objects.filter(is_active=True).annotate(
        weekday=Coalesce("letter_day__weekday", MONDAY)
    )
    groups = {
        group: found
        for group in everybody.order_by().values_list(*GROUP).distinct()
        if (found := _due(now, *group))
    }
    stopped = Switch.objects.filter(person=OuterRef("pk"), kind=LETTER.slug, is_on=False)
    for day in {day for day, _at in groups.values()}:
        written = Notice.objects.filter(person=OuterRef("pk"), kind=LETTER.slug, key=str(day))
        zones = {group[0] for group, found in groups.items() if found[0] == day}
        rows = everybody.filter(~Exists(written), ~Exists(stopped), time_zone__in=zones).order_by(
            "pk"
        )
        for pk, joined, chosen, *group in rows.values_list(
            "pk", "date_joined", "letter_day__chosen_at", *GROUP
        ):
            found = groups.get(tuple(group))
            if found and found[0] == day and max(joined, chosen or joined) <= found[1]:
                yield Notice(kind=LETTER.slug, key=str(day), person_id=pk, due_at=found[1])


def _due(
    now: datetime, zone: str, begins: int | None, ends: int | None, weekday: int
) -> tuple[object, datetime] | None:
    return letter_due(now, weekday, QuietHours(zone_info(zone), begins, ends))


def letter(notice: Notice) -> Letter | Dropped:
    """The letter as things stand; none when nothing comes and nothing waits."""
    person = notice.person
    if person is None:
        return Dropped("gone")
    with timezone.override(person.zone):
        coming = [_coming(session, person) for session in coming_to(person, timezone.now())]
        found = (one for source in waiting.sources for one in source(person) if one.in_letter)
        waits = list(islice(found, MOST_WAITING))
        pulse = pulse_for(person)
        day = formatted(timezone.localtime(), "l j F")
    if not coming and not waits and not pulse:
        return Dropped("nothing comes and nothing waits")
    heading = _("Your week from {day}").format(day=day)
    context = {
        "heading": heading,
        "coming": coming,
        "waits": [(one, absolute(one.url)) for one in waits],
        "pulse": [(row, absolute(row.url)) for row in pulse],
        "today_url": absolute("/today/"),
    }
    return Letter(heading, "weekly", context)


def pulse_for(person: Person) -> list[PulseRow]:
    """Where a steward could help a table along; nothing for anybody else."""
    looked_after = [
        seat.circle_id for seat in seats_of(person) if seat.is_steward and seat.circle.is_open
    ]
    return pulse_of(looked_after)[:MOST_PULSE]


def coming_to(person: Person, now: datetime) -> list[PracticeSession]:
    """The person’s meetings of the next seven days, also as a guest, with everyone’s answers."""
    sessions = PracticeSession.objects.concerning(person).to_come(now).with_answers()
    return list(sessions.filter(starts_at__lt=now + AHEAD)[:MOST_MEETINGS])


def _coming(session: PracticeSession, person: Person) -> Coming:
    said = {answer.person_id: answer.choice for answer in session.answers.all()}
    return Coming(
        session=session,
        choice=said.get(person.pk, ""),
        url=absolute(session.get_absolute_url()),
        is_hosted=session.host_id == person.pk,
    )


def letter_day(person: Person) -> int | None:
    """The weekday on which the person gets the letter; None when they stopped it."""
    if not wants(person, LETTER):
        return None
    chosen = LetterDay.objects.filter(person=person).first()
    return chosen.weekday if chosen else MONDAY


def choose_letter_day(*, person: Person, weekday: int | None) -> None:
    """Keep the day of the person's letter, or that they want none. A letter of that day whose
    hour has passed is not sent any more."""
    if weekday == letter_day(person):
        return
    set_switch(person=person, kind=LETTER, is_on=weekday is not None)
    if weekday is not None:
        chosen = {"weekday": weekday, "chosen_at": timezone.now()}
        LetterDay.objects.update_or_create(person=person, defaults=chosen)


LETTER = Kind(
    "home.weekly",
    gettext_lazy("The weekly letter"),
    letter,
    gettext_lazy("What comes in the next seven days, and what waits for you."),
    has_tick=False,
    due=due,
)


def register() -> None:
    """Make the kind known."""
    register_kind(LETTER)
