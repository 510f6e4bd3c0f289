"""A table of six, a seventh hand, and two tables."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Circle, JoinRequest, Preference
from circles.services import ask_to_join, leave, take_seat, withdraw_request
from crews import errors, services
from crews.models import Crew, Split, SplitPlace
from crews.rules.agreements import Texts
from crews.services.splits import tables_of
from notifications.models import Notice
from notifications.services import queue_due_notices
from people.models import Person
from practice.models import PracticeSession
from tests.congregation.pages import signed_in, text
from tests.crews.tables import letter_of, make_crew
from tests.crews.test_pages import meet
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def estuary() -> Circle:
    founded: Circle = make_congregation(by=make_person("Gro Obi"))
    return founded


@pytest.fixture
def crew(estuary: Circle) -> Crew:
    return make_crew(parent=estuary, people=5)


def people_of(crew: Circle) -> list[Person]:
    return [seat.person for seat in crew.memberships.present().at_table()]


def neighbour(crew: Crew) -> Person:
    """Gro, of the congregation, who does not sit at the table."""
    assert crew.parent is not None
    assert crew.parent.created_by is not None
    return crew.parent.created_by


def raise_seventh(crew: Crew) -> JoinRequest:
    return ask_to_join(circle=crew, by=neighbour(crew), message="May I?")


def split_of(crew: Crew, seventh: Person | None = None) -> Split:
    return services.open_split(crew=crew, by=people_of(crew)[0], seventh=seventh)


def at(split: Split, table: int) -> list[Person]:
    return [place.person for place in split.places.filter(table=table).select_related("person")]


def all_say_it_suits(split: Split) -> Crew | None:
    second = None
    for place in tables_of(split).places.values():
        second = services.say_it_suits(split=split, by=place.person)
    return second


def told(what: str) -> set[Person]:
    rows = Notice.objects.filter(kind="crews.split", payload__what=what).select_related("person")
    return {row.person for row in rows if row.person}


# --- the seventh ----------------------------------------------------------------------------


def test_a_seventh_hand_is_met_with_the_reason(crew: Crew) -> None:
    asker = signed_in(neighbour(crew))
    assert "at eight a table breaks in two" in text(asker.get(crew.get_absolute_url()))
    way = reverse("circles:ask", args=[crew.pk])
    assert "fifteen pairs" in text(asker.get(way))
    words = text(asker.post(way, {"message": "May I?"}, follow=True))
    assert "Your hand is up as the seventh." in words
    hand = JoinRequest.objects.get(circle=crew)
    inside = text(signed_in(people_of(crew)[3]).get(crew.get_absolute_url()))
    for said in ("A seventh hand is up", "15 pairs", "21", "Gro Obi", "May I?", "Stay as you are"):
        assert said in inside
    answering = text(signed_in(people_of(crew)[3]).get(hand.get_absolute_url()))
    assert "Go to the table" in answering
    assert "Yes, welcome" not in answering


def test_staying_as_they_are_is_told_kindly(crew: Crew) -> None:
    hand = raise_seventh(crew)
    url = reverse("crews:answer_seventh", args=[crew.pk, hand.pk])
    words = text(signed_in(people_of(crew)[2]).post(url, {"answer": "stay"}, follow=True))
    assert "You stay as you are." in words
    hand.refresh_from_db()
    assert hand.state == JoinRequest.State.DECLINED
    letter = letter_of(Notice.objects.get(kind="crews.no_seat"))
    assert "They stay the six they are" in letter.context["paragraphs"][0]
    assert len(people_of(crew)) == 6


def test_an_old_window_does_not_call_off_what_was_laid_meanwhile(crew: Crew) -> None:
    hand = raise_seventh(crew)
    split = split_of(crew, hand.person)
    url = reverse("crews:answer_seventh", args=[crew.pk, hand.pk])
    words = text(signed_in(people_of(crew)[2]).post(url, {"answer": "stay"}, follow=True))
    assert "A proposal for two tables lies there already." in words
    assert "You stay as you are." not in words
    assert len(tables_of(split).places) == 7
    hand.refresh_from_db()
    assert hand.state == JoinRequest.State.WAITING


def test_becoming_two_with_the_seventh(crew: Crew) -> None:
    hand = raise_seventh(crew)
    url = reverse("crews:answer_seventh", args=[crew.pk, hand.pk])
    words = text(signed_in(people_of(crew)[2]).post(url, {"answer": "two"}, follow=True))
    assert "seven of you have yet to say whether it suits" in words
    split = Split.objects.get()
    assert split.places.count() == 7
    seventh = signed_in(hand.person)
    assert "Two tables are laid" in text(seventh.get(crew.get_absolute_url()))
    page = text(seventh.get(reverse("crews:split", args=[crew.pk])))
    assert "This suits me" in page
    second = all_say_it_suits(split)
    assert second is not None
    assert {len(people_of(crew)), len(people_of(second))} == {3, 4}
    hand.refresh_from_db()
    assert hand.state == JoinRequest.State.ACCEPTED
    assert hand.person in [*people_of(crew), *people_of(second)]
    assert not Notice.objects.filter(kind="crews.no_seat").exists()


# --- two tables -----------------------------------------------------------------------------


def test_two_crews_keep_what_they_were(crew: Crew) -> None:
    services.agree(crew=crew, by=people_of(crew)[0], texts=Texts("We begin on time."))
    meet(crew)
    split = split_of(crew)
    before, first, others = set(people_of(crew)), set(at(split, 1)), set(at(split, 2))
    services.name_tables(
        split=split, by=people_of(crew)[1], first_name="Kettle", second_name="Ferry"
    )
    second = all_say_it_suits(split)
    crew.refresh_from_db()
    assert second is not None
    assert (set(people_of(crew)), set(people_of(second))) == (first, others)
    assert first | others == before
    assert (crew.name, second.name, second.parent_id) == ("Kettle", "Ferry", crew.parent_id)
    assert second.editions.get().together == "We begin on time."
    assert second.has_begun
    assert PracticeSession.objects.filter(circle=crew).count() == 2
    assert not PracticeSession.objects.filter(circle=second).exists()
    assert told("happened") == before
    assert not Notice.objects.filter(kind__in=["circles.left", "circles.joined"]).exists()
    mine = Notice.objects.get(kind="crews.split", payload__what="happened", person=at(split, 2)[0])
    assert "You sit at Ferry with" in letter_of(mine).context["paragraphs"][0]


def test_it_happens_only_when_it_suits_all(crew: Crew) -> None:
    split = split_of(crew)
    *most, last = people_of(crew)
    for person in most:
        assert services.say_it_suits(split=split, by=person) is None
    services.say_it_suits(split=split, by=most[0], suits=False)
    assert services.say_it_suits(split=split, by=last) is None
    assert len(people_of(crew)) == 6
    assert services.say_it_suits(split=split, by=most[0]) is not None
    with pytest.raises(errors.NoSplit):
        services.change_table(split=split, by=last)


def test_at_three_and_three_two_change_places(crew: Crew) -> None:
    split = split_of(crew)
    one, other = at(split, 1)[0], at(split, 2)[0]
    url = reverse("crews:press_split", args=[crew.pk])
    words = text(signed_in(one).post(url, {"press": "change"}, follow=True))
    assert "Three stay at each table." in words
    assert f"Change places with {one.first_name}" in text(
        signed_in(other).get(reverse("crews:split", args=[crew.pk]))
    )
    services.say_it_suits(split=split, by=at(split, 1)[1])
    signed_in(other).post(url, {"press": "change"})
    assert one in at(split, 2)
    assert other in at(split, 1)
    shown = text(signed_in(at(split, 1)[0]).get(reverse("crews:split", args=[crew.pk])))
    assert shown.count("it suits") >= 1
    assert split.places.filter(suits_since__isnull=False).count() == 1


def test_whoever_said_it_suits_sees_who_has_moved_since(crew: Crew) -> None:
    hand = raise_seventh(crew)
    split = split_of(crew, hand.person)
    larger = 1 if len(at(split, 1)) == 4 else 2
    stays = at(split, 3 - larger)[0]
    services.say_it_suits(split=split, by=stays)
    goes = at(split, larger)[0]
    assert services.change_table(split=split, by=goes) is True
    words = text(signed_in(stays).get(reverse("crews:split", args=[crew.pk])))
    assert f"{goes.first_name} has changed tables since" in words


def test_with_five_there_are_no_two_tables_and_one_more_is_looked_for(estuary: Circle) -> None:
    crew = make_crew(parent=estuary, people=4)
    with pytest.raises(errors.TooFewForTwo):
        split_of(crew)
    words = text(signed_in(people_of(crew)[0]).get(reverse("crews:split", args=[crew.pk])))
    assert "One more, and you could be two tables" in words
    assert reverse("circles:invite", args=[crew.pk]) in words


def test_one_proposal_at_a_time_and_only_from_inside(crew: Crew) -> None:
    with pytest.raises(NotAllowed):
        services.open_split(crew=crew, by=make_person())
    with pytest.raises(NotAllowed):
        split_of(crew, make_person())
    url = reverse("crews:split", args=[crew.pk])
    assert "You are 6: 15 pairs" in text(signed_in(people_of(crew)[0]).get(url))
    signed_in(people_of(crew)[0]).post(url)
    assert told("opened") == set(people_of(crew)[1:])
    with pytest.raises(errors.AlreadySplitting):
        split_of(crew)
    assert signed_in(neighbour(crew)).get(url).status_code == 403


def test_anybody_calls_it_off_and_all_hear(crew: Crew) -> None:
    split_of(crew)
    off = people_of(crew)[4]
    url = reverse("crews:press_split", args=[crew.pk])
    signed_in(off).post(url, {"press": "call-off"})
    assert told("called_off") == set(people_of(crew)) - {off}
    assert not Split.objects.open().exists()
    split_of(crew)


def test_leaving_takes_the_place_along_and_five_stay_one_table(crew: Crew) -> None:
    hand = raise_seventh(crew)
    split = split_of(crew, hand.person)
    leave(circle=crew, by=people_of(crew)[5])
    assert len(tables_of(split).places) == 6
    newcomer = make_person()
    take_seat(circle=crew.parent, person=newcomer)  # type: ignore[arg-type]
    take_seat(circle=crew, person=newcomer)
    assert len(tables_of(split).places) == 7
    withdraw_request(request=hand, by=hand.person)
    leave(circle=crew, by=people_of(crew)[0])
    split.refresh_from_db()
    assert split.outcome == Split.Outcome.CALLED_OFF


def test_whoever_is_silent_is_asked_once_after_ten_days(crew: Crew) -> None:
    split = split_of(crew)
    services.say_it_suits(split=split, by=people_of(crew)[0])
    for days, asked in ((9, 0), (11, 5), (12, 5)):
        Split.objects.update(opened_at=timezone.now() - timedelta(days=days))
        queue_due_notices(timezone.now())
        assert Notice.objects.filter(payload__what="asked").count() == asked
    assert (
        "Does it suit you"
        in letter_of(Notice.objects.filter(payload__what="asked").first()).subject
    )


def test_no_word_tells_of_a_refusal_or_of_somebody_elses_wish(crew: Crew) -> None:
    one, other, third, *_ = people_of(crew)
    Preference.objects.create(by=one, whom=other, kind=Preference.Kind.RATHER_NOT)
    Preference.objects.create(by=one, whom=third, kind=Preference.Kind.WISH)
    split = split_of(crew)
    tables = [set(at(split, 1)), set(at(split, 2))]
    assert all(not {one, other} <= table for table in tables)
    assert any({one, third} <= table for table in tables)
    url = reverse("crews:split", args=[crew.pk])
    assert f"You wished to sit with {third.first_name}." in text(signed_in(one).get(url))
    for person in (other, third):
        words = text(signed_in(person).get(url))
        assert "wished" not in words
        assert "rather not" not in words


def test_the_two_tables_cost_as_much_with_seven_as_with_six(crew: Crew) -> None:
    counts = []
    hand = raise_seventh(crew)
    for seventh in (None, hand.person):
        split = split_of(crew, seventh)
        client = signed_in(people_of(crew)[0])
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("crews:split", args=[crew.pk]))
        counts.append(len(asked))
        services.call_split_off(split=split, by=people_of(crew)[0])
    assert counts[1] <= counts[0] + 1
    assert SplitPlace.objects.count() == 13
