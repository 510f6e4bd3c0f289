"""What people hear after a round is published, each built from how it stands by then."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import JoinRequest, Membership
from circles.services import present
from crews.models import Crew, FormingRound, Participant, ProposedSeat
from crews.rules.dates import reminded_at
from crews.services.beginning import BEGUN
from crews.services.mending import NO_SEAT, SECOND, SILENT
from crews.services.seating import Seating, seating_of
from crews.services.second import without_a_seat
from crews.showing.lacking import why_no_seat
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person
from practice.showing.naming import in_one_breath
from practice.showing.often import hour

REMINDER = "crews.seat_reminder"


def begun(notice: Notice) -> Letter | Dropped:
    """To somebody whose crew has begun: who is there, and the first thing to do."""
    crew = Crew.objects.open().select_related("proposal").filter(pk=notice.ref).first()
    reader = notice.person
    if crew is None or reader is None or not present(crew, reader):
        return Dropped("no longer in the crew")
    seats = Membership.objects.present().filter(circle=crew).at_table()
    names = in_one_breath([seat.person for seat in seats], reader)
    step = _("First of all, set a time: it stands as soon as one of you does.")
    if meets_at := crew.proposal.meets_at if hasattr(crew, "proposal") else None:
        step = _(
            "You are all free on {when} your time. Set your first evening: it stands as soon as "
            "one of you does, and the others hear of it."
        ).format(when=hour(meets_at, reader.zone))
    return _letter(
        _("{crew} has begun").format(crew=crew),
        [_("At the table: {names}.").format(names=names), step],
        _("Go to your table"),
        crew.get_absolute_url(),
    )


def reminders(now: datetime) -> Iterator[Notice]:
    """Those who have not answered, once, two days before their day."""
    published = FormingRound.objects.going_on().filter(answers_due__gt=now)
    for forming in published:
        told_at = forming.mended_at or forming.published_at
        if told_at is None or now < reminded_at(told_at, forming.answers_due or now):
            continue
        waiting = ProposedSeat.objects.waiting().filter(proposed__round=forming)
        seats = {
            f"seat {seat}": (seat, person)
            for seat, person in waiting.values_list("pk", "participant__person")
        }
        written = Notice.objects.filter(kind=REMINDER, key__in=seats)
        for key in seats.keys() - set(written.values_list("key", flat=True)):
            seat, person = seats[key]
            yield Notice(kind=REMINDER, key=key, person_id=person, ref=seat, due_at=now)


def reminder(notice: Notice) -> Letter | Dropped:
    """To somebody who has not answered."""
    seat = _seat(notice, ProposedSeat.Answer.WAITING)
    if seat is None or notice.person is None:
        return Dropped("answered")
    forming = seat.proposed.round
    if not seat.proposed.takes_answers(timezone.now()) or forming.answers_due is None:
        return Dropped("the day has passed")
    day = _day(forming.answers_due, notice.person)
    return _letter(
        _("A seat is kept for you until {day}").format(day=day),
        [
            _(
                "“{round}” proposes a table to you, and the others there wait for your word. A yes "
                "takes the seat; if it is not for you this time, say so, and the seat is free for "
                "somebody else. Nobody is told."
            ).format(round=forming)
        ],
        _("Look at your table"),
        forming.get_absolute_url(),
    )


def silent(notice: Notice) -> Letter | Dropped:
    """To somebody who had not answered when the day came."""
    seat = _seat(notice, ProposedSeat.Answer.OUT)
    if seat is None or seat.answered_at is not None:
        return Dropped("gone")
    return _letter(
        _("The seat is free again"),
        [
            _(
                "The day to answer “{round}” has passed, and we had no word from you, so the seat "
                "kept for you is free again. That is all right, and nobody was told."
            ).format(round=seat.proposed.round),
            _("If you would like to sit with a crew all the same, some may have room for you."),
        ],
        _("Find me a seat"),
        reverse("crews:seats"),
    )


def second(notice: Notice) -> Letter | Dropped:
    """To those whom the second proposal is about: a new table, a raised hand, or nothing yet."""
    participant = _participant(notice)
    if participant is None:
        return Dropped("gone")
    forming = participant.round
    if forming.ended_at or forming.answers_due is None:
        return Dropped("the round is over")
    day = _day(forming.answers_due, participant.person)
    before = ""
    if participant.seats.filter(answer=ProposedSeat.Answer.FREED).exists():
        before = _("The table you said yes to did not come about: too few could. ")
    if participant.seats.waiting().exists():
        heading = _("A new table for you")
        words = _("We looked again, and propose another table to you. Answer until {day}.")
        action = _("Look at your table")
    elif hands := _hands_up(participant):
        heading = _("Your hand is up at {crew}").format(crew=hands[0].circle)
        words = _(
            "We looked again, and {crew} has a seat that fits your hours. So we raised your hand "
            "there; they answer, and you hear from us. You can take it down at any time."
        ).format(crew=hands[0].circle)
        action = _("See how it stands")
    else:
        heading = _("No table for you yet")
        words = _(
            "We looked again and found no table for you yet. Others still answer until {day}; you "
            "hear from us then."
        )
        action = _("See how it stands")
    said = before + words.format(day=day)
    return _letter(heading, [said], action, forming.get_absolute_url())


def no_seat(notice: Notice) -> Letter | Dropped:
    """To those who wanted a seat, when the round is over."""
    participant = _participant(notice)
    if participant is None:
        return Dropped("gone")
    forming = participant.round
    if not without_a_seat(forming).filter(pk=participant.pk).exists():
        return Dropped("has a seat by now")
    said = [
        _(
            "“{round}” is over, and there was no seat for you this time. We are sorry: you held "
            "your hand up, and it says nothing about you."
        ).format(round=forming),
        " ".join(why_no_seat(notice.once(_seatings)[forming.pk], participant.person_id)),
    ]
    for request in _hands_up(participant):
        said.append(_("Your hand is still up at {crew}.").format(crew=request.circle))
    said.append(
        _(
            "Crews that have a seat free at your hours are on one page, also those whose seats "
            "come free later; and you can call a crew yourself, for the hours you have."
        )
    )
    return _letter(_("No seat this time"), said, _("Find me a seat"), reverse("crews:seats"))


def _seat(notice: Notice, answer: str) -> ProposedSeat | None:
    """The seat it is about, if it is still answered so by somebody in the congregation."""
    seats = ProposedSeat.objects.filter(participant__in=Participant.objects.up(), answer=answer)
    return seats.select_related("proposed__round").filter(pk=notice.ref).first()


def _participant(notice: Notice) -> Participant | None:
    hands = Participant.objects.up().select_related("round", "person")
    return hands.filter(pk=notice.ref, round__called_off_at__isnull=True).first()


def _seatings(notices: Sequence[Notice]) -> dict[int, Seating]:
    """How the tables of each round stood in the end, read once for a run of mails."""
    hands = Participant.objects.filter(pk__in=[notice.ref for notice in notices])
    rounds = FormingRound.objects.filter(participants__in=hands).distinct()
    return {one.pk: seating_of(one) for one in rounds}


def _hands_up(participant: Participant) -> list[JoinRequest]:
    """Where their hand waits for an answer, among the crews of the congregation."""
    waiting = JoinRequest.objects.waiting().filter(
        person=participant.person, circle__parent=participant.round.congregation_id
    )
    return list(waiting.select_related("circle").order_by("asked_at")[:3])


def _day(moment: datetime, reader: Person) -> str:
    """ "Tuesday 1 December, 18:00", by the reader's clock."""
    return formatted(moment.astimezone(reader.zone), "l j F, H:i")


def _letter(heading: str, paragraphs: list[str], label: str, url: str) -> Letter:
    button = {"label": label, "url": absolute(url)}
    return Letter(
        heading, "plain", {"heading": heading, "paragraphs": paragraphs, "button": button}
    )


def register() -> None:
    """Make the kinds known, with their clocks."""
    register_kind(
        Kind(
            REMINDER,
            gettext_lazy("A seat waits for your word"),
            reminder,
            gettext_lazy("Once, two days before the day, when you have not answered a round."),
            due=reminders,
        )
    )
    for kind, title, build in (
        (BEGUN, gettext_lazy("Your crew has begun"), begun),
        (SILENT, gettext_lazy("A seat is free again"), silent),
        (SECOND, gettext_lazy("A second proposal"), second),
        (NO_SEAT, gettext_lazy("No seat this time"), no_seat),
    ):
        register_kind(Kind(kind, title, build, can_be_stopped=False))
