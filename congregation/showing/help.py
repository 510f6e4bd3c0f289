"""What the pages show of help from outside. What a reader may not know is not in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from circles.models import Circle, Membership
from circles.scales import Scale
from congregation.models import Congregation, Glad, HelpPart, HelpRequest
from congregation.services.help.asking import may_take_back
from congregation.services.help.shared import helper, sides
from people.models import Person
from practice.models import PracticeSession

MOST_MEETINGS, MOST_SHOWN, MOST_TOLD = 8, 20, 20
Role, State = HelpPart.Role, HelpRequest.State


def who_asks(request: HelpRequest) -> str:
    """As it is known outside: a crew by its name; who a dyad is, is theirs."""
    return str(request.circle) if request.circle.scale == Scale.CREW else _("A dyad")


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request as one sees it from outside, or in a list."""

    request: HelpRequest
    who: str

    @property
    def heading(self) -> str:
        """Who asks for what."""
        if self.request.is_visit:
            return _("{who} asks for a visitor").format(who=self.who)
        return _("{who} asks for a mediator").format(who=self.who)


@dataclass(frozen=True, slots=True)
class Told:
    """All that a steward sees: that help was asked, and whether it came."""

    kind: str
    asked_at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request as one reader sees it."""

    request: HelpRequest
    who: str
    # side, helper, crewmate (of a visit), or outside.
    stands: str
    helper: Person | None
    # Only for sides, and for the mediator once they have come.
    sides: list[Person]
    has_said_yes: bool
    wishes_it_gone: bool
    may_take_back: bool
    is_looking: bool

    @property
    def seen_from(self) -> Circle:
        """The circle from which the reader looks at it: the table, or the congregation."""
        is_outside = self.stands in {"outside", "helper"}
        return (self.request.circle.parent if is_outside else None) or self.request.circle

    @property
    def heading(self) -> str:
        """The news, for this reader."""
        if self.stands == "outside":
            return OpenRequest(self.request, self.who).heading
        return self._news_of_a_visit() if self.request.is_visit else self._news_of_a_talk()

    def _news_of_a_visit(self) -> str:
        who = self.helper.first_name if self.helper else ""
        if self.stands == "helper":
            if self.request.state == State.CAME:
                return _("You are their guest")
            return _("You have offered to visit {who}").format(who=self.who)
        return {
            State.OFFERED: _("{who} would come to your meeting").format(who=who),
            State.CAME: _("{who} comes to your meeting").format(who=who),
            State.TAKEN_BACK: _("This was taken back"),
        }.get(
            State(self.request.state),
            _("You look for a visitor") if self.is_looking else _("Nobody could come this time"),
        )

    def _news_of_a_talk(self) -> str:
        who = self.helper.first_name if self.helper else ""
        if self.request.state == State.OVER:
            return _("What you take with you")
        if self.request.state == State.TAKEN_BACK:
            return _("This was taken back")
        if self.request.talk_at and self.request.state == State.CAME:
            day = formatted(timezone.localtime(self.request.talk_at), "l j F, H:i")
            return _("You talk on {day}").format(day=day)
        if self.stands == "helper":
            came = self.request.state == State.CAME
            return _("They said yes to you") if came else _("You have offered to mediate")
        return {
            State.OFFERED: _("{who} would sit between you").format(who=who),
            State.CAME: _("{who} is your mediator").format(who=who),
        }.get(State(self.request.state), _("You look for a mediator"))

    @property
    def between(self) -> str:
        """The sides by their first names."""
        names = [person.first_name for person in self.sides]
        return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def page_of(request: HelpRequest, reader: Person) -> RequestPage:
    """The request for somebody to whom it is visible."""
    mine = request.parts.filter(person=reader).first()
    role = mine.role if mine else ""
    offered = helper(request)
    stands = {Role.SIDE: "side", Role.HELPER: "helper"}.get(Role(role) if role else Role.INSIDE)
    if stands is None:
        stands = "crewmate" if request.is_visit and _sits(request.circle, reader) else "outside"
    knows_sides = stands == "side" or (
        stands == "helper" and request.state in {State.CAME, State.OVER}
    )
    return RequestPage(
        request=request,
        who=who_asks(request),
        stands=stands,
        helper=offered.person if offered and stands != "outside" else None,
        sides=[side.person for side in sides(request)] if knows_sides else [],
        has_said_yes=bool(mine and mine.said_yes),
        wishes_it_gone=bool(mine and mine.lets_go),
        may_take_back=may_take_back(request, reader),
        is_looking=HelpRequest.objects.looking(timezone.now()).filter(pk=request.pk).exists(),
    )


def _sits(circle: Circle, person: Person) -> bool:
    return Membership.objects.present().filter(circle=circle, person=person).exists()


def known_at(circle: Circle, reader: Person) -> list[OpenRequest]:
    """What is asked for at a table just now, as far as the reader may know."""
    mine = HelpRequest.objects.concerning(reader).filter(circle=circle)
    now = timezone.now()
    visits = Q(session__isnull=True) | Q(session__starts_at__gt=now)
    current = mine.filter(visits, state__in=HelpRequest.OPEN).order_by("-asked_at", "-pk")
    return [OpenRequest(one, who_asks(one)) for one in current.select_related("circle")[:5]]


def coming_sessions(circle: Circle) -> "list[int]":
    """Ids of the next meetings, to which a visitor could come."""
    now = timezone.now()
    coming = PracticeSession.objects.filter(circle=circle, starts_at__gt=now).to_come(now)
    asked = HelpRequest.objects.filter(circle=circle, state__in=HelpRequest.OPEN)
    free = coming.exclude(pk__in=asked.filter(session__isnull=False).values("session"))
    return list(free.values_list("pk", flat=True)[:MOST_MEETINGS])


def offerable(congregation: Congregation, reader: Person) -> list[OpenRequest]:
    """What the reader could offer to in this congregation, the longest asked first."""
    found = HelpRequest.objects.offerable_by(reader, timezone.now())
    rows = found.of_congregations([congregation.pk]).select_related("circle", "session")
    return [OpenRequest(one, who_asks(one)) for one in rows.order_by("asked_at", "pk")[:MOST_SHOWN]]


def helping(congregation: Congregation, reader: Person) -> list[OpenRequest]:
    """Where the reader helps, or has offered to."""
    parts = HelpPart.objects.filter(person=reader, role=Role.HELPER)
    rows = HelpRequest.objects.of_congregations([congregation.pk]).filter(
        parts__in=parts, state__in=HelpRequest.OPEN
    )
    rows = rows.exclude(session__ends_at__lt=timezone.now()).select_related("circle", "session")
    return [OpenRequest(one, who_asks(one)) for one in rows.order_by("asked_at", "pk")[:MOST_SHOWN]]


def how_many_are_glad(congregation: Congregation) -> tuple[int, int]:
    """How many are glad to visit, and to mediate."""
    rows = list(Glad.objects.filter(circle=congregation).values_list("to_visit", "to_mediate"))
    return sum(row[0] for row in rows), sum(row[1] for row in rows)


def told_to_stewards(congregations: Collection[int]) -> list[Told]:
    """The last requests: what for, when asked, and whether it came."""
    rows = HelpRequest.objects.of_congregations(congregations).order_by("-asked_at", "-pk")
    return [_told(one) for one in rows.select_related("session", "circle")[:MOST_TOLD]]


def _told(request: HelpRequest) -> Told:
    if request.is_undecided:
        session = request.session
        late = session is not None and (session.has_begun or session.is_cancelled)
        late = late or not request.circle.is_open
        outcome = _("did not come") if late else _("still looks")
    else:
        outcome = {State.TAKEN_BACK: _("taken back")}.get(State(request.state), _("came"))
    kind = _("A visitor") if request.is_visit else _("A mediator")
    return Told(kind, request.asked_at, outcome)
