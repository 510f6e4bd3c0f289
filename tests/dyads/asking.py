"""Two people of one congregation, and what a form about a dyad has chosen already."""

from circles.models import Invitation, Preference
from circles.services import accept_invitation, take_seat
from congregation.models import Congregation
from dyads import services
from dyads.models import Dyad
from people.models import Person
from tests.factories import make_congregation, make_person

USUAL = {"kind": "peers", "weeks": "2", "minutes": "45", "meetings": "6"}


def make_two(*names: str) -> tuple[Congregation, Person, Person]:
    """A congregation with two people in it, besides its steward."""
    estuary: Congregation = make_congregation(by=make_person("Inês"), name="Estuary")
    one, other = (make_person(name) for name in names or ("Oisín Ó Briain", "Mere Tāmati"))
    for person in (one, other):
        take_seat(circle=estuary, person=person)
    return estuary, one, other


def ask(one: Person, other: Person, estuary: Congregation, **words: object) -> Invitation:
    """One asks the other."""
    dyad = services.begin(by=one, person=other, parent=estuary, **words)  # type: ignore[arg-type]
    return dyad.invitations.get()


def become(one: Person, other: Person, estuary: Congregation, **words: object) -> Dyad:
    """One asks, the other says yes."""
    invitation = ask(one, other, estuary, **words)
    accept_invitation(invitation=invitation, by=other)
    return Dyad.objects.get(pk=invitation.circle_id)


def refuse(by: Person, whom: Person) -> None:
    """Somebody would rather not sit with another."""
    Preference.objects.create(by=by, whom=whom, kind=Preference.Kind.RATHER_NOT)
