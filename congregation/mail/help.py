"""The mails about help from outside. Their subjects tell nothing, and they repeat no words."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from congregation.models import HelpPart, HelpRequest
from congregation.services.help.offering import answering
from congregation.services.help.shared import helper
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice
from people.models import Person

Role, State = HelpPart.Role, HelpRequest.State


def wanted(notice: Notice) -> Letter | Dropped:
    """To somebody who is glad to help: somebody asks."""
    request, person = _found(notice)
    if request is None or person is None:
        return Dropped("gone")
    now = timezone.now()
    if not HelpRequest.objects.offerable_by(person, now).filter(pk=request.pk).exists():
        return Dropped("not looked for any more, or not by this person")
    heading = (
        _("Somebody asks for a visitor") if request.is_visit else _("Somebody asks for a mediator")
    )
    words = _(
        "You said that you are glad to. Read what they ask for, and offer if it suits you; if "
        "not, do nothing. Somebody else may."
    )
    return _letter(request, heading, [words], _("Read what they ask for"))


def concerning(notice: Notice) -> Letter | Dropped:
    """To those whom a request concerns, about the step in `payload`, if it is still true."""
    request, person = _found(notice)
    if request is None or person is None:
        return Dropped("gone")
    build = STEPS.get(notice.payload.get("step", ""))
    if build is None:
        return Dropped("this step is no longer told")
    return build(request, person, notice.payload)


type Step = Callable[[HelpRequest, Person, dict[str, str]], Letter | Dropped]


def _named(request: HelpRequest, person: Person, _said: dict[str, str]) -> Letter | Dropped:
    if not (request.is_undecided and request.circle.is_open and _is(request, person, Role.SIDE)):
        return Dropped("not asked for any more")
    who = request.asked_by or _("Somebody")
    words = [
        _(
            "{who} would like a talk with somebody from {congregation} sitting between you: a "
            "mediator, who belongs to neither side and takes none."
        ).format(who=who, congregation=request.circle.parent),
        _("Nothing happens unless each of you says yes. When somebody offers, you hear who it is."),
    ]
    return _letter(request, _("A question waits for you"), words, _("Read it in peace"))


def _offered(request: HelpRequest, person: Person, said: dict[str, str]) -> Letter | Dropped:
    offered = helper(request)
    if request.state != State.OFFERED or offered is None or person not in answering(request):
        return Dropped("answered already")
    if str(offered.person_id) != said.get("helper"):
        return Dropped("somebody else offers now")
    if request.is_visit:
        words = _("{who} would come to your meeting. Any one of you can answer.")
    else:
        words = _(
            "{who} would sit between you. Each of you answers alone, and nobody is told what "
            "another said."
        )
    heading = _("Somebody offers to help")
    return _letter(request, heading, [words.format(who=offered.person)], _("Read and answer"))


def _welcome(request: HelpRequest, person: Person, _said: dict[str, str]) -> Letter | Dropped:
    if request.state != State.CAME or not _is(request, person, Role.HELPER):
        return Dropped("not the mediator any more")
    words = _(
        "Everybody has said yes to you. Write to them when and where you could talk; on the page "
        "you find who they are. What they tell you stays between you."
    )
    return _letter(request, _("Your help is welcome"), [words], _("Set a day for the talk"))


def _thanks(request: HelpRequest, person: Person, _said: dict[str, str]) -> Letter | Dropped:
    if not _is(request, person, Role.THANKED):
        return Dropped("helps again, or sits there")
    words = _(
        "Your offer did not fit this time. Who comes from outside has to suit everybody at once, "
        "and that seldom has to do with who it is. Thank you for being somebody who offers."
    )
    congregation = request.circle.parent
    return Letter(
        _("Not this time, and thank you"),
        "plain",
        {
            "heading": _("Not this time, and thank you"),
            "paragraphs": [words],
            "button": {
                "label": _("Open {circle}").format(circle=congregation),
                "url": absolute(congregation.get_absolute_url()) if congregation else "",
            },
        },
    )


def _came(request: HelpRequest, person: Person, _said: dict[str, str]) -> Letter | Dropped:
    mediator = helper(request)
    if request.state != State.CAME or mediator is None or not _is(request, person, Role.SIDE):
        return Dropped("not so any more")
    words = _("Everybody has said yes. {who} will tell you when and where you could talk.")
    said = words.format(who=mediator.person)
    return _letter(request, _("Help has come"), [said], _("Look at it"))


def _not_yet(request: HelpRequest, person: Person, _said: dict[str, str]) -> Letter | Dropped:
    if request.state != State.LOOKING or not _is(request, person, Role.SIDE):
        return Dropped("somebody offers again, or it has ended")
    words = _("It did not come together this time. The next one can offer, and you hear of it.")
    return _letter(request, _("We go on looking"), [words], _("Look at it"))


def _taken_back(request: HelpRequest, person: Person, _said: dict[str, str]) -> Letter | Dropped:
    if request.state != State.TAKEN_BACK:
        return Dropped("asked for again")
    words = _(
        "What was asked for is not needed any more, and you have nothing to do. Thank you for "
        "having been ready."
    )
    return _letter(request, _("Help is not needed after all"), [words], None)


def _talk(request: HelpRequest, person: Person, said: dict[str, str]) -> Letter | Dropped:
    mediator, at = helper(request), request.talk_at
    if request.state != State.CAME or at is None or mediator is None:
        return Dropped("not so any more")
    if (at.isoformat(), request.talk_where) != (said.get("at"), said.get("where")):
        return Dropped("set anew")
    if at <= timezone.now():
        return Dropped("already begun")
    if not _is(request, person, Role.SIDE):
        return Dropped("no side any more")
    words = [
        _("{when}, {city} time: the talk with {who}.").format(
            when=in_their_time(at, person), city=person.city, who=mediator.person
        ),
        request.talk_where,
        _("If it does not suit you, tell {who}, who can set another.").format(
            who=mediator.person.first_name
        ),
    ]
    letter = _letter(request, _("A day is set"), words, _("Look at it"))
    return Letter(letter.subject, letter.template, letter.context, needed_by=at)


def _closed(request: HelpRequest, person: Person, _said: dict[str, str]) -> Letter | Dropped:
    if request.state != State.OVER or not _is(request, person, Role.SIDE, Role.HELPER):
        return Dropped("gone")
    words = _(
        "What was heard, what happens next, and a day to look again. Only the sides and the "
        "mediator can read it."
    )
    return _letter(request, _("Something was written down for you"), [words], _("Read it"))


STEPS: dict[str, Step] = {
    "named": _named,
    "offered": _offered,
    "welcome": _welcome,
    "thanks": _thanks,
    "came": _came,
    "not_yet": _not_yet,
    "taken_back": _taken_back,
    "talk": _talk,
    "closed": _closed,
}


def in_their_time(moment: datetime, person: Person) -> str:
    """Tuesday 1 December, 18:30, by the reader's own clock."""
    return date_format(moment.astimezone(person.zone), "l j F, H:i")


def _found(notice: Notice) -> tuple[HelpRequest | None, Person | None]:
    requests = HelpRequest.objects.select_related("circle__parent", "asked_by", "session")
    return requests.filter(pk=notice.ref).first(), notice.person


def _is(request: HelpRequest, person: Person, *roles: str) -> bool:
    return request.parts.filter(person=person, role__in=roles).exists()


def _letter(
    request: HelpRequest, heading: str, paragraphs: list[str], button: str | None
) -> Letter:
    context: dict[str, object] = {"heading": heading, "paragraphs": paragraphs}
    if button:
        context["button"] = {"label": button, "url": absolute(request.get_absolute_url())}
    return Letter(heading, "plain", context)
