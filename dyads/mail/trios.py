"""The mails about being three. None of them says who said what."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.services import present
from dyads.models import Trio
from dyads.services.introducing import fresh_times
from dyads.services.trios import APART, ASKED, TOGETHER, two_of
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person
from practice.showing.naming import in_one_breath


def _trio(notice: Notice, *outcomes: str) -> Trio | Dropped:
    found = Trio.objects.select_related(
        "place__person", "place__round__congregation", "pair__dyad", "crew"
    )
    trio = found.filter(pk=notice.ref).first()
    if trio is None or notice.person is None:
        return Dropped("gone")
    if trio.outcome not in outcomes:
        return Dropped("decided otherwise")
    if not present(trio.place.round.congregation, notice.person):
        return Dropped("no longer in the congregation")
    return trio


def asked(notice: Notice) -> Letter | Dropped:
    """To each of the pair: somebody left over would like to be the third."""
    trio = _trio(notice, Trio.Outcome.NONE)
    if isinstance(trio, Dropped):
        return trio
    reader, dyad = notice.person, trio.pair.dyad
    if reader is None or dyad is None or not dyad.is_open:
        return Dropped("no longer a dyad")
    if trio.due_at <= timezone.now() or trio.yeses.filter(person=reader).exists():
        return Dropped("said, or too late")
    third, people = trio.place.person, two_of(trio)
    other = next(one for one in people if one != reader)
    heading = _("{who} would like to be your third").format(who=third)
    paragraphs = [
        _(
            "In the last pairing of {circle} {who} was left over. If you and {other} both say "
            "yes, you three practise together; else you go on as two."
        ).format(circle=trio.place.round.congregation, who=third.first_name, other=other.first_name)
    ]
    moments = fresh_times([*people, third], minutes=trio.place.round.minutes, now=timezone.now())
    if moments:
        hours = "; ".join(_moment(at, reader) for at in moments)
        words = _("Hours that would suit all three, in your time, {city}: {hours}.")
        paragraphs.append(words.format(city=reader.city, hours=hours))
    until = _("Answer until {until}. A no needs no reason, and nobody is told who said what.")
    paragraphs.append(until.format(until=_moment(trio.due_at, reader)))
    url = reverse("dyads:trio", args=[trio.pk])
    return _letter(heading, paragraphs, _("Look at it"), url, said=third.about)


def _moment(at: datetime, reader: Person) -> str:
    return date_format(at.astimezone(reader.zone), "l j F, H:i")


def together(notice: Notice) -> Letter | Dropped:
    """To all three: they have a table, and what comes next."""
    trio = _trio(notice, Trio.Outcome.TOGETHER)
    if isinstance(trio, Dropped):
        return trio
    reader, crew = notice.person, trio.crew
    if reader is None or crew is None or not crew.is_open or not present(crew, reader):
        return Dropped("no longer at the table")
    people = [*two_of(trio), trio.place.person]
    paragraphs = [
        _("At the table: {names}.").format(names=in_one_breath(people, reader)),
        _("The dyad of the two gives way to it; nothing else changes."),
    ]
    now = timezone.now()
    moments = fresh_times(people, minutes=trio.place.round.minutes, now=now)
    if moments:
        hours = "; ".join(_moment(at, reader) for at in moments)
        words = _("Hours that suit you all, in your time, {city}: {hours}.")
        paragraphs.append(words.format(city=reader.city, hours=hours))
    paragraphs.append(_("Set your first time: it stands as soon as one of you does."))
    heading = _("You are three: {crew}").format(crew=crew)
    return _letter(heading, paragraphs, _("Go to your table"), crew.get_absolute_url())


def apart(notice: Notice) -> Letter | Dropped:
    """To those who wait: a table of three did not come about; whyever, in the same words."""
    trio = _trio(notice, Trio.Outcome.APART)
    if isinstance(trio, Dropped) or notice.person is None:
        return trio if isinstance(trio, Dropped) else Dropped("gone")
    heading = _("Not three this time")
    reasons = _(
        "A table of three did not come about. There are many reasons: an hour, a full week, a "
        "changed mind."
    )
    if notice.person == trio.place.person:
        words = _("You have the first place in the next round; there is nothing you have to do.")
        url, action = trio.place.round.get_absolute_url(), _("Look at the round")
        return _letter(heading, [reasons, words], action, url)
    dyad = trio.pair.dyad
    if dyad is None or not dyad.is_open or not present(dyad, notice.person):
        return Dropped("no longer a dyad")
    words = _("You two go on as you are.")
    return _letter(heading, [reasons, words], _("Go to the two of you"), dyad.get_absolute_url())


def _letter(heading: str, paragraphs: list[str], action: str, path: str, said: str = "") -> Letter:
    button = {"label": action, "url": absolute(path)}
    context = {"heading": heading, "paragraphs": paragraphs, "button": button, "said": said}
    return Letter(heading, "plain", context)


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(
            ASKED,
            gettext_lazy("Somebody would like to be your third"),
            asked,
            gettext_lazy("When somebody left over in a pairing shares an hour with you two."),
        )
    )
    register_kind(Kind(TOGETHER, gettext_lazy("You are three"), together, can_be_stopped=False))
    register_kind(Kind(APART, gettext_lazy("Not three this time"), apart, can_be_stopped=False))
