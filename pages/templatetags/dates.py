"""Names of days, in the reader's language.

{% weekdays as days %}      (short, long) from Monday to Sunday
{% day_of_hour 42 %}        the day an hour of the week (0 to 167) lies in
{{ moment|day_in_words }}   "today", "tomorrow", "on Monday", "on Monday 7 December"
"""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def weekdays() -> list[tuple[str, str]]:
    return [(str(WEEKDAYS_ABBR[day])[:2], str(WEEKDAYS[day])) for day in range(7)]


@register.simple_tag
def day_of_hour(hour: int) -> str:
    return str(WEEKDAYS[hour // 24])


@register.filter
def day_in_words(moment: datetime) -> str:
    """The day of a moment to come, as one says it in the reader's zone."""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localdate()).days
    if days in {0, 1}:
        return _("today") if days == 0 else _("tomorrow")
    name = formatted(local, "l" if 0 < days < 7 else "l j F")
    return _("on {day}").format(day=name)
