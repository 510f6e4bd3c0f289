"""The meetings of a dyad on its page, and what it lacks to have some."""

from django.urls import reverse
from django.utils.translation import gettext as _

from circles.models import Invitation
from dyads.models import LookBack
from dyads.showing.now import DyadNow
from dyads.showing.plan import plan_in_words
from pages.sections import Step
from practice.showing.meetings import Meetings


def meetings(now: DyadNow) -> Meetings | None:
    """When they meet, once both have sat down."""
    return now.meetings if now.is_complete else None


def table_is_laid(now: DyadNow) -> Step | None:
    """They meet now, or in a few minutes."""
    meeting = now.meetings.next
    if meeting is None or not meeting.session.is_near:
        return None
    return Step(
        heading=_("The table is laid"),
        url=reverse("practice:hold", args=[meeting.session.pk]),
        action=_("Go to the table"),
    )


def _may_set(now: DyadNow) -> bool:
    return not now.dyad.is_resting and now.meetings.next is None and now.meetings.may_schedule


def _look_back(now: DyadNow) -> bool:
    """Whether the two are asked how it goes on: then nothing else is."""
    return LookBack.objects.alive().filter(dyad=now.dyad).exists()


def first_meeting(now: DyadNow) -> Step | None:
    """Both have said yes: the form to set their rhythm is filled in as they agreed."""
    if now.has_met or not _may_set(now):
        return None
    return Step(
        heading=_("Set your first meeting"),
        words=_("You agreed: {plan}. It stands as soon as one of you sets it.").format(
            plan=plan_in_words(now.dyad, capital=False)
        ),
        url=reverse("practice:schedule", args=[now.dyad.pk]),
        action=_("Set it"),
        second_url=reverse("practice:find", args=[now.dyad.pk]),
        second_action=_("See which hours you share"),
    )


def no_meeting_is_set(now: DyadNow) -> Step | None:
    """They have met, and have not said when they meet again."""
    if not now.has_met or not _may_set(now) or _look_back(now):
        return None
    return Step(
        heading=_("When do you meet again?"),
        url=reverse("practice:schedule", args=[now.dyad.pk]),
        action=_("Set a rhythm"),
        second_url=reverse("practice:find", args=[now.dyad.pk]),
        second_action=_("See which hours you share"),
    )


def came_to_nothing(now: DyadNow) -> str:
    """What became of an invitation that brought nobody; kindly, and no reason asked."""
    if now.other is not None or now.invitation is not None or not now.dyad.is_open:
        return ""
    last = Invitation.objects.filter(circle=now.dyad).select_related("person").last()
    if last is None or last.answered_at is None:
        return _("No answer came, and the seat is no longer kept. You can ask somebody else.")
    who = last.person.first_name if last.person else last.email
    return _(
        "{who} can’t take on a dyad just now. That is about time and strength far more than "
        "about you."
    ).format(who=who)
