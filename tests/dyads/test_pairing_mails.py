"""The mails of a pairing: to stewards, and to whoever is left over."""

import pytest
from django.core import mail

from dyads import services
from dyads.models import PairingRound, Place
from dyads.services.publishing import LEFT_OVER
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from people.week import hour_of_week
from tests.dyads.pairings import make_pairing, make_people, paired, published

pytestmark = pytest.mark.django_db


def sent_to(person: Person) -> list[str]:
    """Everything that is in the mails to somebody, as plain text."""
    send_due(seconds=5)
    found = [one for one in mail.outbox if person.email in one.to[0]]
    return [" ".join(f"{one.subject} {one.body}".split()) for one in found]


def steward_of(pairing: PairingRound) -> Person:
    steward = pairing.congregation.created_by
    assert steward is not None
    return steward


def test_stewards_hear_that_pairs_are_on_the_desk_once() -> None:
    pairing = paired(make_pairing(make_people(3), hours_to_look=24))
    steward = steward_of(pairing)
    (letter,) = sent_to(steward)
    assert "Pairs for Estuary to look at" in letter
    assert "There is one pair; one person is left over." in letter
    assert "then the pairs are introduced as they stand" in letter
    assert f"/dyads/pairing/{pairing.pk}/desk/" in letter
    services.draw_again(round=pairing, by=steward, version=pairing.version, keeps_by_hand=False)
    services.draw(pairing.pk)
    assert len(sent_to(steward)) == 1


def test_nobody_is_asked_to_look_at_what_publishes_itself_at_once() -> None:
    pairing = paired(make_pairing(make_people(2), hours_to_look=0))
    assert not any("to look at" in letter for letter in sent_to(steward_of(pairing)))


def test_a_steward_who_published_meanwhile_is_not_told_to_look() -> None:
    pairing = published(make_pairing(make_people(2)))
    assert not sent_to(steward_of(pairing))


def test_hours_that_nobody_shares_are_told_with_the_one_that_would_help_most() -> None:
    (alone,) = make_people(1, hours=[hour_of_week(5, 9)])
    pairing = published(make_pairing([alone, *make_people(4)]))
    assert pairing.places.left_over().get().person == alone
    (letter,) = sent_to(alone)
    assert "Nobody for you this time in Estuary" in letter
    assert "None of the hours that suit you suited anybody else this time." in letter
    assert "One more evening hour would have met four people more" in letter
    assert "Tuesdays at 19:00 your time" in letter
    assert f"/dyads/pairing/{pairing.pk}/" in letter


def test_everybody_who_fits_is_a_dyad_of_theirs() -> None:
    one, other = make_people(2)
    congregation = make_pairing([one, other]).congregation
    PairingRound.objects.all().delete()
    dyad = services.begin(by=one, person=other, parent=congregation)
    published(make_pairing([one, other], congregation))
    (letter,) = sent_to(one)
    assert "Everybody who shares an hour with you is a dyad of yours already" in letter
    assert "or has been asked by you" in letter
    # Who was asked is not told so by this: it could be somebody they refused.
    assert all("already" not in letter for letter in sent_to(other) if "Nobody" in letter)
    assert dyad.pk


def test_who_has_chosen_already_is_not_written_to() -> None:
    pairing = published(make_pairing(make_people(1)))
    place = pairing.places.get()
    place.wants = Place.Wants.FIRST
    place.save()
    assert not sent_to(place.person)
    assert Notice.objects.get(kind=LEFT_OVER).dropped_at is not None
