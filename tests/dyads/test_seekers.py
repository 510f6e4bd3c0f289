"""Who is in a round, and what the rules of pairing know about them."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from circles.models import Circle, Membership, Preference
from circles.services import accept_invitation, leave
from dyads import services
from dyads.models import DidMeet, Dyad, Openness, PairingRound, Place
from dyads.services.seekers import Gathered, gather
from people.models import Person
from practice.models import Attendance, PracticeSession
from tests.dyads.pairings import make_pairing, make_people, published
from tests.factories import make_bare_crew

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def gathered(pairing: PairingRound, now: datetime | None = None) -> Gathered:
    return gather(PairingRound.objects.get(pk=pairing.pk), now or timezone.now())


def weeks(pairing: PairingRound, one: Person, other: Person, now: datetime) -> int | None:
    return gathered(pairing, now).seekers[one.pk].weeks_since.get(other.pk)


def say(pairing: PairingRound, person: Person, answer: str) -> None:
    pairing.places.filter(person=person).update(answer=answer)


def test_who_skips_pauses_or_has_enough_is_not_in_and_silence_is_a_yes() -> None:
    silent, skips, pauses, pauses_until_then, full, asked = make_people(6)
    pairing = make_pairing([silent, skips, pauses, pauses_until_then, full, asked])
    say(pairing, silent, Place.Answer.NONE)
    say(pairing, skips, Place.Answer.SKIP)
    say(pairing, asked, Place.Answer.NONE)
    pairing.places.filter(person=asked).update(must_say_yes=True)
    today = pairing.pairs_at.date()
    Openness.objects.create(person=pauses, paused_until=today + timedelta(days=1))
    Openness.objects.create(person=pauses_until_then, paused_until=today)
    Openness.objects.create(person=full, most=0)
    assert set(gathered(pairing).seekers) == {silent.pk, pauses_until_then.pk}


def test_three_dyads_are_enough_unless_somebody_says_otherwise() -> None:
    people = make_people(5)
    pairing = make_pairing(people)
    for other in people[1:4]:
        dyad = services.begin(by=people[0], person=other, parent=pairing.congregation)
        accept_invitation(invitation=dyad.invitations.get(), by=other)
    assert people[0].pk not in gathered(pairing).seekers
    Openness.objects.create(person=people[0], most=4)
    assert people[0].pk in gathered(pairing).seekers


def test_a_dyad_and_an_invitation_between_two_keep_them_apart() -> None:
    one, other, third = make_people(3)
    pairing = make_pairing([one, other, third])
    dyad = services.begin(by=one, person=other, parent=pairing.congregation)
    found = gathered(pairing)
    assert found.seekers[one.pk].paired_with == {other.pk}
    assert found.seekers[other.pk].paired_with == {one.pk}
    # Who was asked need not know of it: somebody they refused may have asked.
    assert (found.own[one.pk], found.own[other.pk]) == ({other.pk}, set())
    accept_invitation(invitation=dyad.invitations.get(), by=other)
    assert gathered(pairing).own[other.pk] == {one.pk}
    leave(circle=dyad, by=one)
    assert not gathered(pairing).seekers[one.pk].paired_with


def test_wishes_refusals_and_languages() -> None:
    one, other = make_people(2, languages=["en", "mi"])
    pairing = make_pairing([one, other])
    Preference.objects.create(by=one, whom=other, kind=Preference.Kind.WISH)
    Preference.objects.create(by=other, whom=one, kind=Preference.Kind.RATHER_NOT)
    found = gathered(pairing).seekers
    assert found[one.pk].wishes == {other.pk}
    assert found[other.pk].not_with == {one.pk}
    assert found[one.pk].languages == {"en", "mi"}


def test_a_crew_counts_while_both_sit_there_and_the_weeks_after() -> None:
    one, other = make_people(2)
    pairing = make_pairing([one, other])
    crew = make_bare_crew(pairing.congregation)
    for person in (one, other):
        Membership.objects.create(
            circle=crew,
            person=person,
            scale=crew.scale,
            seat=person.pk % 6 + 1,
            joined_at=NOW - timedelta(weeks=30),
        )
    assert weeks(pairing, one, other, NOW) == 0
    Membership.objects.filter(circle=crew, person=one).update(left_at=NOW - timedelta(weeks=8))
    assert weeks(pairing, one, other, NOW) == 8
    Circle.objects.filter(pk=crew.pk).update(closed_at=NOW - timedelta(weeks=9))
    assert weeks(pairing, one, other, NOW) == 9


@pytest.fixture
def introduced() -> tuple[PairingRound, Dyad, Person, Person]:
    """Two whom a round brought together, ended since; and the round after."""
    one, other = make_people(2)
    first = published(make_pairing([one, other]))
    dyad = Dyad.objects.get()
    Circle.objects.filter(pk=dyad.pk).update(closed_at=timezone.now())
    return make_pairing([one, other], first.congregation), dyad, one, other


def a_meeting(dyad: Dyad, ends: datetime) -> PracticeSession:
    Membership.objects.filter(circle=dyad).update(joined_at=ends - timedelta(weeks=1))
    return PracticeSession.objects.create(
        circle=dyad, starts_at=ends - timedelta(hours=1), ends_at=ends, time_zone="UTC"
    )


def test_an_introduction_without_a_meeting_is_not_met(
    introduced: tuple[PairingRound, Dyad, Person, Person],
) -> None:
    pairing, dyad, one, other = introduced
    assert weeks(pairing, one, other, NOW) is None
    DidMeet.objects.create(introduction=dyad.introduction, person=one, met=True)
    now = timezone.now()
    assert weeks(pairing, one, other, now + timedelta(weeks=2)) == 2
    DidMeet.objects.create(introduction=dyad.introduction, person=other, met=False)
    assert weeks(pairing, one, other, now + timedelta(weeks=2)) is None


def test_a_meeting_that_is_over_counts_unless_one_says_no(
    introduced: tuple[PairingRound, Dyad, Person, Person],
) -> None:
    pairing, dyad, one, other = introduced
    now = timezone.now()
    session = a_meeting(dyad, now - timedelta(weeks=3))
    assert weeks(pairing, one, other, now) == 3
    Attendance.objects.create(session=session, person=one, was_there=False)
    assert weeks(pairing, one, other, now) is None
    Attendance.objects.all().delete()
    DidMeet.objects.create(introduction=dyad.introduction, person=other, met=False)
    assert weeks(pairing, one, other, timezone.now()) is None


def test_the_same_number_of_questions_for_few_and_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    few, many = make_pairing(make_people(2)), make_pairing(make_people(9))
    for pairing in (few, many):
        pairing.refresh_from_db()
        with django_assert_num_queries(8):
            gather(pairing, NOW)
