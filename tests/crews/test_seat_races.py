"""Fifty people at once for the last seat, and crewmates who press at the same moment."""

from circles.errors import AlreadyAnswered, CircleError, NoSeatLeft
from circles.models import JoinRequest
from circles.services import accept_invitation, accept_request, ask_to_join, invite, take_seat
from crews import services
from crews.models import Crew, Split
from crews.services.splits import tables_of
from notifications.models import Notice
from tests.crews.tables import join, make_crew
from tests.factories import make_congregation, make_person
from tests.races import RACES, at_once, sitting

pytestmark = RACES


def test_of_fifty_hands_accepted_at_once_by_three_one_gets_the_last_seat() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2, seats=4)
    mates = sitting(crew)
    hands = []
    for _ in range(50):
        person = make_person()
        take_seat(circle=estuary, person=person)
        hands.append(ask_to_join(circle=crew, by=person))
    met = at_once(
        *[
            lambda hand=hand, by=mates[number % 3]: accept_request(request=hand, by=by)
            for number, hand in enumerate(hands)
        ]
    )
    assert met.count(None) == 1
    assert set(met) <= {None, AlreadyAnswered, NoSeatLeft}
    assert sitting(crew)[3:] == [hands[met.index(None)].person]
    assert JoinRequest.objects.filter(state=JoinRequest.State.DECLINED).count() == 49
    assert Notice.objects.filter(kind="crews.no_seat").count() == 49
    assert Notice.objects.filter(kind="circles.answered").count() == 1


def test_of_fifty_invited_who_accept_at_once_one_gets_the_last_seat() -> None:
    crew = make_crew(seats=6)
    caller = sitting(crew)[0]
    invitations = [
        invite(circle=crew, by=caller, email=f"friend{number}@example.org") for number in range(5)
    ]
    for _ in range(4):
        join(crew, make_person())
    people = [make_person() for _ in range(50)]
    met = at_once(
        *[
            lambda one=person, number=number: accept_invitation(
                invitation=invitations[number % 5], by=one
            )
            for number, person in enumerate(people)
        ]
    )
    assert met.count(None) == 1
    assert all(error is None or issubclass(error, CircleError) for error in met)
    assert sitting(crew)[5:] == [people[met.index(None)]]


def test_six_who_say_go_at_once_begin_once() -> None:
    crew = make_crew(people=5)
    at_once(*[lambda by=person: services.say_go(crew=crew, by=by) for person in sitting(crew)])
    crew.refresh_from_db()
    assert crew.has_begun
    assert Notice.objects.filter(kind="crews.call").count() == 6


def test_of_two_proposals_at_once_there_is_one() -> None:
    crew = make_crew(people=5)
    one, other, *_ = sitting(crew)
    met = at_once(
        lambda: services.open_split(crew=crew, by=one),
        lambda: services.open_split(crew=crew, by=other),
    )
    assert met.count(None) == 1
    assert Split.objects.count() == 1


def test_all_who_change_at_once_leave_three_at_each_table() -> None:
    crew = make_crew(people=5)
    split = services.open_split(crew=crew, by=sitting(crew)[0])
    at_once(*[lambda by=p: services.change_table(split=split, by=by) for p in sitting(crew)])
    tables = tables_of(split)
    assert (tables.size(1), tables.size(2)) == (3, 3)


def test_all_who_agree_at_once_make_two_crews_once() -> None:
    crew = make_crew(people=5)
    people = sitting(crew)
    split = services.open_split(crew=crew, by=people[0])
    at_once(*[lambda by=p: services.say_it_suits(split=split, by=by) for p in people])
    assert Crew.objects.count() == 2
    split.refresh_from_db()
    assert split.second is not None
    assert sorted(p.pk for p in [*sitting(crew), *sitting(split.second)]) == [p.pk for p in people]
