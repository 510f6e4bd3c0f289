"""What comes again, in words: days, how often, and the hour."""

from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from practice.showing.wording import in_words


def days(weekday: int) -> str:
    """ "Tuesdays": the day as one that comes again. Monday is 0."""
    return [
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    ][weekday]


def how_often(weeks: int) -> str:
    """How many weeks lie between two meetings."""
    if weeks == 1:
        return _("every week")
    if weeks == 2:
        return _("every second week")
    return _("every {weeks} weeks").format(weeks=in_words(weeks))


def hour(starts_at: datetime, zone: tzinfo) -> str:
    """ "Tuesdays at 19:00", by the clock of a zone."""
    local = starts_at.astimezone(zone)
    return _("{days} at {time}").format(days=days(local.weekday()), time=f"{local:%H:%M}")
