"""The stewards' desk of a pairing, as a steward uses it."""

import re
from itertools import combinations

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.blanks import ONE_IN, PROPOSALS
from circles.models import Preference
from circles.services import take_seat
from dyads import services
from dyads.errors import DoNotPair, NotProposed, PairsChanged
from dyads.models import Dyad, PairingRound, Place
from dyads.rules.pairing import Seeker
from dyads.services import moving
from dyads.services.moving import Done, is_blank_in
from dyads.services.proposal import Proposal
from dyads.services.seekers import Gathered
from people.models import Person
from people.week import hour_of_week
from tests.congregation.pages import signed_in, text
from tests.dyads.pairings import make_pairing, make_people, paired, pairs_of, publish
from tests.factories import make_bare_crew, make_person

pytestmark = pytest.mark.django_db
# What differs at every request.
TOKENS = re.compile(r'(value|nonce|data-\w+)="[\w+/=-]{20,}"|csrf\S+')
MORNING = [hour_of_week(3, hour) for hour in (9, 10)]


@pytest.fixture
def people() -> list[Person]:
    names = ["Rory", "Inês", "Mere", "Anil", "Wanjiru"]
    return [make_person(f"{name} X", suitable_hours=MORNING) for name in names]


@pytest.fixture
def pairing(people: list[Person]) -> PairingRound:
    return paired(make_pairing(people))


def steward_of(pairing: PairingRound) -> Person:
    steward = pairing.congregation.created_by
    assert steward is not None
    return steward


def place(pairing: PairingRound, person: Person) -> Place:
    return pairing.places.get(person=person)


def at(name: str, pairing: PairingRound, *more: int) -> str:
    return reverse(f"dyads:{name}", args=[pairing.pk, *more])


def across(pairing: PairingRound) -> tuple[Person, Person, Person, Person]:
    """One of each pair whom the lot let through, then the two they are with, whom it did, too."""
    first, second = (sorted(pair) for pair in pairs_of(pairing))
    for one, her in (first, first[::-1]):
        for other, his in (second, second[::-1]):
            blanks = [is_blank_in(pairing, *two) for two in ((one, other), (her, his))]
            if not any(blanks):
                found = Person.objects.in_bulk([one, other, her, his])
                return found[one], found[other], found[her], found[his]
    raise AssertionError("the lot fell on all of them")


def put(pairing: PairingRound, one: Person, other: Person) -> Done | None:
    pairing.refresh_from_db()
    return services.put_together(
        round=pairing,
        by=steward_of(pairing),
        version=pairing.version,
        one=place(pairing, one),
        other=place(pairing, other),
    )


def press(client: Client, pairing: PairingRound, person: Person, to: int | str) -> str:
    pairing.refresh_from_db()
    address = at("desk_move", pairing, place(pairing, person).pk)
    answer = client.post(address, {"seen": pairing.version, "to": to}, follow=True)
    return text(answer)


def test_it_says_who_and_why_and_who_is_left_over(
    pairing: PairingRound, people: list[Person]
) -> None:
    Person.objects.update(languages=["en"])
    shown = text(signed_in(steward_of(pairing)).get(at("desk", pairing)))
    assert "Two pairs, and one person left over" in shown
    assert "Both are free on Thursdays at 09:00 your time, and at other hours." in shown
    assert "Both speak English." in shown
    assert "No language that they named is the same." not in shown
    assert "An odd number took part." in shown


def test_it_says_who_named_no_language_in_common(people: list[Person]) -> None:
    one, other = people[:2]
    pairing = paired(make_pairing([one, other]))
    client = signed_in(steward_of(pairing))
    Person.objects.filter(pk=one.pk).update(languages=["pl"])
    # Who says nothing of languages may well speak it.
    assert "No language" not in text(client.get(at("desk", pairing)))
    Person.objects.filter(pk=other.pk).update(languages=["sw"])
    assert "No language that they named is the same." in text(client.get(at("desk", pairing)))


def test_that_two_were_a_dyad_is_nobody_elses_business_and_a_crew_is_no_secret(
    people: list[Person],
) -> None:
    one, other = people[:2]
    pairing = paired(make_pairing([one, other]))
    crew = make_bare_crew(pairing.congregation)
    client = signed_in(steward_of(pairing))
    before = text(client.get(at("desk", pairing)))
    assert "crew together" not in before
    dyad = services.begin(by=one, person=other, parent=pairing.congregation)
    take_seat(circle=dyad, person=other)
    Dyad.objects.filter(pk=dyad.pk).update(closed_at=dyad.created_at, pair="")
    assert TOKENS.sub("", text(client.get(at("desk", pairing)))) == TOKENS.sub("", before)
    for person in (one, other):
        take_seat(circle=crew, person=person)
    assert "They have sat in a crew together." in text(client.get(at("desk", pairing)))


def test_two_are_put_together_and_those_left_behind_become_a_pair(pairing: PairingRound) -> None:
    one, other, her, his = across(pairing)
    client = signed_in(steward_of(pairing))
    menu = text(client.get(at("desk_move", pairing, place(pairing, one).pk)))
    assert f"With whom shall {one.first_name} be?" in menu
    assert f"{other}, now with {his.first_name}" in menu
    said = press(client, pairing, one, place(pairing, other).pk)
    assert f"{one.first_name} and {other.first_name} are a pair now." in said
    assert "The two they were with before are one, too." in said
    assert pairs_of(pairing) == {frozenset((one.pk, other.pk)), frozenset((her.pk, his.pk))}
    assert "Put together by hand." in said


def test_separated_once_however_often_it_is_pressed(
    pairing: PairingRound, people: list[Person]
) -> None:
    first, second = (sorted(pair) for pair in pairs_of(pairing))
    client = signed_in(steward_of(pairing))
    one = next(person for person in people if person.pk == first[0])
    assert "One pair, and three people left over" in press(client, pairing, one, "nobody")
    assert pairs_of(pairing) == {frozenset(second)}
    pairing.refresh_from_db()
    version = pairing.version
    press(client, pairing, one, "nobody")
    pairing.refresh_from_db()
    assert pairing.version == version


def test_whoever_presses_twice_does_it_once_and_of_two_stewards_one_is_told(
    pairing: PairingRound,
) -> None:
    seen = pairing.version
    one, other, her, _ = across(pairing)
    assert put(pairing, one, other) is not None
    assert put(pairing, one, other) is None
    address = at("desk_move", pairing, place(pairing, one).pk)
    wish = {"seen": seen, "to": place(pairing, her).pk}
    answer = signed_in(steward_of(pairing)).post(address, wish, follow=True)
    assert str(PairsChanged()) in text(answer)


def refuses(one: Person, other: Person) -> None:
    Preference.objects.create(by=one, whom=other, kind=Preference.Kind.RATHER_NOT)


def has_asked(one: Person, other: Person) -> None:
    circle = one.memberships.get().circle
    services.begin(by=one, person=other, parent=circle)


def has_no_such_hour(one: Person, other: Person) -> None:
    one.suitable_hours = [hour_of_week(5, 3)]
    one.save()


@pytest.mark.parametrize("cause", [refuses, has_asked, has_no_such_hour])
def test_two_who_do_not_fit_read_one_sentence_whatever_the_cause(
    cause: object, pairing: PairingRound
) -> None:
    one, other, *_ = across(pairing)
    cause(one, other)  # type: ignore[operator]
    said = press(signed_in(steward_of(pairing)), pairing, one, place(pairing, other).pk)
    assert str(DoNotPair()) in said


def test_a_refusal_looks_like_a_blank_and_those_drawn_together_are_none() -> None:
    round = PairingRound(pk=1, minutes=45, time_zone="UTC")
    ids = range(1, 41)
    places = {one: Place(pk=one, round=round, person=Person(pk=one)) for one in ids}
    seekers = {one: Seeker(one, frozenset({8})) for one in ids}
    gathered = Gathered(round, timezone.now(), timezone.now(), places, seekers, {})
    proposal = Proposal(gathered, [])
    blanks = {two for two in combinations(ids, 2) if not moving.fits(proposal, *two)}
    assert blanks == {two for two in combinations(ids, 2) if is_blank_in(round, *two)}
    assert 780 / ONE_IN * 0.5 < len(blanks) < 780 / ONE_IN * 1.5
    one, other = min(blanks)
    places[one].drawn_with, places[other].drawn_with = places[other], places[one]
    assert moving.fits(proposal, one, other)


def test_the_menu_names_everybody_else_and_nobodys_hours(people: list[Person]) -> None:
    late = make_person("Jun X", suitable_hours=[hour_of_week(5, 3)])
    pairing = paired(make_pairing([*people[:3], late]))
    one = next(person for person in people if pairing.places.get(person=person).pair_id)
    client = signed_in(steward_of(pairing))
    shown = text(client.get(at("desk_move", pairing, place(pairing, one).pk)))
    assert shown.count("<option") == 2
    assert "09:00" not in shown
    # That nobody can be found for somebody by their hours the desk says anyway.
    assert str(late) not in shown
    shown = text(client.get(at("desk_move", pairing, place(pairing, late).pk)))
    assert "Nobody can be put with Jun as things stand" in shown


def test_nothing_differs_for_anybody_when_two_who_are_no_pair_refuse_each_other(
    pairing: PairingRound, people: list[Person]
) -> None:
    one, other, *_ = across(pairing)
    steward = steward_of(pairing)
    addresses = [
        pairing.get_absolute_url(),
        at("desk", pairing),
        at("publish", pairing),
        at("desk_move", pairing, place(pairing, one).pk),
    ]

    def read() -> list[tuple[int, str]]:
        clients = [signed_in(person) for person in (steward, other, *people)]
        answers = [client.get(address) for client in clients for address in addresses]
        return [(answer.status_code, TOKENS.sub("", text(answer))) for answer in answers]

    with time_machine.travel(timezone.now(), tick=False):
        before = read()
        refuses(one, other)
        assert read() == before


def test_pairing_again_keeps_the_pairs_put_together_by_hand_if_that_is_ticked(
    pairing: PairingRound, people: list[Person]
) -> None:
    one, other, *_ = across(pairing)
    put(pairing, one, other)
    for keeps in (True, False):
        pairing.refresh_from_db()
        signed_in(steward_of(pairing)).post(
            at("draw_again", pairing),
            {"seen": pairing.version, **({"keeps_by_hand": "1"} if keeps else {})},
        )
        pairing.refresh_from_db()
        assert pairing.proposed_at is None
        services.draw(pairing.pk)
        assert len(pairs_of(pairing)) == 2
        by_hand = pairing.pairs.filter(by_hand=True)
        assert by_hand.count() == keeps
        assert (frozenset((one.pk, other.pk)) in pairs_of(pairing)) or not keeps


def test_publishing_shows_what_will_happen_and_then_does_it(
    pairing: PairingRound, people: list[Person]
) -> None:
    client = signed_in(steward_of(pairing))
    look = text(client.get(at("publish", pairing)))
    assert "Publish to 5 people" in look
    answer = client.post(at("publish", pairing), {"seen": pairing.version}, follow=True)
    assert "Everybody hears by mail" in text(answer)
    assert "The pairs are being published" in text(answer)
    services.publish(round=pairing)
    assert "What you published" in text(client.get(pairing.get_absolute_url()))
    assert Dyad.objects.count() == 2
    # The desk is closed now.
    assert client.get(at("desk", pairing)).status_code == 303
    with pytest.raises(NotProposed):
        put(pairing, people[0], people[1])


def test_each_reads_their_own_result_and_nobody_elses(
    pairing: PairingRound, people: list[Person]
) -> None:
    publish(pairing, steward_of(pairing))
    pairs = pairs_of(pairing)
    by_id = {person.pk: person for person in people}
    mine, theirs = (sorted(pair) for pair in pairs)
    shown = text(signed_in(by_id[mine[0]]).get(pairing.get_absolute_url()))
    assert f"You and {by_id[mine[1]].first_name}" in shown
    assert "You have not met like this before." in shown
    assert not any(by_id[one].first_name in shown for one in theirs)
    left = pairing.places.left_over().get().person
    shown = text(signed_in(left).get(pairing.get_absolute_url()))
    assert "Nobody for you this time" in shown
    assert "An odd number took part" in shown


def test_a_desk_of_nobody_of_one_and_of_two_who_share_no_hour() -> None:
    for some, said in (
        ([], "Nobody took part this time"),
        (make_people(1), "Nobody else took part."),
        (
            [*make_people(1), *make_people(1, hours=[hour_of_week(5, 15)])],
            "hours suits anybody else",
        ),
    ):
        pairing = paired(make_pairing(some))
        client = signed_in(steward_of(pairing))
        assert said in text(client.get(at("desk", pairing))).replace("&#x27;", "'")
        assert client.get(at("publish", pairing)).status_code == 200


@pytest.mark.parametrize("name", ["desk", "publish"])
def test_the_desk_is_for_stewards(name: str, pairing: PairingRound, people: list[Person]) -> None:
    assert signed_in(people[0]).get(at(name, pairing)).status_code == 403
    assert signed_in(make_person()).get(at(name, pairing)).status_code == 404


def test_bad_presses_change_nothing(pairing: PairingRound, people: list[Person]) -> None:
    client = signed_in(steward_of(pairing))
    before = pairs_of(pairing)
    address = at("desk_move", pairing, place(pairing, people[0]).pk)
    for wish in (
        {},
        {"seen": "x", "to": 1},
        {"seen": pairing.version, "to": ""},
        {"seen": pairing.version, "to": 10**12},
    ):
        assert client.post(address, wish).status_code == 303
    for name in ("draw_again", "publish"):
        assert client.post(at(name, pairing), {"seen": "no"}).status_code == 303
    assert client.get(at("desk_move", pairing, 10**9)).status_code == 404
    assert pairs_of(pairing) == before


def test_few_and_many_pairs_take_the_same_number_of_questions() -> None:
    counts = []
    for number in (2, 12):
        pairing = paired(make_pairing(make_people(number)))
        client = signed_in(steward_of(pairing))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(at("desk", pairing)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_round_has_three_proposals_and_around_pairs_by_hand_the_same_blanks() -> None:
    """Over many proposals, or with all others put together, a steward would see a refusal."""
    pairing = paired(make_pairing(make_people(30)))
    steward = steward_of(pairing)

    def again(*, keeps_by_hand: bool) -> PairingRound:
        fresh = PairingRound.objects.get(pk=pairing.pk)
        services.draw_again(
            round=fresh, by=steward, version=fresh.version, keeps_by_hand=keeps_by_hand
        )
        return paired(fresh)

    shown = [pairs_of(pairing)]
    for _ in range(2 * PROPOSALS - 1):
        shown.append(pairs_of(again(keeps_by_hand=False)))
    assert shown[:PROPOSALS] == shown[PROPOSALS:]
    together = {pair for pairs in shown for pair in pairs}
    by_person = {one.person_id: one for one in pairing.places.all()}
    one, other = next(
        two
        for two in combinations(by_person, 2)
        if is_blank_in(pairing, *two) and frozenset(two) not in together
    )
    rest = [place for person, place in by_person.items() if person not in (one, other)]
    pairing.pairs.all().delete()
    for first, second in zip(rest[::2], rest[1::2], strict=True):
        moving._pair(pairing, first.pk, second.pk, by_hand=True)
    left = again(keeps_by_hand=True).places.filter(pair__isnull=True)
    assert set(left.values_list("person", flat=True)) == {one, other}
    again(keeps_by_hand=False)
    assert not pairing.places.filter(pair__isnull=True).exists()
