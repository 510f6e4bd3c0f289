"""Several people press at the very same moment. Only PostgreSQL can show what happens then."""

from circles.services import leave, take_seat
from congregation.services import make_steward
from library import errors
from library.models import Draft, Edition, Practice
from library.services import bring_back, offer, publish, send_back, take_back
from tests.factories import make_congregation, make_person
from tests.library.shelf import make_draft, make_whole
from tests.races import RACES, at_once

pytestmark = RACES


def test_of_two_stewards_and_the_writer_one_is_first() -> None:
    steward, second, writer = make_person(), make_person(), make_person()
    estuary = make_congregation(by=steward)
    for person in (second, writer):
        take_seat(circle=estuary, person=person)
    make_steward(congregation=estuary, person=second, by=steward)
    draft = make_draft(writer)
    offer(draft=draft, by=writer, home=estuary)
    met = at_once(
        lambda: publish(draft=draft, by=steward),
        lambda: publish(draft=draft, by=second),
        lambda: send_back(draft=draft, by=second, word="not yet"),
        lambda: take_back(draft=draft, by=writer),
    )
    assert met.count(None) == 1
    assert met.count(errors.NotOffered) == 3
    assert Practice.objects.filter(home=estuary).count() + Draft.objects.count() == 1


def test_the_same_title_in_four_congregations_at_once_has_four_addresses() -> None:
    people = [make_person() for _ in range(4)]
    homes = [make_congregation(by=person, name=f"C{person.pk}") for person in people]
    drafts = [make_draft(person) for person in people]
    met = at_once(
        *[
            lambda d=draft, p=person, h=home: offer(draft=d, by=p, home=h)
            for draft, person, home in zip(drafts, people, homes, strict=True)
        ]
    )
    assert met == [None] * 4
    assert Practice.objects.filter(slug__startswith="slow-walk").count() == 4


def test_two_who_bring_an_edition_back_make_one_new_edition() -> None:
    steward, second = make_person(), make_person()
    estuary = make_congregation(by=steward)
    take_seat(circle=estuary, person=second)
    make_steward(congregation=estuary, person=second, by=steward)
    practice = make_whole(estuary, steward)
    first = practice.editions.get()
    Edition.objects.create(
        practice=practice, number=2, body=first.body.replace("Practice 1", "Practice 2")
    )
    met = at_once(
        lambda: bring_back(edition=first, by=steward), lambda: bring_back(edition=first, by=second)
    )
    assert set(met) == {None, errors.LatestAlready}
    assert practice.editions.count() == 3


def test_who_leaves_while_offering_leaves_nothing_behind() -> None:
    writer = make_person()
    estuary = make_congregation()
    take_seat(circle=estuary, person=writer)
    draft = make_draft(writer)
    met = at_once(
        lambda: offer(draft=draft, by=writer, home=estuary),
        lambda: leave(circle=estuary, by=writer),
    )
    assert met[1] is None
    assert not Draft.objects.offered().exists()
