"""A time poll: that it was opened, that one has not answered, that it ended without a time."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.services import present
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from practice.models import Poll

# Somebody reminded by hand is not reminded by the clock right after.
ENOUGH = timedelta(hours=20)


def _still_open(notice: Notice) -> Poll | Dropped:
    """The poll, if the reader has still something to say to it."""
    poll = Poll.objects.select_related("circle", "made_by").filter(pk=notice.ref).first()
    if poll is None:
        return Dropped("gone")
    if not poll.is_open or not poll.circle.is_open:
        return Dropped("closed")
    if notice.person is None or not present(poll.circle, notice.person):
        return Dropped("no longer in the circle")
    if not poll.options.to_answer(timezone.now()).unsaid_by(notice.person).exists():
        return Dropped("answered")
    return poll


def opened(notice: Notice) -> Letter | Dropped:
    """A time is looked for; or, when it ended so, none was found."""
    if notice.key.endswith("closed"):
        return _ended(notice)
    poll = _still_open(notice)
    if isinstance(poll, Dropped):
        return poll
    heading = _("{circle} looks for a time to meet").format(circle=poll.circle)
    return _letter(poll, heading)


def reminder(notice: Notice) -> Letter | Dropped:
    """To somebody who has left a time unanswered."""
    poll = _still_open(notice)
    if isinstance(poll, Dropped):
        return poll
    by_hand = notice.key != f"poll {poll.pk}"
    if not by_hand and poll.reminded_at and timezone.now() - poll.reminded_at < ENOUGH:
        return Dropped("reminded by hand a while ago")
    return _letter(poll, _("{circle} waits for your word about a time").format(circle=poll.circle))


def _letter(poll: Poll, heading: str) -> Letter:
    options = list(poll.options.to_answer(timezone.now()))
    opening = ngettext(
        "{who} proposes one time.", "{who} proposes {count} times.", len(options)
    ).format(who=poll.made_by or poll.circle, count=len(options))
    if poll.title:
        opening = _("{opening} What for: {title}.").format(opening=opening, title=poll.title)
    context = {
        "heading": heading,
        "opening": opening,
        "options": options,
        "circle": poll.circle,
        "poll_url": absolute(poll.get_absolute_url()),
    }
    return Letter(heading, "poll", context)


def _ended(notice: Notice) -> Letter | Dropped:
    poll = Poll.objects.select_related("circle", "closed_by").filter(pk=notice.ref).first()
    if poll is None or not poll.circle.is_open:
        return Dropped("gone")
    if notice.person is None or not present(poll.circle, notice.person):
        return Dropped("no longer in the circle")
    heading = _("{circle} has found no time yet").format(circle=poll.circle)
    said = _("The question about a time is closed without one.")
    if poll.closed_by:
        said = _("{who} closed the question about a time without one.").format(who=poll.closed_by)
    address = absolute(reverse("practice:find", args=[poll.circle_id]))
    context = {
        "heading": heading,
        "paragraphs": [said, _("You can look at the hours you share, or ask again.")],
        "said": poll.closing_word,
        "button": {"label": _("Find a time"), "url": address},
    }
    return Letter(heading, "plain", context)
