"""That two practise together is known to their congregation only while both wish it."""

import pytest

from circles.services import leave, take_seat
from congregation.models import Congregation
from dyads import services
from dyads.models import Consent, Dyad
from dyads.showing.consents import pairs_shown
from people.models import Person
from tests.dyads.ending import make_pair, people_of, say, signed_in, text
from tests.factories import make_congregation, make_person
from tests.practice.tables import questions

pytestmark = pytest.mark.django_db

WORDS = "Practise together"


@pytest.fixture
def estuary() -> Congregation:
    congregation: Congregation = make_congregation(people=1)
    return congregation


def both_allow(dyad: Dyad) -> None:
    for person in people_of(dyad):
        services.allow_to_be_seen(dyad=dyad, by=person, allows=True)


def seen_by(person: Person, congregation: Congregation) -> bool:
    return WORDS in text(signed_in(person).get(congregation.get_absolute_url()))


def member(congregation: Congregation) -> Person:
    return people_of(congregation)[1]


def test_nobody_knows_until_both_have_said_yes_on_their_own_page(estuary: Congregation) -> None:
    dyad = make_pair(parent=estuary)
    one, other = people_of(dyad)
    url = f"{dyad.get_absolute_url()}known/"
    assert url in text(signed_in(one).get(dyad.get_absolute_url()))
    preview = text(signed_in(one).get(url))
    assert "Ana Ruiz &amp; Ben Okoro" in preview
    assert "checked" not in preview
    assert not seen_by(member(estuary), estuary)
    signed_in(one).post(url, {"allows": "on"})
    assert "checked" in text(signed_in(one).get(url))
    assert "checked" not in text(signed_in(other).get(url))
    assert not seen_by(member(estuary), estuary)
    signed_in(other).post(url, {"allows": "on"})
    assert seen_by(member(estuary), estuary)
    page = text(signed_in(member(estuary)).get(estuary.get_absolute_url()))
    assert "Ana Ruiz &amp; Ben Okoro" in page
    assert pairs_shown(estuary) == [(one, other)]
    signed_in(one).post(url, {})
    assert not seen_by(member(estuary), estuary)


@pytest.mark.parametrize("how", ["leave", "block", "close", "congregation", "inactive"])
def test_it_is_over_with_the_dyad_and_with_a_seat_in_the_congregation(
    estuary: Congregation, how: str
) -> None:
    dyad = make_pair(parent=estuary)
    one, other = people_of(dyad)
    both_allow(dyad)
    assert pairs_shown(estuary) == [(one, other)]
    if how == "leave":
        leave(circle=dyad, by=one)
    elif how == "block":
        services.block(dyad=dyad, by=one)
    elif how == "congregation":
        leave(circle=estuary, by=one)
        take_seat(circle=estuary, person=one)
    elif how == "inactive":
        Person.objects.filter(pk=one.pk).update(is_active=False)
    else:
        look_back = services.ask_look_back(dyad=dyad, by=one)
        say(look_back, 0, "close")
        say(look_back, 1, "close")
        services.close_together(look_back=look_back, by=one)
    assert pairs_shown(estuary) == []
    assert not seen_by(member(estuary), estuary)


def test_only_in_its_own_congregation_and_never_for_others(estuary: Congregation) -> None:
    dyad = make_pair(parent=estuary)
    both_allow(dyad)
    delta = make_congregation(name="Delta")
    for person in people_of(dyad):
        take_seat(circle=delta, person=person)
    assert pairs_shown(delta) == []
    stranger = Consent(dyad=make_pair(parent=estuary), person=make_person())
    stranger.save()
    assert len(pairs_shown(estuary)) == 1


def test_a_dyad_without_a_congregation_has_nobody_to_be_shown_to() -> None:
    dyad = make_pair()
    client = signed_in(people_of(dyad)[0])
    assert client.get(f"{dyad.get_absolute_url()}known/").status_code == 404
    assert "Who may know of it" not in text(client.get(dyad.get_absolute_url()))


def test_as_many_questions_for_many_pairs(estuary: Congregation) -> None:
    both_allow(make_pair(parent=estuary))
    client = signed_in(member(estuary))
    few = questions(client, estuary.get_absolute_url())
    for _ in range(4):
        both_allow(make_pair(parent=estuary))
    assert questions(client, estuary.get_absolute_url()) == few
