"""A round of pairing that several work at in the very same moment."""

from datetime import timedelta

from django.utils import timezone

from circles.errors import CircleError
from circles.services import accept_invitation
from dyads import services
from dyads.errors import NotProposed, PairsChanged
from dyads.models import Dyad, PairingRound
from dyads.services import rounds
from dyads.services.publishing import LEFT_OVER
from notifications.models import Notice
from people.models import Person
from tests.dyads.pairings import make_pairing, make_people, paired, pairs_of, publish
from tests.races import RACES, at_once

pytestmark = RACES


def steward_of(pairing: PairingRound) -> Person:
    steward = pairing.congregation.created_by
    assert steward is not None
    return steward


def test_two_workers_and_a_steward_publish_once() -> None:
    pairing = paired(make_pairing(make_people(5), hours_to_look=1))
    later = timezone.now() + timedelta(hours=2)
    met = at_once(
        lambda: services.publish_where_due(later),
        lambda: services.publish_where_due(later),
        lambda: publish(pairing, steward_of(pairing)),
    )
    assert set(met) <= {None, NotProposed}
    assert Dyad.objects.count() == 2
    assert Notice.objects.filter(kind=LEFT_OVER).count() == 1


def test_two_workers_pair_a_round_once() -> None:
    pairing = make_pairing(make_people(4))
    assert at_once(*[lambda: services.draw(pairing.pk)] * 3) == [None] * 3
    assert pairing.pairs.count() == len(pairs_of(pairing)) == 2
    pairing.refresh_from_db()
    assert pairing.version == 2


def test_a_round_called_off_while_it_is_paired_stays_so() -> None:
    pairing = make_pairing(make_people(4), hours_to_look=0)
    at_once(
        lambda: services.draw(pairing.pk),
        lambda: rounds.call_off(round=pairing, by=steward_of(pairing)),
    )
    pairing.refresh_from_db()
    assert (pairing.called_off_at is None) != (pairing.published_at is None)
    assert Dyad.objects.exists() == (pairing.published_at is not None)


def test_of_two_stewards_who_change_the_pairs_at_once_one_is_told() -> None:
    pairing = paired(make_pairing(make_people(4)))
    steward = steward_of(pairing)
    one, other = pairing.places.order_by("pair", "pk")[::2]

    def separate(place: object) -> None:
        services.separate(
            round=pairing,
            by=steward,
            version=pairing.version,
            place=place,  # type: ignore[arg-type]
        )

    met = at_once(lambda: separate(one), lambda: separate(other))
    assert set(met) == {None, PairsChanged}
    assert len(pairs_of(pairing)) == 1


def test_an_invitation_accepted_while_the_pair_is_published_makes_one_dyad() -> None:
    one, other = make_people(2)
    pairing = make_pairing([one, other])
    pairing = paired(pairing)
    dyad = services.begin(by=one, person=other, parent=pairing.congregation)
    invitation = dyad.invitations.get()
    met = at_once(
        lambda: accept_invitation(invitation=invitation, by=other),
        lambda: publish(pairing, steward_of(pairing)),
    )
    assert all(one is None or issubclass(one, CircleError) for one in met)
    complete = list(Dyad.objects.complete())
    assert len(complete) == 1
