"""A rhythm in words, as people say it: "Every other Tuesday at 18:30, Lisbon time"."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.dateformat import format as formatted
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.time_zones import city
from practice.models import Rhythm
from practice.rules.layout import AHEAD
from practice.rules.recurrence import nth

# So many days are read at a glance; of more, the last follows after a gap.
AT_A_GLANCE = 6


def rhythm_in_words(rhythm: Rhythm) -> str:
    """How often, on which day, and when, by the clock it keeps."""
    said = _("{often} at {time}, {city} time")
    return said.format(often=_often(rhythm), time=f"{rhythm.at:%H:%M}", city=city(rhythm.time_zone))


def _often(rhythm: Rhythm) -> str:
    day = str(WEEKDAYS[rhythm.starts_on.weekday()])
    if rhythm.every == Rhythm.Every.ONCE:
        return formatted(rhythm.starts_on, "l j F")
    if rhythm.every == Rhythm.Every.MONTH:
        return [
            _("The first {day} of each month"),
            _("The second {day} of each month"),
            _("The third {day} of each month"),
            _("The fourth {day} of each month"),
            _("The last {day} of each month"),
        ][nth(rhythm.starts_on) - 1].format(day=day)
    if rhythm.interval == 2:
        return _("Every other {day}").format(day=day)
    return ngettext("Every {day}", "Every {weeks} weeks on {day}", rhythm.interval).format(
        day=day, weeks=in_words(rhythm.interval)
    )


def in_words(number: int) -> str:
    """A small number as a word, a large one in figures."""
    words = {
        2: _("two"),
        3: _("three"),
        4: _("four"),
        5: _("five"),
        6: _("six"),
        7: _("seven"),
        8: _("eight"),
        9: _("nine"),
        10: _("ten"),
        11: _("eleven"),
        12: _("twelve"),
        13: _("thirteen"),
        14: _("fourteen"),
        15: _("fifteen"),
        16: _("sixteen"),
        17: _("seventeen"),
        18: _("eighteen"),
        19: _("nineteen"),
        20: _("twenty"),
    }
    return words.get(number, str(number))


def what_will_be(rhythm: Rhythm) -> str:
    """The rhythm with how many times and on which days, before it is set."""
    said = rhythm_in_words(rhythm)
    if rhythm.every == Rhythm.Every.ONCE:
        return f"{said}."
    moments = rhythm.pattern.moments(rhythm.meetings or AHEAD)
    days = _days([moment.astimezone(rhythm.zone) for moment in moments])
    if rhythm.is_open_ended:
        shown = ", ".join(days[:AT_A_GLANCE])
        return _("{rhythm}, without an end: {days} and so on.").format(rhythm=said, days=shown)
    count = len(days)
    times = {1: _("once"), 2: _("twice")}.get(count, _("{count} times"))
    if count > AT_A_GLANCE + 2:
        days = [*days[:AT_A_GLANCE], "…", days[-1]]
    return _("{rhythm}, {times}: {days}.").format(
        rhythm=said, times=times.format(count=in_words(count)), days=_list(days)
    )


def _days(days: Sequence[date]) -> list[str]:
    """Each as "12 Jan", with the year where it turns."""
    shown = []
    year = days[0].year
    for day in days:
        shown.append(formatted(day, "j M" if day.year == year else "j M Y"))
        year = day.year
    return shown


def _list(days: list[str]) -> str:
    return ", ".join(days).replace(", …,", " …")


def shifted_in_words(rhythm: Rhythm, local: datetime) -> str:
    """That the clocks go forward over the rhythm's hour on a day, and what happens then."""
    said = _("On {day} the clocks go forward in {city}: that meeting begins at {time}.")
    day, time = formatted(local, "j F"), formatted(local, "H:i")
    return said.format(day=day, city=city(rhythm.time_zone), time=time)
