"""Whoever is left over: three this time where it fits, or first place next time."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from circles.models import Preference
from circles.services import accept_invitation, close, leave, leave_everything
from crews.models import Crew
from dyads import services
from dyads.errors import NotLeftOver, TrioDecided
from dyads.models import Dyad, PairingRound, Place, ProposedPair, Trio, TrioYes
from dyads.services.seekers import gather
from dyads.services.trios import fitting
from dyads.showing.trios import left_over, trios_wait
from notifications.services import send_due
from people.models import Person
from people.week import hour_of_week
from practice.services import set_rhythm
from tests.dyads.introduced import body, browser, letters_to, subjects, words
from tests.dyads.pairings import make_pairing, make_people, published
from tests.factories import make_person

pytestmark = pytest.mark.django_db

NIGHTS = [hour_of_week(day, 3) for day in range(7)]


class World:
    """A published round of three: a pair, and whoever was left over."""

    def __init__(self, pairing: PairingRound) -> None:
        self.round = pairing
        self.place = Place.objects.left_over().get(round=pairing)
        self.third = self.place.person
        self.pair = ProposedPair.objects.get(round=pairing)
        places = Place.objects.filter(pair=self.pair).order_by("side")
        self.one, self.other = (place.person for place in places)
        assert self.pair.dyad is not None
        self.dyad = self.pair.dyad

    def ask(self) -> Trio:
        trio = services.ask_to_be_three(place=self.place, by=self.third)
        assert trio is not None
        return trio


@pytest.fixture
def world() -> World:
    world = World(published(make_pairing(make_people(3))))
    send_due(seconds=10)
    mail.outbox.clear()
    return world


def refuse(by: Person, whom: Person) -> None:
    Preference.objects.create(by=by, whom=whom, kind=Preference.Kind.RATHER_NOT)


# --- where a trio fits ----------------------------------------------------------------------


def test_a_pair_that_shares_an_hour_fits(world: World) -> None:
    assert fitting(world.place) == world.pair


@pytest.mark.parametrize("who", ["third", "one", "other"])
def test_nobody_is_brought_to_somebody_they_refused(world: World, who: str) -> None:
    people = [world.third, world.one, world.other]
    by = getattr(world, who)
    refuse(by, next(one for one in people if one != by))
    assert fitting(world.place) is None
    # The answer is the same as where no hour is shared: not a word of difference.
    shown = left_over(world.place)
    assert shown is not None
    assert shown.state == "first"
    Preference.objects.all().delete()
    Person.objects.filter(pk=world.third.pk).update(suitable_hours=NIGHTS)
    again = left_over(Place.objects.get(pk=world.place.pk))
    assert again is not None
    assert (again.state, again.was_asked) == (shown.state, shown.was_asked)


def test_a_pair_that_met_ended_or_lost_somebody_fits_no_more(world: World) -> None:
    at = timezone.now() + timedelta(hours=1)
    with transaction.atomic():
        set_rhythm(
            circle=world.dyad,
            by=world.one,
            every="once",
            starts_on=at.date(),
            at=at.time(),
            time_zone="UTC",
            minutes=45,
            meetings=1,
        )
    assert fitting(world.place) == world.pair
    with time_machine.travel(at + timedelta(hours=2), tick=False):
        assert fitting(world.place) is None
    world.dyad.sessions.all().delete()
    leave(circle=world.round.congregation, by=world.one)
    assert fitting(world.place) is None


def test_a_dyad_with_one_of_them_is_no_trio(world: World) -> None:
    dyad = services.begin(by=world.third, person=world.one, parent=world.round.congregation)
    accept_invitation(invitation=dyad.invitations.get(), by=world.one)
    assert fitting(world.place) is None


def test_after_two_weeks_nothing_is_offered(world: World) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert fitting(world.place) is None
        with pytest.raises(NotLeftOver):
            services.take_first_place(place=world.place, by=world.third)


def test_the_same_number_of_queries_for_few_and_many(django_assert_max_num_queries: Any) -> None:
    pairing = published(make_pairing(make_people(9)))
    place = Place.objects.left_over().get(round=pairing)
    with django_assert_max_num_queries(8):
        assert fitting(place) is not None


# --- choosing -------------------------------------------------------------------------------


def test_asked_from_the_rounds_page_both_hear_with_three_hours(world: World) -> None:
    address = reverse("dyads:left_over", args=[world.round.pk])
    answer = browser(world.third).post(address, {"wants": "trio"}, follow=True)
    assert "Asked. Both hear of it by mail" in answer.content.decode()
    browser(world.third).post(address, {"wants": "trio"})
    trio = Trio.objects.get()
    send_due(seconds=10)
    assert subjects(world.one) == [f"{world.third} would like to be your third"]
    (letter,) = letters_to(world.other)
    assert "Hours that would suit all three, in your time, UTC: Tuesday" in body(letter)
    assert reverse("dyads:trio", args=[trio.pk]) in letter.body
    assert subjects(world.third) == []
    (one,) = trios_wait(world.one)
    assert one.url == reverse("dyads:trio", args=[trio.pk])
    page = words(browser(world.one), world.dyad.get_absolute_url())
    assert "would like to be your third" in page
    world.place.refresh_from_db()
    assert (world.place.wants, world.place.heard_at is None) == ("trio", False)
    page = words(browser(world.third), world.round.get_absolute_url())
    assert "A pair is asked to be three with you" in page


def test_the_rounds_page_offers_it_only_where_it_fits(world: World) -> None:
    address = world.round.get_absolute_url()
    page = words(browser(world.third), address)
    assert "Ask to be three" in page
    assert "First place next time" in page
    assert "Ask to be three" not in words(browser(world.one), address)
    refuse(world.other, world.third)
    refused = words(browser(world.third), address)
    Preference.objects.all().delete()
    Person.objects.filter(pk=world.one.pk).update(suitable_hours=NIGHTS)
    Person.objects.filter(pk=world.other.pk).update(suitable_hours=NIGHTS)
    apart = words(browser(world.third), address)
    assert "Ask to be three" not in refused + apart
    assert "you are among the first to be paired" in refused
    without = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')
    assert without.sub("", refused) == without.sub("", apart)


def test_the_choice_waits_on_today_while_there_is_one(world: World) -> None:
    (waits,) = trios_wait(world.third)
    assert waits.url == world.round.get_absolute_url()
    assert list(trios_wait(world.one)) == []
    refuse(world.other, world.third)
    assert list(trios_wait(world.third)) == []
    Preference.objects.all().delete()
    services.take_first_place(place=world.place, by=world.third)
    assert list(trios_wait(world.third)) == []


def test_nothing_chosen_and_nothing_that_exists(world: World) -> None:
    address = reverse("dyads:left_over", args=[world.round.pk])
    answer = browser(world.third).post(address, {"wants": "everything"}, follow=True)
    assert "Choose one of the two." in answer.content.decode()
    assert browser(world.third).get(address).status_code == 303
    assert browser(world.one).post(address, {"wants": "trio"}).status_code == 404
    assert browser(make_person()).post(address, {"wants": "trio"}).status_code == 404
    assert not Trio.objects.exists()


def test_none_fits_and_the_first_place_stays(world: World) -> None:
    refuse(world.one, world.third)
    assert services.ask_to_be_three(place=world.place, by=world.third) is None
    world.place.refresh_from_db()
    assert world.place.wants == "first"
    send_due(seconds=10)
    assert mail.outbox == []


def test_a_changed_mind_takes_the_question_back(world: World) -> None:
    trio = world.ask()
    services.answer_trio(trio=trio, by=world.one, yes=True)
    send_due(seconds=10)
    mail.outbox.clear()
    services.take_first_place(place=world.place, by=world.third)
    trio.refresh_from_db()
    assert trio.outcome == Trio.Outcome.APART
    send_due(seconds=10)
    assert subjects(world.third) == []
    assert subjects(world.one) == subjects(world.other) == ["Not three this time"]
    with pytest.raises(TrioDecided):
        services.answer_trio(trio=trio, by=world.other, yes=True)
    assert list(trios_wait(world.other)) == []


# --- the two answer -------------------------------------------------------------------------


def test_two_yeses_make_a_table_of_three(world: World) -> None:
    trio = world.ask()
    address = reverse("dyads:trio", args=[trio.pk])
    page = words(browser(world.one), address)
    assert "Yes, let us be three" in page
    assert page.count("<time") == 2
    browser(world.one).post(address, {"answer": "yes"})
    assert "You said yes" in words(browser(world.one), address)
    assert "said yes" not in words(browser(world.other), address)
    assert list(trios_wait(world.one)) == []
    browser(world.one).post(address, {"answer": "yes"})
    mail.outbox.clear()
    browser(world.other).post(address, {"answer": "yes"})
    trio.refresh_from_db()
    assert trio.outcome == Trio.Outcome.TOGETHER
    crew = Crew.objects.get()
    assert crew.pk == trio.crew_id
    three = [world.one, world.other, world.third]
    assert [seat.person for seat in crew.memberships.present().at_table()] == three
    assert crew.name == "Person, Person & Person"
    assert crew.has_begun
    assert (crew.parent, crew.seats, crew.meetings) == (world.round.congregation, 3, 6)
    assert crew.rhythm_in_words == "Every second week, 45 minutes"
    world.dyad.refresh_from_db()
    assert not world.dyad.is_open
    send_due(seconds=10)
    for person in three:
        assert subjects(person) == ["You are three: Person, Person & Person"]
        assert "Set your first time" in body(letters_to(person)[0])
    assert "Go to your table" in words(browser(world.one), address)
    page = words(browser(world.third), world.round.get_absolute_url())
    assert "You are three this time" in page
    assert crew.get_absolute_url() in page
    assert not Place.objects.filter(round=world.round, heard_at=None).exists()
    with pytest.raises(TrioDecided):
        services.take_first_place(place=world.place, by=world.third)


def test_a_no_ends_it_and_nobody_is_told_whose(world: World) -> None:
    trio = world.ask()
    send_due(seconds=10)
    mail.outbox.clear()
    address = reverse("dyads:trio", args=[trio.pk])
    browser(world.other).post(address, {"answer": "no"})
    trio.refresh_from_db()
    assert trio.outcome == Trio.Outcome.APART
    assert not TrioYes.objects.exists()
    send_due(seconds=10)
    (to_third,), (to_one,) = letters_to(world.third), letters_to(world.one)
    for letter in (to_third, to_one):
        assert letter.subject == "Not three this time"
        assert "There are many reasons" in body(letter)
        assert str(world.other) not in body(letter)
    assert "You have the first place in the next round" in body(to_third)
    assert "You two go on as you are." in body(to_one)
    assert "Not this time" in words(browser(world.one), address)
    world.dyad.refresh_from_db()
    assert world.dyad.is_open
    assert not Crew.objects.exists()
    shown = left_over(world.place)
    assert shown is not None
    assert (shown.state, shown.was_asked) == ("first", True)


def test_the_date_comes_and_the_words_are_the_same(world: World) -> None:
    trio = world.ask()
    services.answer_trio(trio=trio, by=world.one, yes=True)
    send_due(seconds=10)
    mail.outbox.clear()
    assert services.end_trios_where_due(trio.due_at - timedelta(minutes=1)) == 0
    with time_machine.travel(trio.due_at + timedelta(minutes=1), tick=False):
        answer = browser(world.other).post(
            reverse("dyads:trio", args=[trio.pk]), {"answer": "yes"}, follow=True
        )
        assert "This is decided already" in answer.content.decode()
        assert services.end_trios_where_due(timezone.now()) == 1
        assert services.end_trios_where_due(timezone.now()) == 0
        send_due(seconds=10)
    for person in (world.one, world.other, world.third):
        assert subjects(person) == ["Not three this time"]
        assert "There are many reasons" in body(letters_to(person)[0])


def test_a_refusal_said_meanwhile_looks_like_an_answer_that_does_not_come(world: World) -> None:
    trio = world.ask()
    refuse(world.third, world.one)
    for person in (world.one, world.other):
        page = browser(person).post(
            reverse("dyads:trio", args=[trio.pk]), {"answer": "yes"}, follow=True
        )
        assert "You said yes" in page.content.decode()
    trio.refresh_from_db()
    assert trio.outcome == Trio.Outcome.NONE
    assert not Crew.objects.exists()
    assert services.end_trios_where_due(trio.due_at) == 1
    trio.refresh_from_db()
    assert trio.outcome == Trio.Outcome.APART


def test_the_mail_of_a_trio_whose_other_has_deleted_their_account_leads_to_the_round(
    world: World,
) -> None:
    trio = world.ask()
    leave_everything(world.other)
    world.other.delete()
    page = browser(world.one).get(reverse("dyads:trio", args=[trio.pk]), follow=True)
    assert page.redirect_chain[-1][0] == world.round.get_absolute_url()
    assert "were not in this one" not in page.content.decode()


def test_a_dyad_that_ended_meanwhile_is_asked_nothing(world: World) -> None:
    trio = world.ask()
    close(circle=world.dyad, by=world.other)
    send_due(seconds=10)
    assert mail.outbox == []
    assert list(trios_wait(world.one)) == []
    services.answer_trio(trio=trio, by=world.one, yes=True)
    trio.refresh_from_db()
    assert trio.outcome == Trio.Outcome.APART


def test_only_the_two_may_answer(world: World) -> None:
    trio = world.ask()
    address = reverse("dyads:trio", args=[trio.pk])
    steward = world.round.congregation.created_by
    assert steward is not None
    for person in (world.third, steward, make_person()):
        assert browser(person).get(address).status_code == 404
        assert browser(person).post(address, {"answer": "yes"}).status_code == 404
    wrong = browser(world.one).post(address, {"answer": "perhaps"})
    assert wrong.status_code == 422
    assert "Choose one of the two." in wrong.content.decode()
    assert not TrioYes.objects.exists()


def test_a_second_one_left_over_asks_another_pair_or_none() -> None:
    first, second = make_people(2)
    people = [*make_people(4), first, second]
    pairing = make_pairing(people, proposed_at=timezone.now(), published_at=timezone.now())
    for number in range(2):
        pair = ProposedPair.objects.create(round=pairing)
        for side, person in enumerate(people[2 * number : 2 * number + 2], 1):
            Place.objects.filter(round=pairing, person=person).update(pair=pair, side=side)
        services.pair_up(round=pairing, pairs=[pair])
    pairing.places.update(was_in=True)
    asked = set()
    for person in (first, second):
        place = Place.objects.get(round=pairing, person=person)
        trio = services.ask_to_be_three(place=place, by=person)
        assert trio is not None
        asked.add(trio.pair_id)
    assert len(asked) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Trio.objects.filter(place__person=second).update(
            pair=Trio.objects.get(place__person=first).pair
        )


def test_who_became_one_of_three_was_not_left_over(world: World) -> None:
    trio = world.ask()
    for person in (world.one, world.other):
        services.answer_trio(trio=trio, by=person, yes=True)
    later = make_pairing([world.one, world.other, world.third], world.round.congregation, version=2)
    seekers = gather(later, timezone.now()).seekers
    assert not seekers[world.third.pk].left_out_last_time
    assert not Dyad.objects.open().exists()
