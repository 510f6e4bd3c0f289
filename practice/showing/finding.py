"""What the page "Find a time" shows: the week as a picture, the best times in words.

Plain dataclasses, so that templates ask no questions of the database.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Circle
from circles.scales import Scale
from pages.pictures.week import Mark, Share, week_picture
from people.models import Person
from practice.hours import member_of
from practice.models import PracticeSession, Rhythm
from practice.rules import shared_hours
from practice.rules.recurrence import OFTEN, Pattern
from practice.rules.shared_hours import Lapse, Member, Offer, Stretch, Week
from practice.showing.meetings import Place, people_of, places
from practice.showing.naming import in_one_breath

MOST_OFFERS = 4
# More names than these would be a list, not a sentence.
MOST_NAMED = 3
MOST_PLACES = 8
# How far a rhythm is looked at: the cycle that the schedule form proposes.
MEETINGS_AHEAD = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: in which week, how long, how often; `weeks` of “every few weeks”."""

    week: Week
    minutes: int
    every: str
    weeks: int = 3

    @property
    def often(self) -> tuple[str, int]:
        """How often, as a rule and its interval."""
        return OFTEN.get(self.every) or ("week", self.weeks)

    def url(self, name: str, circle: Circle, *, weeks: int = 0) -> str:
        """A page of the practice app about this circle that knows the wish."""
        monday = self.week.monday + timedelta(weeks=weeks)
        wish = {"week": monday.isoformat(), "minutes": self.minutes, "every": self.every}
        return f"{reverse(f'practice:{name}', args=[circle.pk])}?{urlencode(wish)}"


@dataclass(frozen=True, slots=True)
class Table:
    """A circle's people, told apart by whether they have said their hours."""

    circle: Circle
    reader: Person
    people: Sequence[Person]

    @property
    def members(self) -> list[Member]:
        """The people as the pure rules know them."""
        return [member_of(person) for person in self.people]

    @property
    def silent(self) -> list[Person]:
        """Those who have not said their hours; this is no No."""
        return [person for person in self.people if not person.suitable_hours]

    @property
    def said(self) -> int:
        """How many have said their hours."""
        return len(self.people) - len(self.silent)

    @property
    def is_small(self) -> bool:
        """Whether people are named, or only counted."""
        return self.circle.scale != Scale.CONGREGATION

    def names(self, people: set[int] | frozenset[int]) -> str:
        """Some of them, named."""
        return in_one_breath([one for one in self.people if one.pk in people], self.reader)


@dataclass(frozen=True, slots=True)
class OfferInWords:
    """One time that could be, for its reader."""

    table: Table
    wish: Wish
    offer: Offer
    lapses: Sequence[Lapse]

    @property
    def starts_at(self) -> datetime:
        """When it would begin."""
        return self.offer.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it would end."""
        return self.starts_at + timedelta(minutes=self.wish.minutes)

    @property
    def suits(self) -> str:
        """For how many it works, and in a small circle for whom not."""
        count, missing = len(self.offer.can), self.offer.cannot
        said = count + len(missing)
        if missing and self.table.is_small:
            who = self.table.names(missing)
            if len(missing) > MOST_NAMED:
                who = _("{count} of you").format(count=len(missing))
            words = _("Works for {count} of {said} (not: {who}).")
            return words.format(count=count, said=said, who=who)
        if missing:
            return _("Works for {count} of {said}.").format(count=count, said=said)
        if self.table.silent:
            return _("Works for all {count} who have said their hours.").format(count=count)
        if count == 2:
            return _("Works for both of you.")
        return _("Works for all {count} of you.").format(count=count)

    @property
    def later(self) -> list[str]:
        """Whom it stops to suit within the rhythm, because clocks change."""

        def moment(lapse: Lapse) -> tuple[datetime, bool]:
            return lapse.starts_at, lapse.is_for_good

        return [
            self._lapse(*when, {lapse.person for lapse in same})
            for when, same in groupby(sorted(self.lapses, key=moment), key=moment)
        ]

    def _lapse(self, starts_at: datetime, is_for_good: bool, people: set[int]) -> str:
        who = _("{count} of you").format(count=len(people))
        if self.table.is_small and len(people) <= MOST_NAMED:
            who = self.table.names(people)
        words = _("The clocks change: on {day} not for {who}.")
        if is_for_good:
            words = _("The clocks change: from {day} on not for {who}.")
        return words.format(day=formatted(timezone.localtime(starts_at), "j F"), who=who)

    @property
    def places(self) -> list[Place]:
        """Each person's local time; of a large circle those of the places most people live by."""
        found = places(self.starts_at, self.table.people, self.table.reader)
        if self.table.is_small:
            return found
        lived_by = Counter(place.local.utcoffset() for place in found)
        common = {offset for offset, _people in lived_by.most_common(MOST_PLACES)}
        # Of several people with the same clock the first stands for all, the reader before them.
        by_clock = {place.local.utcoffset(): place for place in reversed(found)}
        return [place for place in by_clock.values() if place.local.utcoffset() in common][::-1]

    @property
    def url(self) -> str:
        """The schedule form, filled in."""
        local = timezone.localtime(self.starts_at)
        start = {
            "day": local.date().isoformat(),
            "at": f"{local:%H:%M}",
            "zone": self.table.reader.time_zone,
            "minutes": self.wish.minutes,
            "every": self.wish.every,
        }
        return f"{reverse('practice:schedule', args=[self.table.circle.pk])}?{urlencode(start)}"


@dataclass(frozen=True, slots=True)
class DayInWords:
    """One day of the picture, as text."""

    day: date
    stretches: Sequence[str]


@dataclass(frozen=True)
class Finding:
    """Everything the page shows."""

    table: Table
    wish: Wish
    now: datetime

    @property
    def today(self) -> date:
        """By the reader's calendar."""
        return self.now.astimezone(self.table.reader.zone).date()

    @property
    def silent_names(self) -> str:
        """Those besides the reader whose hours are not known."""
        others = {one.pk for one in self.table.silent} - {self.table.reader.pk}
        return self.table.names(others)

    @cached_property
    def offers(self) -> list[OfferInWords]:
        """The best few times of the week."""
        members = self.table.members
        found = shared_hours.best_times(
            members,
            self.wish.week,
            minutes=self.wish.minutes,
            now=self.now,
            most=MOST_OFFERS,
            busy=self._busy(),
        )
        return [
            OfferInWords(self.table, self.wish, offer, self._lapses(members, offer))
            for offer in found
        ]

    def _busy(self) -> list[tuple[datetime, datetime]]:
        week = self.wish.week
        sessions = PracticeSession.objects.happening().filter(
            circle=self.table.circle, ends_at__gt=week.begins, starts_at__lt=week.ends
        )
        return list(sessions.values_list("starts_at", "ends_at"))

    def _lapses(self, members: Sequence[Member], offer: Offer) -> list[Lapse]:
        every, interval = self.wish.often
        if every == Rhythm.Every.ONCE:
            return []
        local = offer.starts_at.astimezone(self.wish.week.zone)
        pattern = Pattern(
            every=every,
            interval=interval,
            starts_on=local.date(),
            at=local.time(),
            zone=self.wish.week.zone,
        )
        return shared_hours.lapses(members, pattern.moments(MEETINGS_AHEAD), self.wish.minutes)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """What is shared. Of two people only what suits both: the rest would be one's own."""
        found = shared_hours.stretches(self.table.members, self.wish.week)
        least = 2 if self.table.said == 2 else 1
        return [stretch for stretch in found if stretch.people >= least]

    @property
    def picture(self) -> SafeString:
        """The week, with the offers marked by their numbers."""
        week, marks = self.wish.week, []
        for number, offer in enumerate(self.offers, start=1):
            local = offer.starts_at.astimezone(week.zone)
            first = local.hour * 60 + local.minute
            day = (local.date() - week.monday).days
            marks.append(Mark(day, first, first + self.wish.minutes, str(number)))
        shares = [
            Share(one.day, one.first, one.after, one.people / self.table.said)
            for one in self.stretches
        ]
        return week_picture(week.days, shares, marks)

    @property
    def in_words(self) -> list[DayInWords]:
        """The same as text."""
        by_day = {day: list(same) for day, same in groupby(self.stretches, lambda one: one.day)}
        return [
            DayInWords(date, [self._stretch(one) for one in by_day.get(number, [])])
            for number, date in enumerate(self.wish.week.days)
        ]

    def _stretch(self, one: Stretch) -> str:
        who = _("{count} of {said}").format(count=one.people, said=self.table.said)
        if one.people == self.table.said:
            who = _("both") if one.people == 2 else _("everybody")
        return f"{_clock(one.first)}–{_clock(one.after)} {who}"

    @property
    def summary(self) -> str:
        """The picture in one sentence."""
        everybody = [one for one in self.stretches if one.people == self.table.said]
        hours = sum(one.after - one.first for one in everybody) // 60
        if not everybody:
            return _("No hour of this week suits everybody.")
        if not hours:
            return _("Less than an hour of this week suits everybody.")
        return ngettext(
            "One hour of this week suits everybody.",
            "{count} hours of this week suit everybody.",
            hours,
        ).format(count=hours)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def find(circle: Circle, reader: Person, wish: Wish) -> Finding:
    """The shared hours of a circle for its reader."""
    return Finding(Table(circle, reader, people_of(circle)), wish, timezone.now())
