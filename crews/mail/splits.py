"""The mails about a table that becomes two. Why somebody sits where stands in none of them."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.services import present
from crews.mail.calls import letter
from crews.models import Agreements, Split, SplitPlace
from crews.services.splits import tables_of
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.models import Notice
from practice.models import PracticeSession
from practice.showing.naming import in_one_breath

# Whoever has not said anything for so long is asked once, and not when that is older than this.
ASKED_AFTER, FRESH = timedelta(days=10), timedelta(days=14)


def news(notice: Notice) -> Letter | Dropped:
    """To those at the two tables: proposed, called off, done; and once to whoever is silent."""
    split = Split.objects.select_related("crew", "second").filter(pk=notice.ref).first()
    if split is None or notice.person is None:
        return Dropped("gone")
    what = notice.payload.get("what", "")
    if what == "happened":
        return _happened(split, notice)
    if what == "called_off":
        return _called_off(split, notice)
    tables = tables_of(split)
    mine = tables.places.get(notice.person.pk)
    if split.ended_at is not None or not split.crew.is_open or mine is None:
        return Dropped("called off, done, or no longer in it")
    if what == "asked":
        return Dropped("said so") if mine.suits_since else _asked(split)
    return _opened(split, notice)


def _opened(split: Split, notice: Notice) -> Letter:
    who = notice.payload.get("who", "")
    return letter(
        _("{who} proposes two tables of {crew}").format(who=who, crew=split.crew),
        [
            _("You see who would sit where. Change over if you like it better at the other one."),
            _("It happens when it suits all of you, and not before. Anybody may call it off."),
        ],
        _("See the two tables"),
        split.get_absolute_url(),
    )


def _asked(split: Split) -> Letter:
    return letter(
        _("Does it suit you, two tables of {crew}?").format(crew=split.crew),
        [
            _("The others have not heard from you yet. Yes and no are both fine."),
            _("Nothing happens by itself, and we ask only this once."),
        ],
        _("See the two tables"),
        split.get_absolute_url(),
    )


def _called_off(split: Split, notice: Notice) -> Letter | Dropped:
    if split.outcome != Split.Outcome.CALLED_OFF:
        return Dropped("it happened")
    inside = notice.person is not None and present(split.crew, notice.person)
    return letter(
        _("{crew} stays one table").format(crew=split.crew),
        [_("The proposal for two tables was called off. All is as it was.")],
        _("Open {circle}").format(circle=split.crew),
        split.crew.get_absolute_url() if inside else reverse("crews:index"),
    )


def _happened(split: Split, notice: Notice) -> Letter | Dropped:
    mine = split.places.filter(person=notice.person).first()
    crew = split.second if mine and mine.table == 2 else split.crew
    if mine is None or crew is None or not crew.is_open or not present(crew, mine.person):
        return Dropped("no longer there")
    others = [
        seat.person
        for seat in crew.memberships.present().at_table()
        if seat.person_id != mine.person_id
    ]
    with_whom = _("You sit at {crew} with {names}.").format(
        crew=crew, names=in_one_breath(others, mine.person)
    )
    heading = _("You are two crews now: {first} and {second}").format(
        first=split.crew, second=split.second
    )
    if PracticeSession.objects.filter(circle=crew).to_come(timezone.now()).exists():
        stays = _("Your meetings go on as they are planned.")
        url = crew.get_absolute_url()
        return letter(heading, [with_whom, stays], _("Open {circle}").format(circle=crew), url)
    paragraphs = [with_whom]
    if crew == split.second and Agreements.objects.filter(crew=crew).exists():
        paragraphs.append(_("What you agreed came along."))
    paragraphs.append(_("No meeting is set yet: find a time of your own."))
    find = reverse("practice:find", args=[crew.pk])
    return letter(heading, paragraphs, _("Find a time"), find)


def silent(now: datetime) -> list[Notice]:
    """One question to each who has not said whether it suits them, ten days on."""
    places = SplitPlace.objects.filter(
        split__in=Split.objects.open(),
        suits_since__isnull=True,
        split__opened_at__lte=now - ASKED_AFTER,
        split__opened_at__gt=now - ASKED_AFTER - FRESH,
    )
    return [
        Notice(
            kind="crews.split",
            key=f"asked {place.split_id}",
            person_id=place.person_id,
            ref=place.split_id,
            payload={"what": "asked"},
            due_at=now,
        )
        for place in places
    ]


def register() -> None:
    """Make the kind known."""
    register_kind(
        Kind(
            "crews.split",
            gettext_lazy("One table becomes two"),
            news,
            gettext_lazy("When your crew may become two, and what came of it."),
            due=silent,
        )
    )
