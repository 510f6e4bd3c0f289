"""The mails about a round until its hands are down. Nobody's wish or refusal is in any."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from circles.models import Membership
from circles.services import is_steward, present
from crews.models import FormingRound, Participant
from crews.rules.rounds import asked_at
from crews.services.rounds import key_of_end
from notifications.kinds import Kind
from notifications.kinds import register as register_kind
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.time_zones import zone_info

State = FormingRound.State


def _round(notice: Notice, *states: State) -> FormingRound | Dropped:
    """The round, if the reader is still in its congregation and it stands in one of the states."""
    forming = (
        FormingRound.objects.select_related("congregation", "opened_by")
        .filter(pk=notice.ref, congregation__closed_at__isnull=True)
        .first()
    )
    if forming is None or notice.person is None:
        return Dropped("gone")
    if not present(forming.congregation, notice.person):
        return Dropped("no longer in the congregation")
    if forming.state(timezone.now()) not in states:
        return Dropped("the round has moved on")
    return forming


def _unanswered(notice: Notice) -> FormingRound | Dropped:
    forming = _round(notice, State.OPEN)
    if isinstance(forming, Dropped):
        return forming
    if forming.participants.filter(person=notice.person).exists():
        return Dropped("answered")
    return forming


def _until(forming: FormingRound, notice: Notice) -> str:
    """Until when, on the reader's clock."""
    reader = notice.person
    local = forming.closes_at.astimezone(zone_info(reader.time_zone if reader else "UTC"))
    return _("{day} at {time} (your time, {city})").format(
        day=formatted(local, "l j F"),
        time=formatted(local, "H:i"),
        city=reader.city if reader else "UTC",
    )


def _letter(
    forming: FormingRound, heading: str, paragraphs: list[str], action: str, said: str = ""
) -> Letter:
    context = {
        "heading": heading,
        "said": said,
        "paragraphs": paragraphs,
        "button": {"label": action, "url": absolute(forming.get_absolute_url())},
    }
    return Letter(heading, "plain", context)


def asked(notice: Notice) -> Letter | Dropped:
    """To stewards: somebody asks for a round."""
    forming = _round(notice, State.ASKED)
    if isinstance(forming, Dropped):
        return forming
    if notice.person is None or not is_steward(forming.congregation, notice.person):
        return Dropped("no longer a steward")
    heading = _("{who} would like a round of crews in {circle}").format(
        who=forming.opened_by or _("Somebody"), circle=forming.congregation
    )
    words = _("One of you says yes, and everybody hears of it; or not now, with a word.")
    return _letter(forming, heading, [words], _("Answer"), forming.words)


def answered(notice: Notice) -> Letter | Dropped:
    """To whoever asked for a round: it is open, or not now."""
    forming = _round(notice, State.OPEN, State.CALLED_OFF)
    if isinstance(forming, Dropped):
        return forming
    if forming.called_off_at is None:
        heading = _("{round} is open").format(round=forming)
        words = _("Everybody in {circle} hears of it. Hands go up until {until}.").format(
            circle=forming.congregation, until=_until(forming, notice)
        )
        return _letter(forming, heading, [words], _("Raise my hand for this round"))
    if forming.opened_at is not None:
        return Dropped("called off since")
    heading = _("Not now: {round}").format(round=forming)
    who = notice.payload.get("who") or _("A steward")
    words = _("{who} answered your wish for a round in {circle}.").format(
        who=who, circle=forming.congregation
    )
    more = _("You can always call a crew yourself: three are enough to begin.")
    word = notice.payload.get("word", "")
    return _letter(forming, heading, [words, more], _("See what is open"), word)


def opened(notice: Notice) -> Letter | Dropped:
    """To everybody: hands go up."""
    forming = _unanswered(notice)
    if isinstance(forming, Dropped):
        return forming
    heading = _("{round}: would you like a seat in a crew?").format(round=forming)
    what = ngettext(
        "{circle} forms crews of three to six people who meet {meetings} time.",
        "{circle} forms crews of three to six people who meet {meetings} times.",
        forming.meetings,
    ).format(circle=forming.congregation, meetings=forming.meetings)
    until = _("Raise your hand until {until}, with the hours that suit you.").format(
        until=_until(forming, notice)
    )
    rest = _("If it does not suit you now, say “Not this time” there, and you hear no more of it.")
    paragraphs = [what, until, rest]
    return _letter(forming, heading, paragraphs, _("Look at the round"), forming.words)


def question(notice: Notice) -> Letter | Dropped:
    """To somebody who has not answered: once."""
    forming = _unanswered(notice)
    if isinstance(forming, Dropped):
        return forming
    heading = _("A seat in a crew? {round} closes soon").format(round=forming)
    words = _("Hands go up until {until}. A yes takes a minute, and so does a “Not this time”.")
    paragraphs = [words.format(until=_until(forming, notice))]
    return _letter(forming, heading, paragraphs, _("Look at the round"))


def moved(notice: Notice) -> Letter | Dropped:
    """To those whom it concerns: the last day is another."""
    forming = _round(notice, State.OPEN)
    if isinstance(forming, Dropped):
        return forming
    if notice.key != f"round {forming.pk} {forming.closes_at:%Y%m%dT%H%M}":
        return Dropped("moved again since")
    if forming.participants.filter(person=notice.person, withdrawn_at__isnull=False).exists():
        return Dropped("not this time")
    heading = _("{round} has another last day").format(round=forming)
    words = _("Hands go up until {until}.").format(until=_until(forming, notice))
    return _letter(forming, heading, [words], _("Look at the round"))


def called_off(notice: Notice) -> Letter | Dropped:
    """To those with a hand up: there will be no tables of it."""
    forming = _round(notice, State.CALLED_OFF)
    if isinstance(forming, Dropped):
        return forming
    if notice.key != key_of_end(forming):
        return Dropped("called off anew since")
    heading = _("{round} was called off").format(round=forming)
    who = notice.payload.get("who") or _("A steward")
    paragraphs = [
        _("{who} called it off.").format(who=who),
        _("Other seats are open, and you can call a crew yourself: three are enough to begin."),
    ]
    word = notice.payload.get("word", "")
    return _letter(forming, heading, paragraphs, _("See what is open"), word)


def goes_on(notice: Notice) -> Letter | Dropped:
    """To those who had read that it was called off: it takes place after all."""
    forming = _round(notice, State.OPEN, State.DRAWING)
    if isinstance(forming, Dropped):
        return forming
    heading = _("{round} goes on after all").format(round=forming)
    words = [_("Your hand is up as it was.")]
    if forming.state(timezone.now()) == State.OPEN:
        said = _("Hands go up until {until}.")
        words.append(said.format(until=_until(forming, notice)))
    return _letter(forming, heading, words, _("Look at the round"))


def questions(now: datetime) -> Iterator[Notice]:
    """One question to each who has not answered by then; one query more for each open round."""
    rounds = FormingRound.objects.going_on().filter(
        opened_at__lte=now, closes_at__gt=now, published_at__isnull=True
    )
    for forming in rounds:
        if forming.opened_at is None or now < asked_at(forming.opened_at, forming.closes_at):
            continue
        key = f"round {forming.pk}"
        answered_already = Participant.objects.filter(round=forming, person=OuterRef("person"))
        written = Notice.objects.filter(person=OuterRef("person"), kind="rounds.question", key=key)
        silent = Membership.objects.present().filter(
            ~Exists(answered_already),
            ~Exists(written),
            circle=forming.congregation_id,
            person__is_active=True,
        )
        for person in silent.values_list("person", flat=True):
            yield Notice(
                kind="rounds.question", key=key, person_id=person, ref=forming.pk, due_at=now
            )


def register() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(
            "rounds.opened",
            gettext_lazy("A round of crews opens"),
            opened,
            gettext_lazy("When your congregation forms crews and you could raise your hand."),
        )
    )
    register_kind(
        Kind(
            "rounds.question",
            gettext_lazy("A round of crews closes soon"),
            question,
            gettext_lazy("Once, about two days before, only while you have not answered."),
            due=questions,
        )
    )
    register_kind(
        Kind(
            "rounds.moved",
            gettext_lazy("A round has another last day"),
            moved,
            gettext_lazy("When the day until which hands go up moves by more than a day."),
        )
    )
    register_kind(
        Kind(
            "rounds.asked",
            gettext_lazy("Somebody asks for a round of crews"),
            asked,
            gettext_lazy("For stewards, when a member would like to form crews."),
        )
    )
    for slug, title, build in (
        ("rounds.answered", gettext_lazy("Answers about a round you asked for"), answered),
        ("rounds.called_off", gettext_lazy("A round you were in is called off"), called_off),
        ("rounds.goes_on", gettext_lazy("A round you were in goes on after all"), goes_on),
    ):
        register_kind(Kind(slug, title, build, can_be_stopped=False))
