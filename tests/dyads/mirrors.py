"""Two who look into a mirror, and what the tests of that share."""

from datetime import datetime

from django.urls import reverse

from circles.services import take_seat
from dyads import services
from dyads.models import Dyad, Mirror
from dyads.rules.mirror import Question
from people.models import Person
from tests.factories import make_congregation, make_person

# A sentence that must be found nowhere but where it belongs.
CANARY = "To ask before I call the plumber 🐦"
NEAR = {"decisions": 4, "care": 4, "disagreeing": 5, "needs": 4}
FAR = {"decisions": 2, "care": 3, "disagreeing": 1, "needs": 2}


def make_two(**fields: object) -> tuple[Dyad, Person, Person]:
    """Nina and Oisín of one congregation, who have sat down together."""
    nina, oisín = make_person("Nina"), make_person("Oisín")
    estuary = make_congregation()
    for person in (nina, oisín):
        take_seat(circle=estuary, person=person)
    dyad = services.begin(by=nina, person=oisín, parent=estuary)
    take_seat(circle=dyad, person=oisín)
    if fields:
        Dyad.objects.filter(pk=dyad.pk).update(**fields)
        dyad.refresh_from_db()
    return dyad, nina, oisín


def answer(mirror: Mirror, by: Person, said: dict[str, int] = NEAR, would_try: str = "") -> Mirror:
    steps = {Question(one): step for one, step in said.items()}
    return services.answer_mirror(mirror=mirror, by=by, steps=steps, would_try=would_try)


def looked_into(
    dyad: Dyad, mine: dict[str, int], theirs: dict[str, int], at: datetime | None = None
) -> Mirror:
    """A mirror of the two that is open, by whoever sits first and second."""
    one, other = (seat.person for seat in dyad.memberships.present().at_table())
    mirror = services.ask_mirror(dyad=dyad, by=one)
    answer(mirror, one, mine)
    answer(mirror, other, theirs)
    if at is not None:
        Mirror.objects.filter(pk=mirror.pk).update(asked_at=at, opened_at=at)
    mirror.refresh_from_db()
    return mirror


def address(name: str, mirror: Mirror) -> str:
    return reverse(f"dyads:{name}", args=[mirror.dyad_id, mirror.pk])


def history(dyad: Dyad) -> str:
    return reverse("dyads:mirror_history", args=[dyad.pk])
