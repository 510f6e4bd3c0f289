"""Names of days, in the reader's language.

{% weekdays as days %}      (short, long) from Monday to Sunday
{% day_of_hour 42 %}        the day an hour of the week (0 to 167) lies in
"""

from django import template
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

register = template.Library()


@register.simple_tag
def weekdays() -> list[tuple[str, str]]:
    return [(str(WEEKDAYS_ABBR[day])[:2], str(WEEKDAYS[day])) for day in range(7)]


@register.simple_tag
def day_of_hour(hour: int) -> str:
    return str(WEEKDAYS[hour // 24])
