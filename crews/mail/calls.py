"""The mails about a call: it begins, it rests, it is open again, it has lain for three weeks;
and to a hand for which there was no seat."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from circles.models import JoinRequest
from circles.scales import LAWS, Scale
from circles.services import present
from crews.models import Crew
from crews.services.going import may_let_rest
from crews.showing.elsewhere import tables_for
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person
from practice.models import PracticeSession

LEAST = LAWS[Scale.CREW].least
# A call that has found no third person for so long is asked about, once.
LIES_FOR = timedelta(weeks=3)
# And not when the question is older than this.
FRESH = timedelta(weeks=1)


def letter(
    heading: str, paragraphs: Iterable[str], label: str, url: str, *, said: str = ""
) -> Letter:
    """A plain letter with one button."""
    return Letter(
        subject=heading,
        template="plain",
        context={
            "heading": heading,
            "said": said,
            "paragraphs": list(paragraphs),
            "button": {"label": label, "url": absolute(url)},
        },
    )


def news(notice: Notice) -> Letter | Dropped:
    """To those who are in: what became of the call."""
    crew = Crew.objects.open().filter(pk=notice.ref).first()
    if crew is None:
        return Dropped("the crew has ended")
    if notice.person is None or not present(crew, notice.person):
        return Dropped("no longer in the crew")
    builders = {"begun": _begun, "rests": _rests, "taken_up": _taken_up, "lies": _lies}
    return builders[notice.payload.get("what", "")](crew, notice, notice.person)


def _begun(crew: Crew, notice: Notice, reader: Person) -> Letter | Dropped:
    if not crew.has_begun:
        return Dropped("not begun")
    heading = _("{crew} begins").format(crew=crew)
    equals = _(
        "Three of you said “go”. From here on you are equals: whoever called has no more say."
    )
    first = PracticeSession.objects.filter(circle=crew).to_come(timezone.now()).first()
    if first is None:
        time = _("Now find your first evening: a time that suits all of you, then a steady rhythm.")
        find = reverse("practice:find", args=[crew.pk])
        return letter(heading, [equals, time], _("Find a time"), find)
    day = date_format(first.starts_at.astimezone(reader.zone), "l j F, H:i")
    time = _("You meet for the first time on {day}, by your clock.").format(day=day)
    return letter(heading, [equals, time], _("Look at it"), first.get_absolute_url())


def _rests(crew: Crew, notice: Notice, reader: Person) -> Letter | Dropped:
    if crew.has_begun or not crew.is_resting:
        return Dropped("taken up again")
    return letter(
        _("{who} lets the call {crew} rest").format(who=notice.payload["who"], crew=crew),
        [
            _(
                "About half of all calls never become crews. This one has shown what was not "
                "wanted yet, and that helps, too."
            ),
            _("Any of you who are in can take it up again, with one press."),
        ],
        _("Open {circle}").format(circle=crew),
        crew.get_absolute_url(),
        said=notice.payload.get("words", ""),
    )


def _taken_up(crew: Crew, notice: Notice, reader: Person) -> Letter | Dropped:
    if crew.has_begun or crew.is_resting:
        return Dropped("begun, or at rest again")
    return letter(
        _("{who} takes the call {crew} up again").format(who=notice.payload["who"], crew=crew),
        [_("It is among the open tables again. With three who say “go”, it begins.")],
        _("Open {circle}").format(circle=crew),
        crew.get_absolute_url(),
    )


def _lies(crew: Crew, notice: Notice, reader: Person) -> Letter | Dropped:
    if crew.has_begun or crew.is_resting or crew.memberships.present().count() >= LEAST:
        return Dropped("it went on")
    if not may_let_rest(crew, reader):
        return Dropped("somebody else decides")
    return letter(
        _("{crew} has waited for a third for three weeks").format(crew=crew),
        [
            _(
                "About half of all calls never become crews, so there is nothing wrong with this "
                "one. Keep it open as long as you like; you need do nothing for that."
            ),
            _("Or let it rest. Those who are in hear it from us, and can take it up again."),
        ],
        _("Let it rest, or keep it open"),
        reverse("crews:let_rest", args=[crew.pk]),
    )


def lying(now: datetime) -> list[Notice]:
    """One question about each call that has lain for three weeks, to whoever may let it rest."""
    calls = (
        Crew.objects.called()
        .smaller_than(LEAST)
        .filter(created_at__lte=now - LIES_FOR, created_at__gt=now - LIES_FOR - FRESH)
        .prefetch_related("memberships__person")
    )
    return [
        Notice(
            kind="crews.call",
            key=f"lies {crew.pk}",
            person=seat.person,
            ref=crew.pk,
            payload={"what": "lies"},
            due_at=now,
        )
        for crew in calls
        for seat in crew.memberships.all()
        if seat.left_at is None and may_let_rest(crew, seat.person)
    ]


def no_seat(notice: Notice) -> Letter | Dropped:
    """To a hand that found no seat: why, and where else there is one."""
    hand = JoinRequest.objects.select_related("circle", "person").filter(pk=notice.ref).first()
    if hand is None or hand.state != JoinRequest.State.DECLINED:
        return Dropped("gone")
    if present(hand.circle, hand.person):
        return Dropped("has a seat there")
    why = {
        "full": _("Every seat there is taken now."),
        "rests": _("That call rests for the time being."),
        "closed": _("They stay the six they are: six people have fifteen ties to look after."),
    }[notice.payload.get("why", "full")]
    kind = _("It is not about you.")
    tables = tables_for(hand.person, hand.circle.parent_id)
    if tables:
        names = pgettext("between two tables", ", ").join(str(crew) for crew in tables)
        onward = _("There is a seat at your hours here: {tables}.").format(tables=names)
    else:
        onward = _("No other table has a seat just now.")
    return letter(
        _("No seat at {circle} this time").format(circle=hand.circle),
        [f"{why} {kind}", onward, _("And you can call a crew yourself: it takes two minutes.")],
        _("See the open tables") if tables else _("Call a crew"),
        reverse("crews:index" if tables else "crews:call"),
    )


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(
            "crews.call",
            gettext_lazy("News of a call"),
            news,
            gettext_lazy(
                "When a crew that you are in begins, or a call rests or is taken up again."
            ),
            due=lying,
        )
    )
    register_kind(
        Kind("crews.no_seat", gettext_lazy("No seat this time"), no_seat, can_be_stopped=False)
    )
