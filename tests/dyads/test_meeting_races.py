"""Two press at the very same moment: one time is set, one table laid, one question asked."""

from django.utils import timezone

from circles.services import close
from crews.models import Crew
from dyads import services
from dyads.errors import NoLongerTwo, TimeIsSet, TrioDecided
from dyads.models import DidMeet, Dyad, Place, ProposedPair, Trio
from practice.models import PracticeSession, Rhythm
from tests.dyads.introduced import introduce_two, make_two, times_of
from tests.dyads.pairings import make_pairing, make_people, published
from tests.races import RACES, at_once

pytestmark = RACES


def test_both_take_another_time_at_once() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    first, second, _ = times_of(introduction)
    met = at_once(
        lambda: services.take_time(introduction=introduction, by=oisin, at=first),
        lambda: services.take_time(introduction=introduction, by=mere, at=second),
    )
    assert sorted(met, key=str) == sorted([None, TimeIsSet], key=str)
    assert Rhythm.objects.count() == 1


def test_both_take_the_same_time_at_once() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    at = times_of(introduction)[0]
    met = at_once(
        lambda: services.take_time(introduction=introduction, by=oisin, at=at),
        lambda: services.take_time(introduction=introduction, by=mere, at=at),
        lambda: services.take_time(introduction=introduction, by=mere, at=at),
    )
    assert met == [None] * 3
    assert PracticeSession.objects.count() == 6


def test_a_time_taken_while_the_dyad_ends() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    at = times_of(introduction)[0]
    met = at_once(
        lambda: services.take_time(introduction=introduction, by=oisin, at=at),
        lambda: services.let_be(introduction=introduction, by=mere),
    )
    assert met[0] in {None, NoLongerTwo}
    assert met[1] is None
    assert not Dyad.objects.get(pk=introduction.dyad_id).is_open


def test_both_say_at_once_whether_they_met() -> None:
    introduction = introduce_two(*make_two())
    people = services.sitting(introduction.dyad)
    met = at_once(
        *(
            lambda by=by: services.say_met(introduction=introduction, by=by, met=True)
            for by in [*people, *people]
        )
    )
    assert met == [None] * 4
    assert DidMeet.objects.count() == 2


def _asked() -> tuple[Trio, Place]:
    pairing = published(make_pairing(make_people(3)))
    place = Place.objects.left_over().get(round=pairing)
    trio = services.ask_to_be_three(place=place, by=place.person)
    assert trio is not None
    return trio, place


def test_both_yeses_at_once_lay_one_table() -> None:
    trio, _ = _asked()
    met = at_once(
        *(
            lambda by=by: services.answer_trio(trio=trio, by=by, yes=True)
            for by in services.two_of(trio)
        )
    )
    assert met == [None, None]
    crew = Crew.objects.get()
    assert crew.memberships.present().count() == 3


def test_a_yes_while_whoever_asked_changes_their_mind() -> None:
    trio, place = _asked()
    one, other = services.two_of(trio)
    services.answer_trio(trio=trio, by=one, yes=True)
    met = at_once(
        lambda: services.answer_trio(trio=trio, by=other, yes=True),
        lambda: services.take_first_place(place=place, by=place.person),
    )
    trio.refresh_from_db()
    assert met.count(TrioDecided) == 1
    assert Crew.objects.count() == (trio.outcome == Trio.Outcome.TOGETHER)


def test_a_yes_while_the_dyad_ends_and_the_day_comes() -> None:
    trio, _ = _asked()
    one, other = services.two_of(trio)
    services.answer_trio(trio=trio, by=one, yes=True)
    dyad = Dyad.objects.get()
    at_once(
        lambda: services.answer_trio(trio=trio, by=other, yes=True),
        lambda: close(circle=dyad, by=one),
        lambda: services.end_trios_where_due(trio.due_at),
    )
    trio.refresh_from_db()
    assert trio.decided_at is not None
    assert Crew.objects.count() == (trio.outcome == Trio.Outcome.TOGETHER)


def test_two_who_are_left_over_ask_the_one_pair_at_once() -> None:
    now = timezone.now()
    people = make_people(4)
    pairing = make_pairing(people, proposed_at=now, published_at=now)
    pair = ProposedPair.objects.create(round=pairing)
    for side, person in enumerate(people[:2], 1):
        Place.objects.filter(round=pairing, person=person).update(pair=pair, side=side)
    pairing.places.update(was_in=True)
    services.pair_up(round=pairing, pairs=[pair])
    places = list(Place.objects.left_over().filter(round=pairing).select_related("person"))
    met = at_once(
        *(
            lambda place=place: services.ask_to_be_three(place=place, by=place.person)
            for place in places
        )
    )
    assert met == [None, None]
    assert Trio.objects.count() == 1
    assert sorted(Place.objects.filter(wants__gt="").values_list("wants", flat=True)) == [
        "first",
        "trio",
    ]
