"""Open seats of crews that have begun, and the people who come late."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.models import Circle, JoinRequest, Preference
from circles.services import accept_request, ask_to_join, close, decline_request, leave, take_seat
from crews import services
from crews.models import Crew, SeatOffer
from crews.services.fitting import fits_for
from notifications.kinds import find
from notifications.letters import Dropped, Letter
from notifications.models import Notice
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.crews.desks import FRIDAY, TUESDAY, hand, on
from tests.crews.published import (
    EVENING,
    at,
    crew_of,
    make_published,
    out,
    set_table,
    told,
    yes,
)
from tests.factories import make_congregation, make_person, sit

pytestmark = pytest.mark.django_db

SEATS = reverse("crews:seats")


def begun_crew(
    parent: Circle, count: int = 3, hours: list[int] = EVENING, **fields: object
) -> Crew:
    """A crew that goes on, whose people have said their hours."""
    crew = Crew.objects.create(
        scale="crew",
        parent=parent,
        **{"name": "Slow Kettle", "seats": 5, "begun_at": timezone.now(), **fields},
    )
    first, *others = [make_person(suitable_hours=hours) for _ in range(count)]
    sit(parent, first, *others)
    take_seat(circle=crew, person=first)
    sit(crew, *others)
    return crew


def newcomer(parent: Circle, hours: list[int] = EVENING, **fields: object) -> Person:
    person = make_person("Noor Late", suitable_hours=hours, **fields)
    sit(parent, person)
    return person


def mate(crew: Crew) -> Person:
    return crew.memberships.present().get(seat=1).person


def offer() -> None:
    services.offer_seats(timezone.now())


def letter(kind: str, person: Person) -> Letter | Dropped:
    found = find(kind)
    assert found is not None
    return found.build(Notice.objects.get(kind=kind, person=person))


# --- being found -----------------------------------------------------------------------------


def test_a_newcomer_hears_once_of_up_to_three_tables_that_fit() -> None:
    estuary = make_congregation()
    for number in range(4):
        begun_crew(estuary, name=f"Table {number}")
    person = newcomer(estuary)
    offer()
    offer()
    assert told("crews.seats") == [person.pk]
    assert SeatOffer.objects.waiting().filter(person=person).count() == 3
    mail = letter("crews.seats", person)
    assert isinstance(mail, Letter)
    assert mail.context["paragraphs"][0].endswith(
        "Tuesdays at 19:00 your time suits you and everybody there."
    )
    assert len(mail.context["paragraphs"]) == 4


def test_today_says_it_and_the_page_shows_why() -> None:
    estuary = make_congregation()
    crew = begun_crew(estuary, hours=on(TUESDAY, 18, 22))
    person = newcomer(estuary, on(TUESDAY, 19, 23), time_zone="UTC")
    offer()
    today = text(signed_in(person).get("/today/"))
    assert "A table has a seat that fits you" in today
    assert "Tuesdays at 19:00 your time, at Slow Kettle." in today
    shown = text(signed_in(person).get(SEATS))
    assert "Tuesdays at 19:00 your time suits you and everybody there." in shown
    response = signed_in(person).post(reverse("crews:seat_raise", args=[crew.pk]), follow=True)
    assert "Your hand is up at Slow Kettle" in text(response)
    assert SeatOffer.objects.get().answer == "taken"
    assert "A table has a seat" not in text(signed_in(person).get("/today/"))


def test_the_crew_reads_why_and_answers_as_always() -> None:
    estuary = make_congregation()
    forming = make_published(estuary, ended_at=timezone.now())
    crew, person = begun_crew(estuary), newcomer(estuary)
    for one in (mate(crew), person):
        hand(forming, person=one, interests=["making"])
    request = services.raise_hand(crew=crew, by=person)
    shown = text(signed_in(mate(crew)).get(request.get_absolute_url()))
    assert "Tuesdays at 19:00 your time suits Noor and all of you." in shown
    assert "Noor chose “making things by hand”, as did you." in shown
    accept_request(request=request, by=mate(crew))
    assert person.pk in at(crew)


def test_not_for_me_is_never_asked_again() -> None:
    estuary = make_congregation()
    crew, person = begun_crew(estuary), newcomer(estuary)
    offer()
    signed_in(person).post(reverse("crews:seat_no", args=[crew.pk]))
    offer()
    assert not SeatOffer.objects.waiting().exists()
    assert "No open seat fits just now" in text(signed_in(person).get(SEATS))
    assert told("circles.asked") == []


@pytest.mark.parametrize(
    "why", ["closed to newcomers", "full", "resting", "not begun", "ended", "hours", "no hours"]
)
def test_what_does_not_fit_is_not_offered(why: str) -> None:
    estuary = make_congregation()
    crew = begun_crew(estuary)
    person = newcomer(estuary, on(FRIDAY) if why == "hours" else EVENING)
    changes: dict[str, dict[str, object]] = {
        "closed to newcomers": {"takes_newcomers": False},
        "full": {"seats": 3},
        "resting": {"resting_since": timezone.now()},
        "not begun": {"begun_at": None},
        "ended": {"closed_at": timezone.now()},
    }
    Crew.objects.update(**changes.get(why, {"name": "Slow Kettle"}))
    if why == "no hours":
        Person.objects.filter(pk=person.pk).update(suitable_hours=[])
    offer()
    assert not SeatOffer.objects.exists()
    assert told("crews.seats") == []
    assert crew.name not in text(signed_in(person).get(SEATS))


@pytest.mark.parametrize("says", ["newcomer", "crew"])
def test_no_table_with_anybody_who_would_rather_not(says: str) -> None:
    estuary = make_congregation()
    crew, person = begun_crew(estuary), newcomer(estuary)
    by, whom = (person, mate(crew)) if says == "newcomer" else (mate(crew), person)
    Preference.objects.create(by=by, whom=whom, kind=Preference.Kind.RATHER_NOT)
    offer()
    assert not SeatOffer.objects.exists()
    assert "No open seat fits just now" in text(signed_in(person).get(SEATS))


@pytest.mark.parametrize(
    ("mine", "theirs", "fits"),
    [
        (["en"], ["de"], False),
        (["en"], ["en", "de"], True),
        (["en"], [], True),
        ([], ["de"], True),
    ],
)
def test_there_is_a_language_for_all(mine: list[str], theirs: list[str], fits: bool) -> None:
    estuary = make_congregation()
    crew = begun_crew(estuary)
    Person.objects.filter(memberships__circle=crew).update(languages=theirs)
    person = newcomer(estuary, languages=mine)
    offer()
    assert SeatOffer.objects.filter(person=person).exists() == fits


@pytest.mark.parametrize("why", ["has a crew", "hand up", "in a round", "stepped out"])
def test_who_waits_for_something_or_wanted_peace_is_left_alone(why: str) -> None:
    estuary = make_congregation()
    crew, person = begun_crew(estuary), newcomer(estuary)
    if why == "has a crew":
        take_seat(circle=begun_crew(estuary, hours=on(FRIDAY)), person=person)
    elif why == "hand up":
        ask_to_join(circle=crew, by=person)
    elif why == "in a round":
        hand(make_published(estuary), person=person)
    else:
        forming = make_published(estuary)
        seats = set_table(forming, 3)
        Person.objects.filter(pk=seats[0].participant.person_id).update(suitable_hours=EVENING)
        out(seats[0])
        forming.ended_at = timezone.now()
        forming.save()
        person = seats[0].participant.person
    offer()
    assert not SeatOffer.objects.filter(person=person).exists()


# --- what becomes of it ----------------------------------------------------------------------


def test_offers_go_when_the_last_seat_is_taken() -> None:
    estuary = make_congregation()
    crew, one, other = begun_crew(estuary, 4), newcomer(estuary), newcomer(estuary)
    offer()
    accept_request(request=services.raise_hand(crew=crew, by=one), by=mate(crew))
    assert SeatOffer.objects.get(person=other).answer == "gone"
    assert isinstance(letter("crews.seats", other), Dropped)
    assert isinstance(letter("crews.seats", one), Dropped)


def test_who_sits_down_is_offered_nothing_more_there() -> None:
    estuary = make_congregation()
    crew, _other = begun_crew(estuary), begun_crew(estuary)
    person = newcomer(estuary)
    offer()
    take_seat(circle=crew, person=person)
    answers = SeatOffer.objects.order_by("crew").values_list("answer", flat=True)
    assert list(answers) == ["taken", "gone"]


def test_a_crew_that_ends_or_closes_itself_takes_its_offers_along() -> None:
    estuary = make_congregation()
    crew, person = begun_crew(estuary), newcomer(estuary)
    offer()
    close(circle=crew, by=mate(crew))
    assert not SeatOffer.objects.waiting().exists()
    offer()
    assert SeatOffer.objects.get().answer == "gone"
    assert isinstance(letter("crews.seats", person), Dropped)


def test_a_seat_that_is_free_again_is_on_today_again_without_a_mail() -> None:
    estuary = make_congregation()
    crew, person = begun_crew(estuary), newcomer(estuary)
    offer()
    Crew.objects.update(seats=3)
    offer()
    assert not SeatOffer.objects.waiting().exists()
    Crew.objects.update(seats=4)
    offer()
    assert SeatOffer.objects.waiting().get().crew == crew
    assert told("crews.seats") == [person.pk]


def test_after_not_now_the_table_is_not_offered_again() -> None:
    estuary = make_congregation()
    crew, person = begun_crew(estuary), newcomer(estuary)
    decline_request(request=services.raise_hand(crew=crew, by=person), by=mate(crew))
    offer()
    assert not SeatOffer.objects.waiting().exists()


def test_who_leaves_the_congregation_is_offered_nothing() -> None:
    estuary = make_congregation()
    begun_crew(estuary)
    person = newcomer(estuary)
    offer()
    leave(circle=estuary, by=person)
    assert not SeatOffer.objects.waiting().exists()
    assert isinstance(letter("crews.seats", person), Dropped)


def test_seats_are_kept_for_those_a_round_has_proposed_there() -> None:
    forming = make_published()
    seats = set_table(forming, 4)
    Person.objects.filter(round_hands__round=forming).update(suitable_hours=EVENING)
    yes(*seats[:3])
    person = newcomer(forming.congregation)
    offer()
    assert not SeatOffer.objects.exists()
    yes(seats[3])
    offer()
    assert SeatOffer.objects.get().person == person
    assert SeatOffer.objects.get().crew == crew_of(seats[0])


# --- the page --------------------------------------------------------------------------------


def test_without_hours_or_a_congregation_the_page_says_what_first() -> None:
    assert "you are in none yet" in text(signed_in(make_person()).get(SEATS))
    person = newcomer(make_congregation(), [])
    shown = text(signed_in(person).get(SEATS))
    assert "Say which hours of the week usually suit you" in shown
    assert reverse("people:hours") in shown


def test_a_crew_says_that_it_takes_no_newcomers() -> None:
    crew = begun_crew(make_congregation())
    client, url = signed_in(mate(crew)), reverse("crews:edit", args=[crew.pk])
    assert "We take newcomers" in text(client.get(url))
    words = {"name": "Kettle", "intention": "Slowly.", "seats": "5", "meetings": "6"}
    client.post(url, words)
    crew.refresh_from_db()
    assert not crew.takes_newcomers
    client.post(url, {**words, "takes_newcomers": "on"})
    crew.refresh_from_db()
    assert crew.takes_newcomers


def test_the_page_asks_as_often_for_many_as_for_few() -> None:
    def queries(person: Person) -> int:
        client = signed_in(person)
        client.get(SEATS)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(SEATS).status_code == 200
        return len(asked)

    few, many = make_congregation(), make_congregation()
    begun_crew(few)
    for _ in range(5):
        begun_crew(many, 4)
    assert queries(newcomer(few)) == queries(newcomer(many))


def test_offering_asks_as_often_for_many_as_for_few() -> None:
    def queries(crews: int, people: int) -> int:
        estuary = make_congregation()
        for _ in range(crews):
            begun_crew(estuary)
        newcomers = [newcomer(estuary) for _ in range(people)]
        with CaptureQueriesContext(connection) as asked:
            found = fits_for(newcomers, [estuary], timezone.now() + timedelta(days=1))
        assert all(found[one.pk] for one in newcomers)
        return len(asked)

    assert queries(1, 1) == queries(4, 5)


def test_raising_a_hand_twice_is_one_hand() -> None:
    estuary = make_congregation()
    crew, person = begun_crew(estuary), newcomer(estuary)
    for _ in range(2):
        signed_in(person).post(reverse("crews:seat_raise", args=[crew.pk]))
    assert JoinRequest.objects.count() == 1
