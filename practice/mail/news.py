"""What changed about a circle's meetings, in one mail, as it stands when the mail is built."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.scales import Scale
from circles.services import present
from notifications.letters import Dropped, Letter
from notifications.models import Notice
from people.models import Person
from practice.calendar import attachment
from practice.mail.building import (
    concerns,
    context_for,
    letter_about,
    other_for,
    read_whom_they_concern,
)
from practice.models import Change, News, PracticeSession


@dataclass(frozen=True, slots=True)
class Told:
    """One meeting whose state is another than people knew."""

    change: Change

    @property
    def session(self) -> PracticeSession:
        """The meeting, as it stands."""
        return self.change.session

    @property
    def takes_place(self) -> bool:
        """Whether it takes place, moved or after all."""
        return self.change.now is not None

    @property
    def needed_by(self) -> datetime:
        """When somebody must know: before it begins, also where they believe that it does."""
        return min(self.session.starts_at, self.change.starts_at or self.session.starts_at)

    @property
    def has_moved(self) -> bool:
        """Whether people knew it at another time."""
        return self.takes_place and self.change.was is not None


def changed(notice: Notice) -> Letter | Dropped:
    """Meetings were moved, called off, paused or given back: their last state."""
    news = notice.once(_news).get(notice.ref)
    if news is None or not news.circle.is_open:
        return Dropped("over")
    if news.circle.scale == Scale.SELF:
        return Dropped("nobody else is told")
    if notice.key != news.key:
        return Dropped("changed again since")
    told = _news_of_others(news, notice.person)
    if not told:
        return Dropped("it stands as it was told")
    # A guest hears of their own meeting and of no other.
    told = [one for one in told if concerns(one.session, notice.person)]
    if not told:
        return Dropped("no longer in the circle")
    context = context_for(told[0].session, notice.person)
    other = other_for(news.circle, notice)
    who = _("You and {other}").format(other=other) if other else str(news.circle)
    heading = _heading(told)
    needed_by = min(one.needed_by for one in told)
    if len(told) == 1 and told[0].takes_place:
        return replace(
            letter_about(told[0].session, heading, "changed", {**context, "who": who}),
            needed_by=needed_by,
        )
    heading = heading.format(circle=who, count=len(told))
    off = [one.session for one in told if not one.takes_place]
    context = {
        **context,
        "told": told,
        "sessions": off,
        "other": other,
        "heading": heading,
        "is_guest": notice.person is None or not present(news.circle, notice.person),
    }
    template = "called_off" if len(off) == len(told) else "changes"
    file = attachment([one.session for one in told])
    return Letter(heading, template, context, [file], needed_by)


def _news(notices: Sequence[Notice]) -> dict[int, News]:
    """Each with its changes, and their meetings as a mail about them needs them."""
    sessions = PracticeSession.objects.with_answers().prefetch_related("answers__person")
    changes = Change.objects.prefetch_related(Prefetch("session", sessions))
    news = News.objects.select_related("circle").prefetch_related(Prefetch("changes", changes))
    found = news.in_bulk({notice.ref for notice in notices})
    read_whom_they_concern([one.session for each in found.values() for one in each.changes.all()])
    return found


def _news_of_others(news: News, reader: Person | None) -> list[Told]:
    """What somebody else changed that is still to come, soonest first."""
    told = [
        Told(change)
        for change in news.changes.all()
        if change.was != change.now
        and not change.session.is_over
        and not (reader and change.by_id == reader.pk)
    ]
    return sorted(told, key=lambda one: (one.session.starts_at, one.session.pk))


def _heading(told: Sequence[Told]) -> str:
    count = len(told)
    if all(one.session.is_paused for one in told):
        return ngettext("{circle}: a meeting rests", "{circle}: {count} meetings rest", count)
    if not any(one.takes_place for one in told):
        return ngettext(
            "{circle}: a meeting is called off", "{circle}: {count} meetings are called off", count
        )
    if all(one.has_moved for one in told):
        return ngettext(
            "{circle}: a meeting has moved", "{circle}: {count} meetings have moved", count
        )
    if not any(one.has_moved for one in told) and all(one.takes_place for one in told):
        return ngettext(
            "{circle}: a meeting takes place after all",
            "{circle}: {count} meetings take place after all",
            count,
        )
    return _("{circle}: your meetings have changed")
