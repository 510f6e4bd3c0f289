"""One congregation with everything in it, and everybody who might come to its doors."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.core import signing
from django.utils import timezone

from circles import services as seats
from circles.models import Circle, Invitation
from circles.models.invitation import SALT
from congregation.services import help as helping
from crews import services as crews
from crews.models import Crew, Cycle
from crews.rules.agreements import Texts
from dyads import answer_links
from dyads import services as dyads
from dyads.links import met_token, time_token
from dyads.models import Place, Trio
from home import mailbox
from library import services as library
from library.models import Practice
from notifications.kinds import find
from notifications.links import stop_url
from people.models import Person
from practice import services as practice
from practice.models import PracticeSession
from practice.replies import token_for
from selfwork import services as selfwork
from selfwork.models import CarriedLine, Noticed
from tests.crews import desks
from tests.crews.published import seat_in_an_ended_round
from tests.crews.rounds import make_round
from tests.dyads.introduced import introduce_two
from tests.dyads.pairings import make_pairing, make_people, paired
from tests.dyads.rounds import make_round as make_pairing_round
from tests.factories import make_congregation, make_person
from tests.library.shelf import hold, make_draft
from tests.people.soft_key import give_passkey

KINDS = ("visitor", "stranger", "neighbour", "member", "crewmate", "steward")


@dataclass(frozen=True, slots=True)
class World:
    """Who is there, and the pieces of addresses."""

    people: dict[str, Person]
    names: dict[str, object] = field(default_factory=dict)


def make_world() -> World:
    """A visitor has no row; everybody else is a person.

    The stranger belongs to nothing, the neighbour to another congregation; member, crewmate and
    steward to this one, the crewmate also to a crew, to a dyad and to themselves.
    """
    people = {kind: make_person(kind.title()) for kind in KINDS[1:]}
    asker, third, invited = (make_person(name) for name in ("Asker", "Third", "Invited"))
    delta = make_congregation(by=people["neighbour"], name="Delta")
    estuary = make_congregation(by=people["steward"], name="Estuary", is_listed=True)
    for person in (people["member"], people["crewmate"], third, asker):
        seats.take_seat(circle=estuary, person=person)
    crew = crews.call(
        by=people["crewmate"], name="Slow Kettle", intention="Slowly.", seats=6, parent=estuary
    )
    for person in (third, invited):
        if person is invited:
            seats.take_seat(circle=estuary, person=invited)
        seats.take_seat(circle=crew, person=person)
    crews.agree(crew=crew, by=third, texts=Texts("We begin on time."))
    dyad = dyads.begin(by=people["crewmate"], person=third, parent=estuary)
    seats.take_seat(circle=dyad, person=third)
    names = {
        "congregation": estuary.pk,
        "crew": crew.pk,
        "dyad": dyad.pk,
        "look_back": dyads.ask_look_back(dyad=dyad, by=third).pk,
        "closing": _closing(people["crewmate"], asker),
        "mirror": dyads.ask_mirror(dyad=dyad, by=third).pk,
        "person": third.pk,
        "role": crew.standing_roles.earliest("position").pk,
        "request": seats.ask_to_join(circle=crew, by=asker).pk,
        **_session(crew, people["crewmate"]),
        "poll": _poll(crew, people["crewmate"]),
        "gathering": _poll(estuary, people["steward"]),
        "link": seats.renew_link(circle=estuary, by=people["steward"]).get_absolute_url(),
        **_invitations(crew, people["crewmate"]),
        **_panel(estuary, crew, people["steward"]),
        **_part(people["crewmate"]),
        **_help(estuary, crew, people["crewmate"], glad=people["member"]),
        **_mail(third),
        **_feed(people["crewmate"]),
        **_reply(people["crewmate"]),
        **_practices(estuary, people["member"], people["steward"]),
        **_guest(people["crewmate"], asker),
        "round": make_round(estuary).pk,
        **_pairing(estuary, third),
        **_desk(delta),
        **_ends_of_cycles(crew, estuary, people["crewmate"]),
        **_set_tables(delta),
        **_introduced(estuary, people["crewmate"], people["member"]),
        "passkey": give_passkey(people["crewmate"])[1].pk,
        "proposed_seat": seat_in_an_ended_round(estuary, people["member"]).pk,
    }
    return World(people, names)


def _introduced(estuary: Circle, by: Person, left_over: Person) -> dict[str, object]:
    """Two who were paired in a published round, and somebody who asks to be their third."""
    other = make_person("Paired")
    introduction = introduce_two(by, other, congregation=estuary)
    at = timezone.now() + timedelta(days=3)
    pairing = introduction.round
    place = Place.objects.create(round=pairing, person=left_over, was_in=True)
    trio = Trio.objects.create(place=place, pair=pairing.pairs.get(), due_at=at)
    return {
        "paired_round": pairing.pk,
        "trio": trio.pk,
        "introduced": introduction.dyad_id,
        "first_time": time_token(introduction, by, at),
        "met": met_token(introduction, by),
    }


def _pairing(estuary: Circle, reader: Person) -> dict[str, object]:
    """A round of pairing that is open, and a link in a mail about it."""
    pairing = make_pairing_round(estuary)
    return {"pairing": pairing.pk, "pairing_reply": answer_links.token_for(pairing, reader)}


def _desk(delta: Circle) -> dict[str, object]:
    """A round of the neighbour's congregation whose pairs are on the desk."""
    pairing = paired(make_pairing(make_people(3), delta))
    place = pairing.places.earliest("pk")
    return {"desk": pairing.pk, "desk_place": place.pk}


def _set_tables(delta: Circle) -> dict[str, object]:
    """A round of the neighbour's congregation whose tables are being set."""
    forming = desks.make_round(delta)
    people = desks.hands(forming, 3, desks.on(desks.MONDAY))
    table = desks.table(forming, people)
    return {"set_round": forming.pk, "set_table": table.pk, "set_hand": people[0].pk}


def _closing(one: Person, other: Person) -> int:
    """A dyad of two who close with thanks; what they said lies open."""
    dyad = dyads.begin(by=one, email=other.email)
    seats.take_seat(circle=dyad, person=other)
    look_back = dyads.ask_look_back(dyad=dyad, by=one)
    for person in (one, other):
        dyads.answer_look_back(look_back=look_back, by=person, choice="close")
    return dyad.pk


def _session(crew: object, by: Person) -> dict[str, object]:
    soon = timezone.now() + timedelta(days=3)
    rhythm = practice.set_rhythm(
        circle=crew,  # type: ignore[arg-type]
        by=by,
        every="week",
        starts_on=soon.date(),
        at=soon.time().replace(microsecond=0),
        time_zone="UTC",
        minutes=60,
        meetings=3,
        practice=Practice.objects.get(slug="case-clinic"),
    )
    first = rhythm.sessions.first()
    assert first is not None
    note = practice.write_note(session=first, by=by, words="Bring the tea.")
    week = timedelta(days=7)
    pause = practice.pause(
        rhythm=rhythm, by=by, first_day=soon.date() + week, last_day=soon.date() + week
    )
    return {"session": first.pk, "note": note.pk, "rhythm": rhythm.pk, "pause": pause.pk}


def _poll(circle: object, by: Person) -> int:
    soon = timezone.now() + timedelta(days=5)
    rule = {"title": "", "every": "once", "meetings": 1, "minutes": 60, "time_zone": "UTC"}
    starts = [soon, soon + timedelta(days=1)]
    return practice.open_poll(circle=circle, by=by, starts=starts, rule=rule).pk  # type: ignore[arg-type]


def _invitations(crew: object, by: Person) -> dict[str, object]:
    invitation = seats.invite(circle=crew, by=by, email="friend@example.org")  # type: ignore[arg-type]
    return {
        "invitation": invitation.pk,
        "token": signing.Signer(salt=SALT).sign(str(invitation.pk)),
    }


def _panel(estuary: object, crew: object, by: Person) -> dict[str, object]:
    asking = make_person("Newcomer")
    request = seats.ask_to_join(circle=estuary, by=asking)  # type: ignore[arg-type]
    seats.invite(circle=estuary, by=by, email="other@example.org")  # type: ignore[arg-type]
    invitation = Invitation.objects.get(email="other@example.org")
    membership = estuary.memberships.present().order_by("seat").last()  # type: ignore[attr-defined]
    return {"asking": request.pk, "inviting": invitation.pk, "membership": membership.pk}


def _part(owner: Person) -> dict[str, object]:
    part = selfwork.meet_part(owner=owner, name="The foreman")
    talk = selfwork.begin_conversation(part=part, owner=owner)
    turn = selfwork.say(
        conversation=talk, owner=owner, key=uuid.uuid4(), voice="me", body="Good evening."
    )
    other = selfwork.meet_part(owner=owner, name="The one who hums")
    tie = selfwork.relate(part=part, other=other, way="protects", owner=owner)
    noticed = Noticed.objects.create(owner=owner, words=selfwork.vault_of(owner).seal("He was."))
    line = CarriedLine.objects.create(
        owner=owner, circle=Circle.objects.filter(scale="crew").of(owner)[0], words="Ask me."
    )
    meeting = selfwork.begin_entry(owner=owner, kind="meet_a_part")
    selfwork.come_to(entry=meeting, owner=owner, number=2)
    letter = selfwork.begin_entry(owner=owner, kind="letter", part=part)
    check_in = selfwork.check_in(owner=owner, how="warm", parts=[part])
    numbers = {"part": part, "talk": talk, "turn": turn, "noticed": noticed, "line": line}
    numbers |= {"meeting": meeting, "letter": letter, "check_in": check_in, "tie": tie}
    return {name: row.pk for name, row in numbers.items()}


def _feed(owner: Person) -> dict[str, object]:
    feed, secret = practice.make_feed(by=owner)
    return {"feed": feed.pk, "feed_secret": secret}


def _reply(person: Person) -> dict[str, object]:
    session = PracticeSession.objects.visible_to(person).earliest("starts_at")
    return {"reply": token_for(session, person)}


def _practices(estuary: object, member: Person, steward: Person) -> dict[str, object]:
    """One on the congregation's shelf, one offered to it, one still on its writer's desk."""
    own = make_draft(steward, {"title": "Their own"})
    published = library.offer(draft=own, by=steward, home=estuary)  # type: ignore[arg-type]
    assert published is not None
    offered, draft = make_draft(member), make_draft(member)
    library.offer(draft=offered, by=member, home=estuary)  # type: ignore[arg-type]
    crew = crews.call(
        by=member,
        name="Ferry",
        intention="Across.",
        seats=3,
        parent=estuary,  # type: ignore[arg-type]
    )
    troika = Practice.objects.get(slug="troika")
    hold(crew, troika)
    learning = library.share(
        practice=troika, circle=crew, by=member, words="Turn the chair.", names_circle=True
    )
    return {
        "own": published.slug,
        "offered": offered.pk,
        "draft": draft.pk,
        "held": crew.pk,
        "learning": learning.pk,
    }


def _guest(by: Person, person: Person) -> dict[str, object]:
    session = PracticeSession.objects.visible_to(by).earliest("starts_at")
    return {"guest": practice.invite_guest(session=session, by=by, person=person).pk}


def _ends_of_cycles(crew: Crew, estuary: Circle, by: Person) -> dict[str, object]:
    """The crew near the end of its cycle, and another one that has ended."""
    now = timezone.now()
    ended = crews.call(by=by, name="Ended", intention="To end.", seats=6, parent=estuary)
    Crew.objects.filter(pk__in=[crew.pk, ended.pk]).update(begun_at=now)
    for one in (crew, ended):
        due = now + timedelta(days=2)
        asked = {"asked_at": now, "answers_due": due}
        Cycle.objects.update_or_create(crew=one, number=1, defaults=asked)
    sentence = crews.share_learned(crew=crew, by=by, words="Begin on time.", names_crew=True)
    crews.end(crew=ended, by=by)
    crews.part(crew=ended, by=by, thanks="For the tea.")
    return {"ended": ended.pk, "sentence": sentence.pk}


def _help(estuary: object, crew: object, by: Person, glad: Person) -> dict[str, object]:
    """A mediator is asked for at the crew; somebody outside it would be glad to."""
    helping.be_glad(congregation=estuary, by=glad, to_visit=False, to_mediate=True)  # type: ignore[arg-type]
    asked = helping.ask_mediator(circle=crew, by=by, words="Help us hear.")  # type: ignore[arg-type]
    return {"help": asked.pk}


def _mail(person: Person) -> dict[str, object]:
    kind = find("practice.reminder_day")
    assert kind is not None
    token = stop_url(person, kind).rstrip("/").rsplit("/", 1)[-1]
    return {"stop": token, "mail": caught_mail()}


def caught_mail() -> str:
    """The name of a mail in the demo's mailbox."""
    from django.core.mail import EmailMultiAlternatives

    message = EmailMultiAlternatives("Hello", "Text", to=["third@example.org"])
    message.attach_alternative("<html><head></head><body><p>Text</p></body></html>", "text/html")
    message.attach("common-table.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar")
    mailbox.CatchingBackend().send_messages([message])
    return mailbox.names()[0]
