"""What nobody else can read, and the one sentence that somebody chose to tell."""

import uuid
from datetime import time, timedelta

from django.utils import timezone

from circles.models import Circle
from home.demo.people import SAID
from people.models import Person
from practice import services as practice
from practice.models import PracticeSession
from selfwork import services
from selfwork.models import CheckIn, Entry

# How many days ago, and how it was.
FELT = [
    (45, "tense"),
    (44, "tired"),
    (38, "mixed"),
    (36, "steady"),
    (35, "warm"),
    (29, "numb"),
    (24, "raw"),
    (23, "heavy"),
    (22, "tired"),
    (21, "steady"),
    (15, "light"),
    (13, "steady"),
    (9, "tense"),
    (8, "mixed"),
    (6, "warm"),
    (3, "tired"),
    (1, "steady"),
]


def look_inside(owner: Person, table: Circle) -> None:
    """Three parts, a talk with one, a note of a meeting, and a sentence carried to the table."""
    hider = services.meet_part(
        owner=owner,
        name="The one under the table",
        body_place="Behind the knees",
        does_for_me="Keeps me out of sight until it is quiet again.",
        colour="plum",
        shape="drop",
    )
    singer = services.meet_part(
        owner=owner, name="The one who hums", needs="A door to close.", shape="star"
    )
    part = services.meet_part(
        owner=owner,
        name="The foreman",
        body_place="Between the shoulder blades",
        does_for_me="Checks everything twice, so that nobody can complain.",
        fears="That one day something falls down, and it is my fault.",
        needs="To hear that it was enough for today.",
        shows_up="On the evening before, and whenever somebody praises me.",
        colour="sea",
        shape="square",
    )
    services.relate(part=part, way="protects", other=hider, owner=owner)
    services.relate(part=part, way="quarrels", other=singer, owner=owner)
    services.relate(part=singer, way="comforts", other=hider, owner=owner)
    talk = services.begin_conversation(part=part, owner=owner)
    for voice, body in SAID:
        services.say(conversation=talk, owner=owner, key=uuid.uuid4(), voice=voice, body=body)
    practice.set_rhythm(
        circle=services.circle_of(owner),
        by=owner,
        every="week",
        starts_on=timezone.localdate() + timedelta(days=12),
        at=time(7, 30),
        time_zone=owner.time_zone,
        minutes=30,
        meetings=6,
    )
    last = PracticeSession.objects.filter(circle=table).order_by("starts_at").first()
    if last is not None and last.has_begun:
        words = "It had the minutes in its hand before anybody sat down."
        services.note_of_meeting(owner=owner, session=last, parts=[part.pk], words=words)
    services.carry(
        owner=owner,
        circle=table,
        words="When I check everything twice, ask me what I am afraid of.",
        readers={person.pk for person in services.readers_in(table, owner)},
    )
    _sit_down(owner)
    for days, how in FELT:
        here = [part] if how in {"tense", "tired"} else []
        note = "The list was long again, and somebody laughed at dinner." if days == 3 else ""
        felt = services.check_in(owner=owner, how=how, parts=here, note=note)
        at = timezone.now() - timedelta(days=days)
        CheckIn.objects.filter(pk=felt.pk).update(at=at)


def _sit_down(owner: Person) -> None:
    """A meeting with a part that stopped half-way, and whom to call."""
    meeting = services.begin_entry(owner=owner, kind="meet_a_part")
    _write(meeting, owner, 1, "Low in the belly, like a held door.")
    _write(meeting, owner, 2, "It looks away when I look.")
    services.come_to(entry=meeting, owner=owner, number=3)
    services.set_would_call(owner=owner, people=["My sister Inês", "Jonas, also late"], seen=[])


def _write(entry: Entry, owner: Person, number: int, said: str) -> None:
    services.keep_step(
        entry=entry,
        owner=owner,
        number=number,
        said=said,
        choice="",
        window=str(uuid.uuid4()),
        seen=entry.version + number,
    )
