"""What nobody else can read, and the one sentence that somebody chose to tell."""

import uuid

from circles.models import Circle
from home.demo.people import SAID
from people.models import Person
from practice.models import PracticeSession
from selfwork import services


def look_inside(owner: Person, table: Circle) -> None:
    """A part, a conversation with it, a note of a meeting, and a sentence carried to the table."""
    part = services.meet_part(
        owner=owner,
        name="The foreman",
        body_place="Between the shoulder blades",
        does_for_me="Checks everything twice, so that nobody can complain.",
        fears="That one day something falls down, and it is my fault.",
    )
    talk = services.begin_conversation(part=part, owner=owner)
    for voice, body in SAID:
        services.say(conversation=talk, owner=owner, key=uuid.uuid4(), voice=voice, body=body)
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
