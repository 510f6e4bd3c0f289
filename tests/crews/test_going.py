"""A call: “go”, rest, up again; and hands for which there was no seat."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.errors import CircleError, NoSeatLeft, NotAllowed
from circles.models import JoinRequest
from circles.services import accept_request, ask_to_join, leave, take_seat
from crews import errors, services
from crews.models import Crew, Go
from notifications.models import Notice
from notifications.services import queue_due_notices
from people.models import Person
from people.week import hour_of_week
from tests.congregation.pages import signed_in, text
from tests.crews.tables import begin, join, letter_of, make_crew
from tests.crews.test_pages import meet
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


def mate(crew: Crew, seat: int = 1) -> Person:
    return crew.memberships.present().get(seat=seat).person


def told(what: str) -> list[Person]:
    rows = Notice.objects.filter(kind="crews.call", payload__what=what).select_related("person")
    return [row.person for row in rows if row.person]


def page_of(crew: Crew, person: Person) -> str:
    return text(signed_in(person).get(crew.get_absolute_url()))


# --- go -------------------------------------------------------------------------------------


def test_with_the_third_go_a_crew_begins_and_everybody_is_told_once() -> None:
    crew = make_crew(people=3)
    for seat in (1, 2):
        url = reverse("crews:say_go", args=[crew.pk])
        assert "With three it begins." in text(signed_in(mate(crew, seat)).post(url, follow=True))
    crew.refresh_from_db()
    assert not crew.has_begun
    words = text(signed_in(mate(crew, 4)).post(url, follow=True))
    assert "From here on you are equals" in words
    crew.refresh_from_db()
    assert crew.has_begun
    assert crew.caller is None
    assert len(told("begun")) == len(set(told("begun"))) == 4
    with pytest.raises(errors.HasBegun):
        services.say_go(crew=crew, by=mate(crew, 3))


def test_the_page_says_go_and_takes_it_back() -> None:
    crew = make_crew(people=2)
    one = mate(crew)
    assert "Three are at the table: shall it begin?" in page_of(crew, one)
    services.say_go(crew=crew, by=one)
    assert "Two more say “go”, and you begin." in page_of(crew, one)
    assert f"“Go” from {one.first_name}." in page_of(crew, mate(crew, 2))
    url = reverse("crews:take_go_back", args=[crew.pk])
    signed_in(one).post(url)
    assert not Go.objects.exists()


def test_two_cannot_begin_and_nobody_begins_for_others() -> None:
    crew = make_crew(people=1)
    with pytest.raises(errors.TooFewYet):
        services.say_go(crew=crew, by=mate(crew))
    with pytest.raises(NotAllowed):
        services.say_go(crew=crew, by=make_person())


def test_whoever_leaves_takes_their_go_along() -> None:
    crew = make_crew(people=3)
    for seat in (1, 2):
        services.say_go(crew=crew, by=mate(crew, seat))
    leave(circle=crew, by=mate(crew))
    services.say_go(crew=crew, by=mate(crew, 3))
    crew.refresh_from_db()
    assert not crew.has_begun
    assert crew.goes.count() == 2


def test_setting_a_first_meeting_is_its_go_and_one_mail_tells_it() -> None:
    crew = make_crew(people=2)
    meet(crew)
    crew.refresh_from_db()
    assert crew.has_begun
    assert told("begun") == []
    assert Notice.objects.filter(kind="practice.scheduled").count() == 2


def test_the_mail_of_a_beginning_leads_to_finding_a_time() -> None:
    crew = begin(make_crew(people=2))
    letter = letter_of(Notice.objects.filter(kind="crews.call").first())
    assert "begins" in letter.subject
    assert reverse("practice:find", args=[crew.pk]) in letter.context["button"]["url"]


# --- rest -----------------------------------------------------------------------------------


def test_the_caller_lets_a_call_rest_and_anybody_in_takes_it_up_again() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=1)
    caller, other = mate(crew), mate(crew, 2)
    hand = ask_to_join(circle=crew, by=estuary.created_by)
    url = reverse("crews:let_rest", args=[crew.pk])
    assert signed_in(other).get(url).status_code == 403
    assert "About half of all calls" in text(signed_in(caller).get(url))
    signed_in(caller).post(url, {"words": "Not this winter."})
    crew.refresh_from_db()
    hand.refresh_from_db()
    assert crew.is_resting
    assert hand.state == JoinRequest.State.DECLINED
    assert told("rests") == [other]
    assert letter_of(Notice.objects.get(kind="crews.call")).context["said"] == "Not this winter."
    assert crew.name not in text(signed_in(estuary.created_by).get(reverse("crews:index")))
    with pytest.raises(errors.CallRests):
        ask_to_join(circle=crew, by=estuary.created_by)
    assert "This call rests" in page_of(crew, other)
    signed_in(other).post(reverse("crews:take_up", args=[crew.pk]))
    crew.refresh_from_db()
    assert not crew.is_resting
    assert told("taken_up") == [caller]
    assert crew.name in text(signed_in(estuary.created_by).get(reverse("crews:index")))


def test_when_the_caller_has_left_anybody_in_may_let_it_rest() -> None:
    crew = make_crew(people=2)
    with pytest.raises(NotAllowed):
        services.let_call_rest(crew=crew, by=mate(crew, 2))
    leave(circle=crew, by=mate(crew))
    assert services.let_call_rest(crew=crew, by=mate(crew, 2)).is_resting


def test_a_call_that_lies_for_three_weeks_asks_its_caller_once() -> None:
    crew = make_crew(people=1)
    for days, asked in ((20, 0), (22, 1), (23, 1)):
        long_ago = timezone.now() - timedelta(days=days)
        Crew.objects.filter(pk=crew.pk).update(created_at=long_ago)
        queue_due_notices(timezone.now())
        assert told("lies") == [mate(crew)] * asked
    letter = letter_of(Notice.objects.get(kind="crews.call"))
    assert "About half of all calls" in letter.context["paragraphs"][0]


# --- hands without a seat -------------------------------------------------------------------


def test_hands_without_a_seat_hear_why_and_where_else_there_is_one() -> None:
    estuary = make_congregation()
    evening = hour_of_week(1, 19)
    asker = make_person("Gro Obi", suitable_hours=[evening])
    take_seat(circle=estuary, person=asker)
    crew = make_crew(parent=estuary, people=1, seats=3)
    far = make_crew(parent=estuary)
    near = services.call(
        by=estuary.created_by, name="Near", intention="x", seats=4, hours=[evening], parent=estuary
    )
    ask_to_join(circle=crew, by=asker)
    join(crew, make_person())
    notice = Notice.objects.get(kind="crews.no_seat")
    assert notice.person == asker
    onward = letter_of(notice).context["paragraphs"][1]
    assert onward.index("Near") < onward.index(far.name)
    assert str(near) in text(signed_in(asker).get("/today/"))
    ask_to_join(circle=near, by=asker)
    assert f"No seat at {crew}" not in text(signed_in(asker).get("/today/"))


def test_a_full_table_with_fewer_chairs_says_so_to_both_sides() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=2, seats=3)
    with pytest.raises(NoSeatLeft):
        ask_to_join(circle=crew, by=estuary.created_by)
    assert "You can set another chair" in page_of(crew, mate(crew))


def test_hours_are_told_by_the_readers_clock() -> None:
    lisbon = make_person(time_zone="Europe/Lisbon")
    estuary = make_congregation(by=lisbon)
    reader = make_person(
        time_zone="Asia/Kathmandu", suitable_hours=[hour_of_week(3, 0), hour_of_week(3, 1)]
    )
    take_seat(circle=estuary, person=reader)
    crew = services.call(
        by=lisbon,
        name="Far",
        intention="x",
        seats=5,
        languages=["pt"],
        hours=[hour_of_week(2, 18), hour_of_week(2, 19)],
        parent=estuary,
    )
    winter = "Wed 23:45–1:45"
    summer = "Wed 22:45–0:45"
    for words in (page_of(crew, reader), text(signed_in(reader).get(reverse("crews:index")))):
        assert winter in words or summer in words
        assert "Português" in words
        assert "Six meetings, then you look back." in words
    assert "Wed 18:00–20:00" in page_of(crew, lisbon)


def test_the_form_begins_with_the_callers_own_hours_and_keeps_what_was_ticked() -> None:
    caller = make_person(suitable_hours=[hour_of_week(0, 18)], languages=["de", "en"])
    client, url = signed_in(caller), reverse("crews:call")
    words = text(client.get(url))
    assert f'value="{hour_of_week(0, 18)}" checked' in words
    assert "Deutsch, English, one hour" in words
    typed = {"name": "", "intention": "x", "seats": "4", "meetings": "8", "hours": ["60", "61"]}
    words = text(client.post(url, typed))
    assert 'value="60" checked' in words
    assert f'value="{hour_of_week(0, 18)}" checked' not in words
    client.post(url, {**typed, "name": "Eight", "languages": ["de"]})
    crew = Crew.objects.get()
    assert (crew.hours, crew.languages, crew.meetings) == ([60, 61], ["de"], 8)
    assert client.post(url, {**typed, "name": "x", "hours": ["168"]}).status_code == 422
    assert client.post(url, {**typed, "name": "x", "meetings": "11"}).status_code == 422


def test_a_yes_to_the_last_seat_helps_the_others_onward_but_not_twice() -> None:
    estuary = make_congregation(people=3)
    crew = make_crew(parent=estuary, people=1, seats=3)
    askers = [seat.person for seat in estuary.memberships.present().order_by("seat")[1:4]]
    hands = [ask_to_join(circle=crew, by=asker) for asker in askers]
    accept_request(request=hands[0], by=mate(crew))
    for hand in hands[1:]:
        with pytest.raises(CircleError):
            accept_request(request=hand, by=mate(crew))
    rows = Notice.objects.filter(kind="crews.no_seat")
    assert {row.person for row in rows} == set(askers[1:])
    assert rows.count() == 2
