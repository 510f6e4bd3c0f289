"""Pairs become dyads, and whoever is left over hears so the same hour."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Preference
from circles.services import close, leave
from dyads import services
from dyads.errors import NotProposed, PairsChanged, TooLateToChange
from dyads.models import Dyad, Introduction, Openness, PairingRound
from dyads.services import rounds
from dyads.services.publishing import LEFT_OVER
from dyads.showing.results import result_of
from dyads.showing.round_waiting import pairs_to_publish
from dyads.tasks import keep_pairing, publish_round
from notifications.models import Notice
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.dyads.pairings import make_pairing, make_people, paired, pairs_of, publish, published
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def left_over_mail() -> set[int]:
    return set(Notice.objects.filter(kind=LEFT_OVER).values_list("person", flat=True))


def test_a_pair_is_a_dyad_with_the_rounds_plan_and_three_times() -> None:
    one, other = make_people(2)
    pairing = published(make_pairing([one, other], weeks=1, minutes=30, meetings=4))
    dyad = Dyad.objects.of(one).of(other).get()
    assert (dyad.weeks, dyad.minutes, dyad.meetings) == (1, 30, 4)
    assert dyad.kind == Dyad.Kind.PRACTICE
    assert dyad.parent_id == pairing.congregation_id
    assert Introduction.objects.get(dyad=dyad).round == pairing
    assert len(dyad.introduction.times) >= 1
    assert not left_over_mail()
    assert not Notice.objects.filter(kind="circles.joined").exists()


def test_whoever_is_left_over_hears_it_at_once_with_the_reason() -> None:
    people = make_people(3)
    pairing = published(make_pairing(people))
    left = pairing.places.left_over().get()
    assert left_over_mail() == {left.person_id}
    assert left.lacking["reason"] == "an odd number took part"


def test_a_round_of_one_and_a_round_of_nobody_come_to_their_end() -> None:
    (alone,) = make_people(1)
    pairing = published(make_pairing([alone]))
    assert pairing.places.get().lacking["reason"] == "nobody else took part"
    assert published(make_pairing([])).published_at is not None


def test_only_a_steward_who_saw_these_pairs_publishes_them_and_once() -> None:
    people = make_people(2)
    pairing = make_pairing(people)
    steward = pairing.congregation.created_by
    assert steward is not None
    with pytest.raises(NotProposed):
        publish(pairing, steward)
    pairing = paired(pairing)
    with pytest.raises(NotAllowed):
        publish(pairing, people[0])
    with pytest.raises(PairsChanged):
        publish(pairing, steward, pairing.version - 1)
    publish(pairing, steward)
    with pytest.raises(NotProposed):
        publish(pairing, steward)
    assert Dyad.objects.count() == 1


def becomes_a_dyad(one: Person, other: Person) -> None:
    dyad = services.begin(by=one, person=other, parent=one.memberships.get().circle)
    from circles.services import accept_invitation

    accept_invitation(invitation=dyad.invitations.get(), by=other)


def refuses(one: Person, other: Person) -> None:
    Preference.objects.create(by=one, whom=other, kind=Preference.Kind.RATHER_NOT)


def goes(one: Person, other: Person) -> None:
    leave(circle=one.memberships.get().circle, by=one)


def has_enough(one: Person, other: Person) -> None:
    Openness.objects.create(person=one, most=0)


def pauses(one: Person, other: Person) -> None:
    Openness.objects.create(person=one, paused_until=timezone.localdate() + timedelta(days=30))


@pytest.mark.parametrize("since", [becomes_a_dyad, refuses, goes, has_enough, pauses])
def test_a_pair_that_may_no_longer_be_falls_away_and_says_the_same_whatever_the_cause(
    since: object,
) -> None:
    one, other = make_people(2)
    pairing = paired(make_pairing([one, other]))
    assert pairs_of(pairing) == {frozenset((one.pk, other.pk))}
    since(one, other)  # type: ignore[operator]
    before = Dyad.objects.filter(introduction__isnull=False).count()
    pairing = published(pairing)
    assert Dyad.objects.filter(introduction__isnull=False).count() == before
    assert not pairs_of(pairing)
    assert other.pk in left_over_mail()
    assert pairing.places.left_over().filter(person=other).exists()


def test_a_round_publishes_itself_when_stewards_have_had_their_time() -> None:
    pairing = paired(make_pairing(make_people(2), hours_to_look=24))
    assert pairing.publishes_at is not None
    assert services.publish_where_due(timezone.now()) == 0
    assert services.publish_where_due(pairing.publishes_at) == 1
    assert services.publish_where_due(pairing.publishes_at) == 0
    assert Dyad.objects.count() == 1


def test_with_no_hours_to_look_it_publishes_at_once() -> None:
    pairing = paired(make_pairing(make_people(2), hours_to_look=0))
    assert pairing.published_at is not None
    assert Dyad.objects.count() == 1


def test_in_a_congregation_that_has_ended_nothing_is_published() -> None:
    pairing = paired(make_pairing(make_people(2), hours_to_look=24))
    steward = pairing.congregation.created_by
    assert steward is not None
    close(circle=pairing.congregation, by=steward)
    assert services.publish_where_due(timezone.now() + timedelta(days=3)) == 0
    assert not Dyad.objects.exists()


def test_nobody_is_left_over_twice_before_everybody_was_once() -> None:
    """Through the product, round after round; the rules have it with more people."""
    people = make_people(3)
    congregation = make_pairing([]).congregation
    congregation.pairing_rounds.all().delete()
    left = []
    for _ in range(4):
        pairing = published(make_pairing(people, congregation))
        left.append(pairing.places.left_over().get().person_id)
        Dyad.objects.update(closed_at=timezone.now(), pair="")
    assert sorted(left[:3]) == sorted(person.pk for person in people)
    # Now everybody was once: but not twice running.
    assert left[3] != left[2]


def test_who_was_left_over_last_time_is_spared_even_where_others_were_so_more_often() -> None:
    one, other, third = make_people(3)
    congregation = make_pairing([]).congregation
    congregation.pairing_rounds.all().delete()
    for left in ([other, third], [other, third], [one]):
        past = make_pairing([one, other, third], congregation)
        past.places.exclude(person__in=left).update(pair=past.pairs.create(), side=F("pk") % 2 + 1)
        now = timezone.now()
        past.places.update(was_in=True)
        PairingRound.objects.filter(pk=past.pk).update(proposed_at=now, published_at=now)
    assert (
        published(make_pairing([one, other, third], congregation))
        .places.left_over()
        .exclude(person=one)
    )


def test_a_newcomer_without_hours_is_told_so() -> None:
    people = [*make_people(2), make_person()]
    pairing = published(make_pairing(people))
    left = pairing.places.left_over().get()
    assert left.person == people[2]
    assert left.lacking["reason"] == "no hours said"
    assert left.lacking["help"]


def test_a_round_that_stumbles_does_not_keep_the_others_from_being_published(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = paired(make_pairing(make_people(2), hours_to_look=24))
    sound = paired(make_pairing(make_people(2), hours_to_look=24))
    # Something in the data that nobody thought of.
    Person.objects.filter(pairing_places__round=broken).update(languages=[["unheard"]])
    assert sound.publishes_at is not None
    assert services.publish_where_due(sound.publishes_at) == 1
    sound.refresh_from_db()
    assert sound.published_at is not None
    assert "could not be done" in caplog.text


def test_a_place_in_a_pair_has_a_side() -> None:
    place = make_pairing(make_people(1)).places.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        place.round.places.update(pair=place.round.pairs.create())


def test_nobody_finds_out_by_wishing_whether_the_other_wished_for_them() -> None:
    one, other = make_people(2)
    pairing = published(make_pairing([one, other]))

    def read() -> list[str]:
        place = pairing.places.get(person=one)
        return list(result_of(pairing, one, place, is_steward=False).why)

    Preference.objects.create(by=one, whom=other, kind=Preference.Kind.WISH)
    alone = read()
    Preference.objects.create(by=other, whom=one, kind=Preference.Kind.WISH)
    assert read() == alone


def test_while_the_pairs_are_being_published_nobody_changes_anything_and_it_is_done_once() -> None:
    people = make_people(3)
    pairing = paired(make_pairing(people))
    steward = pairing.congregation.created_by
    assert steward is not None
    place = pairing.places.filter(pair__isnull=False)[0]
    services.ask_to_publish(round=pairing, by=steward, version=pairing.version)
    with pytest.raises(NotProposed):
        services.ask_to_publish(round=pairing, by=steward, version=pairing.version)
    with pytest.raises(NotProposed):
        services.separate(round=pairing, by=steward, version=pairing.version, place=place)
    with pytest.raises(NotProposed):
        services.draw_again(round=pairing, by=steward, version=pairing.version, keeps_by_hand=False)
    with pytest.raises(TooLateToChange):
        rounds.call_off(round=pairing, by=steward)
    assert not list(pairs_to_publish([pairing.congregation_id]))
    for person in (steward, *people):
        page = text(signed_in(person).get(pairing.get_absolute_url()))
        assert "The pairs are being published" in page
    assert "are being published" in text(
        signed_in(people[0]).get(pairing.congregation.get_absolute_url())
    )
    publish_round(pairing.pk)
    publish_round(pairing.pk)
    assert Dyad.objects.count() == 1
    assert len(left_over_mail()) == 1


def test_where_no_broker_answered_the_next_tick_publishes() -> None:
    pairing = paired(make_pairing(make_people(2)))
    steward = pairing.congregation.created_by
    assert steward is not None
    services.ask_to_publish(round=pairing, by=steward, version=pairing.version)
    keep_pairing()
    pairing.refresh_from_db()
    assert pairing.published_at is not None


def publishing_takes(pairs: int) -> int:
    pairing = paired(make_pairing(make_people(2 * pairs + 1)))
    with CaptureQueriesContext(connection) as queries:
        published(pairing)
    assert Dyad.objects.filter(parent=pairing.congregation).count() == pairs
    return len(queries)


def test_the_congregation_waits_no_longer_for_many_pairs_than_for_few_but_for_their_rows() -> None:
    """A dyad and its circle are two rows; all else is written for all pairs at once."""
    few, many = publishing_takes(1), publishing_takes(6)
    assert many - few == 2 * 5


def test_who_had_been_asked_by_the_address_need_not_answer_any_more() -> None:
    one, other = make_people(2)
    pairing = paired(make_pairing([one, other]))
    asked = services.begin(by=one, email=other.email)
    pairing = published(pairing)
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert asked.invitations.get().withdrawn_at is not None
    assert Dyad.objects.complete().get().parent == pairing.congregation


def test_two_who_closed_their_dyad_can_be_paired_again() -> None:
    one, other = make_people(2)
    pairing = published(make_pairing([one, other]))
    close(circle=Dyad.objects.get(), by=one)
    again = published(make_pairing([one, other], pairing.congregation))
    assert Dyad.objects.open().get().proposal.round == again
