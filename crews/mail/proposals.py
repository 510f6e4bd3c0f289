"""What people hear when a round is published; and the question for one more hour before that."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from crews.models import FormingRound, ProposedSeat
from crews.rules.explaining import explain_to
from crews.services.another_hour import ANOTHER_HOUR
from crews.services.publishing import NO_SEAT, SEAT
from crews.services.seating import SeatedTable, Seating, seating_of
from crews.showing.another_hour import Asked, asked_of
from crews.showing.lacking import why_no_seat
from crews.showing.wording import why_you
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person
from people.time_zones import city
from practice.showing.often import hour, how_often

State = FormingRound.State


def _seats(notices: Sequence[Notice]) -> dict[int, ProposedSeat]:
    seats = ProposedSeat.objects.select_related("proposed__round__congregation")
    return seats.in_bulk({notice.ref for notice in notices})


def _seatings(notices: Sequence[Notice]) -> dict[int, Seating]:
    """The tables of each round that a run of mails is about, read once."""
    people = [notice.person_id for notice in notices]
    rounds = FormingRound.objects.filter(
        participants__person__in=people, published_at__isnull=False
    ).going_on()
    return {one.pk: seating_of(one) for one in rounds.select_related("congregation").distinct()}


def seat_proposed(notice: Notice) -> Letter | Dropped:
    """To somebody with a proposed seat: who, why, when, and where to say yes or step out."""
    seat, reader = notice.once(_seats).get(notice.ref), notice.person
    if seat is None or reader is None or seat.answer != ProposedSeat.Answer.WAITING:
        return Dropped("answered, or no longer proposed")
    forming = seat.proposed.round
    seating = notice.once(_seatings).get(forming.pk)
    if seating is None or forming.state(timezone.now()) != State.PUBLISHED:
        return Dropped("the round has moved on")
    table = next((one for one in seating.tables if one.proposed == seat.proposed), None)
    if table is None or reader.pk not in table.people:
        return Dropped("no longer in the round")
    heading = _("A table for you: {name}").format(name=seat.proposed)
    return Letter(heading, "seat_proposed", _about(seating, table, reader, heading))


def _about(seating: Seating, table: SeatedTable, reader: Person, heading: str) -> dict[str, object]:
    gathered = seating.gathered
    forming, at = gathered.forming, seating.starts_at(table)
    people = {one: gathered.participants[one].person for one in table.people}
    told = explain_to(reader.pk, seating.at(table), gathered.known)
    rows = [
        (person, city(gathered.participants[one].time_zone))
        for one, person in people.items()
        if one != reader.pk
    ]
    due = (forming.answers_due or timezone.now()).astimezone(reader.zone)
    return {
        "heading": heading,
        "forming": forming,
        "rows": rows,
        "when": hour(at, reader.zone) if at else "",
        "often": how_often(forming.weeks),
        "why": " ".join(why_you(told, people, reader, at)),
        "until": formatted(due, "l j F, H:i"),
        "round_url": absolute(forming.get_absolute_url()),
    }


def no_seat_yet(notice: Notice) -> Letter | Dropped:
    """To somebody for whom there was no seat: why, and what would help."""
    reader = notice.person
    seatings = notice.once(_seatings).values()
    seating = next((one for one in seatings if _has(one, notice)), None)
    if reader is None or seating is None:
        return Dropped("the round has moved on, or the hand came down")
    reasons = why_no_seat(seating, reader.pk)
    if not reasons:
        return Dropped("has a seat by now")
    forming = seating.gathered.forming
    if forming.state(timezone.now()) != State.PUBLISHED:
        return Dropped("the round has moved on")
    heading = _("No seat for you yet in “{round}”").format(round=forming)
    closing = _(
        "It is not over: some tables will have a free seat once people have answered, and then "
        "we look again for you."
    )
    context = {
        "heading": heading,
        "paragraphs": [" ".join(reasons), closing],
        "button": {
            "label": _("See how it stands"),
            "url": absolute(forming.get_absolute_url()),
        },
    }
    return Letter(heading, "plain", context)


def _has(seating: Seating, notice: Notice) -> bool:
    hands = seating.gathered.participants.values()
    return any(one.pk == notice.ref for one in hands)


def another_hour(notice: Notice) -> Letter | Dropped:
    """To somebody without a seat so far: would one more hour be possible?"""
    asked = asked_of(notice.ref, notice.payload.get("hours", ""))
    if isinstance(asked, str):
        return Dropped(asked)
    heading = _("Could you be free on {when}?").format(when=asked.when)
    context = {
        "heading": heading,
        "paragraphs": [
            _(
                "The tables of “{round}” are being set. At the hours you gave there is no seat for "
                "you so far; on {when} your time there could be."
            ).format(round=asked.forming, when=asked.when),
            _("If that suits you, add it with one tap. If not, leave it: nobody is told."),
        ],
        "button": {"label": _("Look at that hour"), "url": absolute(_url(asked))},
    }
    return Letter(heading, "plain", context)


def _url(asked: Asked) -> str:
    address = reverse("crews:another_hour", args=[asked.forming.pk])
    return f"{address}?hours={asked.in_address}"


def register() -> None:
    """Make the kinds known."""
    for kind, title, build in (
        (SEAT, _("A seat proposed to you"), seat_proposed),
        (NO_SEAT, _("No seat yet"), no_seat_yet),
    ):
        register_kind(Kind(kind, title, build, can_be_stopped=False))
    register_kind(
        Kind(
            ANOTHER_HOUR,
            _("One more hour"),
            another_hour,
            _("When one more hour of yours could find you a table."),
        )
    )
