"""The mails about a round until its pairing is made. Nobody's wish or refusal is in any."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from circles.services import is_steward, present
from dyads.answer_links import link
from dyads.models import Openness, PairingRhythm, PairingRound, Place
from dyads.rules.rounds import asked_again_at
from dyads.services.places import dyads_and_most
from dyads.services.rounds import key_of_end
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person
from practice.showing.often import how_often
from practice.showing.wording import in_words

State = PairingRound.State
Answer = Place.Answer


def _round(notice: Notice, *states: State) -> tuple[PairingRound, Person] | Dropped:
    """The round and its reader, who still sits in its congregation, if it stands in one of the
    states."""
    round = (
        PairingRound.objects.select_related("congregation")
        .filter(pk=notice.ref, congregation__closed_at__isnull=True)
        .first()
    )
    if round is None or notice.person is None:
        return Dropped("gone")
    if not present(round.congregation, notice.person):
        return Dropped("no longer in the congregation")
    if round.state(timezone.now()) not in states:
        return Dropped("the round has moved on")
    return round, notice.person


def _asked(notice: Notice) -> tuple[PairingRound, Person, Place | None] | Dropped:
    """The same for who has not answered yet, and is neither paused nor has dyads enough."""
    found = _round(notice, State.OPEN)
    if isinstance(found, Dropped):
        return found
    round, reader = found
    place = round.places.filter(person=reader).annotate(**dyads_and_most()).first()
    if place is not None and place.answer != Answer.NONE:
        return Dropped("answered")
    if place is not None and place.has >= place.at_most:
        return Dropped("as many dyads as they wish for")
    if Openness.objects.filter(person=reader, paused_until__gt=round.pairing_day).exists():
        return Dropped("paused")
    return round, reader, place


def _when(instant: datetime, reader: Person) -> str:
    """When it is, on the reader's clock."""
    local = instant.astimezone(reader.zone)
    return _("{day} at {time} (your time, {city})").format(
        day=formatted(local, "l j F"), time=formatted(local, "H:i"), city=reader.city
    )


def _what(round: PairingRound) -> str:
    """What two people begin with."""
    return ngettext(
        "Two people meet once, for {minutes} minutes, with equal turns.",
        "Two people meet {meetings} times, {often}, {minutes} minutes each, with equal turns.",
        round.meetings,
    ).format(meetings=in_words(round.meetings), minutes=round.minutes, often=how_often(round.weeks))


def _letter(
    round: PairingRound, reader: Person, heading: str, paragraphs: list[str], said: str = ""
) -> Letter:
    """A letter that leads to the round."""
    button = {"label": _("Look at the round"), "url": absolute(round.get_absolute_url())}
    context = {"heading": heading, "said": said, "paragraphs": paragraphs, "button": button}
    return Letter(heading, "plain", context, needed_by=round.pairs_at)


def _question(
    round: PairingRound,
    reader: Person,
    heading: str,
    paragraphs: list[str],
    *,
    yes: str,
    no: str,
    may_pause: bool = True,
) -> Letter:
    """A letter that is answered with one tap; whoever has said no hours is led there first."""
    answers = [
        {"label": yes, "url": link(round, reader, Answer.IN)},
        {"label": no, "url": link(round, reader, Answer.SKIP)},
    ]
    if may_pause:
        pause = absolute(reverse("dyads:pause_pairing"))
        answers.append({"label": _("Pause until…"), "url": pause})
    if reader.suitable_hours:
        button, *answers = answers
    else:
        no_hours = _(
            "We do not know yet which hours suit you. Without them we can find nobody for you; "
            "a minute is enough to say them."
        )
        paragraphs = [*paragraphs, no_hours]
        button = {"label": _("Say which hours suit me"), "url": absolute(reverse("people:hours"))}
    context = {
        "heading": heading,
        "said": round.words,
        "paragraphs": paragraphs,
        "button": button,
        "answers": answers,
    }
    return Letter(heading, "plain", context, needed_by=round.pairs_at)


def opened(notice: Notice) -> Letter | Dropped:
    """To those who take part: they are paired, unless they skip it or must say yes."""
    asked = _asked(notice)
    if isinstance(asked, Dropped):
        return asked
    round, reader, place = asked
    if place is None:
        return Dropped("takes part no more")
    when = _when(round.pairs_at, reader)
    if place.must_say_yes:
        return _shall_we(round, reader)
    local = round.pairs_at.astimezone(reader.zone)
    heading = _("You’ll be paired on {day}, unless you skip this one").format(
        day=formatted(local, "l j F")
    )
    words = _(
        "{circle} pairs people on {when}. You hear then with whom, and which hours suit you both."
    ).format(circle=round.congregation, when=when)
    rest = _("You need do nothing. If it does not suit you this time, one press is enough.")
    paragraphs = [words, _what(round), rest]
    return _question(round, reader, heading, paragraphs, yes=_("I’m in"), no=_("Skip this one"))


def _shall_we(round: PairingRound, reader: Person) -> Letter:
    heading = _("Shall we pair you this time?")
    paragraphs = [
        _("We have not heard from you in a while, so we ask before we pair you again."),
        _("{circle} pairs people on {when}. Say yes, and you are in.").format(
            circle=round.congregation, when=_when(round.pairs_at, reader)
        ),
        _("If you would rather not, you need do nothing. You are welcome any time."),
    ]
    yes, no = _("Yes, pair me"), _("Not this time")
    return _question(round, reader, heading, paragraphs, yes=yes, no=no)


def invited(notice: Notice) -> Letter | Dropped:
    """To everybody else: would they like to be paired?"""
    asked = _asked(notice)
    if isinstance(asked, Dropped):
        return asked
    round, reader, place = asked
    if place is not None:
        return Dropped("takes part by now")
    heading = _("Would you like to be paired with somebody in {circle}?").format(
        circle=round.congregation
    )
    paragraphs = [
        _what(round),
        _(
            "On {when} everybody who says yes is paired with somebody whose hours suit theirs, "
            "if there is one: first of all with people they have not met yet."
        ).format(when=_when(round.pairs_at, reader)),
    ]
    yes, no = _("Yes, pair me"), _("Not now")
    return _question(round, reader, heading, paragraphs, yes=yes, no=no, may_pause=False)


def asked_again(notice: Notice) -> Letter | Dropped:
    """To those who must say yes and have not: once."""
    asked = _asked(notice)
    if isinstance(asked, Dropped):
        return asked
    round, reader, place = asked
    if place is None or not place.must_say_yes:
        return Dropped("need not say yes")
    heading = _("Shall we pair you? A yes is enough")
    paragraphs = [
        _("{circle} pairs people on {when}. If you would like to be in it, tell us.").format(
            circle=round.congregation, when=_when(round.pairs_at, reader)
        ),
        _("If not, you need do nothing, and we pair you with nobody this time."),
    ]
    yes, no = _("Yes, pair me"), _("Not this time")
    return _question(round, reader, heading, paragraphs, yes=yes, no=no)


def moved(notice: Notice) -> Letter | Dropped:
    """To those in it: the pairing is made at another time."""
    found = _round(notice, State.OPEN)
    if isinstance(found, Dropped):
        return found
    round, reader = found
    if notice.key != f"round {round.pk} {round.pairs_at:%Y%m%dT%H%M}":
        return Dropped("moved again since")
    place = round.places.filter(person=reader).first()
    if place is None or place.answer == Answer.SKIP:
        return Dropped("not in it")
    heading = _("{circle} pairs on another day").format(circle=round.congregation)
    words = _("The pairing is made on {when}.").format(when=_when(round.pairs_at, reader))
    return _letter(round, reader, heading, [words])


def called_off(notice: Notice) -> Letter | Dropped:
    """To those who were in it: nobody is paired."""
    found = _round(notice, State.CALLED_OFF)
    if isinstance(found, Dropped):
        return found
    round, reader = found
    if notice.key != key_of_end(round):
        return Dropped("called off anew since")
    heading = _("The pairing in {circle} was called off").format(circle=round.congregation)
    paragraphs = [
        _("{who} called it off.").format(who=notice.payload.get("who") or _("A steward")),
        _("You still take part in the next one, and you can always ask somebody yourself."),
    ]
    return _letter(round, reader, heading, paragraphs, said=notice.payload.get("word", ""))


def goes_on(notice: Notice) -> Letter | Dropped:
    """To those who had read that it was called off: it takes place after all."""
    found = _round(notice, State.OPEN, State.PAIRING, State.PROPOSED)
    if isinstance(found, Dropped):
        return found
    round, reader = found
    heading = _("The pairing in {circle} goes on after all").format(circle=round.congregation)
    words = [_("What you had said to it still stands.")]
    if round.state(timezone.now()) == State.OPEN:
        said = _("The pairing is made on {when}.")
        words.append(said.format(when=_when(round.pairs_at, reader)))
    return _letter(round, reader, heading, words)


def passed_over(notice: Notice) -> Letter | Dropped:
    """To stewards: the rhythm would have opened a round, and one is still going on."""
    rhythm = PairingRhythm.objects.select_related("congregation").filter(pk=notice.ref).first()
    if rhythm is None or rhythm.ended_at or notice.person is None:
        return Dropped("gone")
    if not is_steward(rhythm.congregation, notice.person):
        return Dropped("no longer a steward")
    heading = _("A pairing in {circle} was passed over").format(circle=rhythm.congregation)
    paragraphs = [
        _("It was time to open the next one, but a round is still going on, so none was opened."),
        _("The next pairing is on {when}. You can choose another day.").format(
            when=_when(rhythm.next_at, notice.person)
        ),
    ]
    url = absolute(reverse("dyads:rhythm", args=[rhythm.congregation_id]))
    button = {"label": _("Look at the rhythm"), "url": url}
    context = {"heading": heading, "paragraphs": paragraphs, "button": button}
    return Letter(heading, "plain", context)


def who_is_asked_again(now: datetime) -> Iterator[Notice]:
    """One reminder to each who must say yes and has not; one query for all rounds."""
    silent = Place.objects.up().filter(
        must_say_yes=True,
        answer=Answer.NONE,
        round__pairs_at__gt=now,
        round__called_off_at__isnull=True,
        round__published_at__isnull=True,
        round__congregation__closed_at__isnull=True,
    )
    fields = ("person", "round", "opened_at", "pairs_at")
    rows = silent.annotate(opened_at=F("round__opened_at"), pairs_at=F("round__pairs_at"))
    for person, round, opened_at, pairs_at in rows.values_list(*fields):
        if now >= asked_again_at(opened_at, pairs_at):
            yield Notice(
                kind="pairing.asked_again",
                key=f"round {round}",
                person_id=person,
                ref=round,
                due_at=now,
            )


def register() -> None:
    """Make the kinds known."""
    for kind in (
        Kind(
            "pairing.opened",
            gettext_lazy("You’ll be paired soon"),
            opened,
            gettext_lazy("Some days before a pairing in which you take part."),
        ),
        Kind(
            "pairing.invited",
            gettext_lazy("An invitation to be paired"),
            invited,
            gettext_lazy("When your congregation pairs people and you could join."),
        ),
        Kind(
            "pairing.asked_again",
            gettext_lazy("A pairing waits for your yes"),
            asked_again,
            gettext_lazy("Once, a day before, only while you have not answered."),
            due=who_is_asked_again,
        ),
        Kind(
            "pairing.moved",
            gettext_lazy("A pairing is on another day"),
            moved,
            gettext_lazy("When the day of a pairing you are in moves."),
        ),
        Kind(
            "pairing.called_off",
            gettext_lazy("A pairing you were in is called off"),
            called_off,
            can_be_stopped=False,
        ),
        Kind(
            "pairing.goes_on",
            gettext_lazy("A pairing goes on after all"),
            goes_on,
            can_be_stopped=False,
        ),
        Kind(
            "pairing.passed_over",
            gettext_lazy("A pairing was passed over"),
            passed_over,
            gettext_lazy("For stewards, when the next round could not open because one goes on."),
        ),
    ):
        register_kind(kind)
