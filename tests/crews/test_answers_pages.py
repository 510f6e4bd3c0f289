"""What people read and press once a round is published."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crews import services
from crews.models import Crew, FormingRound, ProposedSeat
from crews.rules.dates import coming
from notifications.kinds import find
from notifications.letters import Letter
from notifications.models import Notice
from notifications.services import queue_due_notices
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.crews.desks import FRIDAY, TUESDAY, hand, on, table
from tests.crews.published import (
    EVENING,
    at,
    crew_of,
    make_published,
    out,
    said,
    seats_of,
    set_table,
    the_day_comes,
    yes,
)
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


def url(seat: ProposedSeat, word: str) -> str:
    return reverse("crews:answer_seat", args=[seat.pk, word])


def press(seat: ProposedSeat, word: str) -> str:
    return text(signed_in(seat.participant.person).post(url(seat, word), follow=True))


def shown(forming: FormingRound, person: Person) -> str:
    return text(signed_in(person).get(forming.get_absolute_url()))


def named(forming: FormingRound, *names: str) -> list[ProposedSeat]:
    hands = [hand(forming, name, EVENING, interests=["making"]) for name in names]
    return seats_of(table(forming, hands, name="Tuesday evenings"))


def test_each_reads_who_why_when_and_until_when() -> None:
    forming = make_published()
    zones = {"Adaeze": "Europe/London", "Benno": "Europe/Berlin", "Cleo": "UTC"}
    hands = [hand(forming, name, on(TUESDAY, 18, 23), zone) for name, zone in zones.items()]
    seats = seats_of(table(forming, hands, name="Tuesday evenings"))
    page = shown(forming, seats[1].participant.person)
    assert "A table for you: Tuesday evenings" in page
    assert "Tuesdays at 19:00 your time, every second week" in page
    assert "Adaeze" in page
    assert "Cleo" in page
    assert "That hour on everybody’s wall" in page
    assert "Everybody there is new to you." in page
    assert "Answer until" in page
    assert "Yes, I take this seat" in page


def test_yes_then_back_then_not_for_me_then_after_all() -> None:
    forming = make_published()
    ada, bo, cleo = named(forming, "Adaeze", "Benno", "Cleo")
    yes(bo)
    assert "Yes so far: Benno. With two more the crew begins." in shown(
        forming, ada.participant.person
    )
    page = press(ada, "yes")
    assert "You said yes to Tuesday evenings" in page
    assert "Yes so far: you and Benno. With one more yes the crew begins." in page
    assert "Yes, I take this seat" in press(ada, "back")
    assert "The seat is free again" in press(ada, "out")
    assert "Benno" not in shown(forming, ada.participant.person)
    assert "Adaeze" not in shown(forming, bo.participant.person)
    press(ada, "yes")
    page = press(cleo, "yes")
    assert "Tuesday evenings has begun, and you are in it" in page
    assert len(at(crew_of(cleo))) == 3


def test_a_double_click_and_the_back_button_do_no_harm() -> None:
    seats = set_table(make_published(), 3)
    for seat in seats:
        press(seat, "yes")
        press(seat, "yes")
    assert Crew.objects.count() == 1
    assert "You can leave it on its own page" in press(seats[0], "out")
    assert len(at(crew_of(seats[0]))) == 3


def test_who_had_to_sign_in_first_reads_the_round_before_anything_is_said() -> None:
    seat = set_table(make_published(), 3)[0]
    response = signed_in(seat.participant.person).get(url(seat, "yes"))
    assert (response.status_code, said(seat)) == (303, "waiting")


def test_an_answer_after_the_day_is_told_kindly_what_is_possible() -> None:
    forming = make_published()
    seats = set_table(forming, 3)
    client = signed_in(seats[0].participant.person)
    FormingRound.objects.update(answers_due=timezone.now() - timedelta(seconds=1))
    response = client.post(url(seats[0], "yes"))
    assert response.status_code == 409
    assert "Nothing has changed." in text(response)
    assert reverse("crews:seats") in text(response)
    assert said(seats[0]) == "waiting"


def test_a_full_crew_is_told_kindly_too() -> None:
    seats = set_table(make_published(), 4)
    yes(*seats[:3])
    Crew.objects.update(seats=3)
    response = signed_in(seats[3].participant.person).post(url(seats[3], "yes"))
    assert response.status_code == 409
    assert said(seats[3]) == "waiting"


@pytest.mark.parametrize("word", ["yes", "out", "back"])
def test_before_publishing_there_is_no_such_address(word: str) -> None:
    forming = make_published(published_at=None, answers_due=None)
    seat = set_table(forming, 3)[0]
    client = signed_in(seat.participant.person)
    assert client.post(url(seat, word)).status_code == 404
    assert client.post(url(seat, "maybe")).status_code == 404


def test_others_and_stewards_read_counts_and_no_names() -> None:
    forming = make_published()
    ada, bo, cleo, dana = named(forming, "Adaeze", "Benno", "Cleo", "Dana")
    yes(ada, bo, cleo)
    out(dana)
    other = hand(make_published(make_congregation()), "Elsewhere").person
    assert signed_in(other).get(forming.get_absolute_url()).status_code == 404
    steward = forming.congregation.created_by
    assert steward is not None
    page = shown(forming, steward)
    assert "One crew has begun" in page
    assert "Seats taken: 3; not answered yet: 0; free again: 1." in page
    assert "Dana" not in page
    assert "Mend now" in page
    member = make_person("Mo")
    hand(forming, person=member)
    page = shown(forming, member)
    assert "Seats taken" not in page
    assert "Adaeze" not in page
    assert "No seat for you yet" in page


def test_a_steward_mends_by_hand_and_the_second_table_is_read() -> None:
    forming = make_published()
    one, other = set_table(forming, 3), set_table(forming, 3)
    yes(*one[:2], *other[:2])
    out(one[2], other[2])
    steward = forming.congregation.created_by
    assert steward is not None
    response = signed_in(steward).post(reverse("crews:mend_round", args=[forming.pk]), follow=True)
    assert "Counted." in text(response)
    person = one[0].participant.person
    assert "We look again for you" in shown(forming, person)
    services.tend_rounds(timezone.now())
    assert "A new table for you: Tuesday evenings" in shown(forming, person)
    assert "what was left was proposed once more" in shown(forming, steward)
    gone = shown(forming, one[2].participant.person)
    assert "after all" not in gone
    assert "No crew has begun yet" in gone


def test_while_not_all_have_answered_a_steward_waits() -> None:
    forming = make_published()
    set_table(forming, 3)
    steward = forming.congregation.created_by
    assert steward is not None
    assert "Mend now" not in shown(forming, steward)
    response = signed_in(steward).post(reverse("crews:mend_round", args=[forming.pk]), follow=True)
    assert "Not all have answered yet." in text(response)
    forming.refresh_from_db()
    assert forming.settled_at is None


def test_when_it_is_over_all_read_which_crews_came_of_it() -> None:
    forming = make_published()
    seats = named(forming, "Adaeze", "Benno", "Cleo", "Dana")
    yes(*seats[:3])
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        the_day_comes(forming)
        assert "You sit at Tuesday evenings." in shown(forming, seats[0].participant.person)
        page = shown(forming, seats[3].participant.person)
    assert "One crew came of" in page
    assert "2 seats are open." in page
    assert "Find me a seat" in page


def test_the_page_asks_as_often_for_many_as_for_few() -> None:
    def queries(tables: int) -> int:
        forming = make_published()
        seats = [seat for _ in range(tables) for seat in set_table(forming, 3)]
        client = signed_in(seats[0].participant.person)
        client.get(forming.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(forming.get_absolute_url()).status_code == 200
        return len(asked)

    assert queries(1) == queries(4)


def test_today_says_that_a_seat_waits_until_it_is_answered() -> None:
    forming = make_published()
    seats = named(forming, "Adaeze", "Benno", "Cleo")
    client = signed_in(seats[0].participant.person)
    page = text(client.get("/today/"))
    assert "A table for you: Tuesday evenings" in page
    assert "Winter round keeps the seat until" in page
    yes(seats[0])
    assert "A table for you" not in text(client.get("/today/"))


def test_the_crew_finds_its_first_evening_filled_in() -> None:
    forming = make_published(meetings=8, minutes=60)
    seats = named(forming, "Adaeze", "Benno", "Cleo")
    yes(*seats)
    client = signed_in(seats[0].participant.person)
    page = text(client.get(crew_of(seats[0]).get_absolute_url()))
    assert "Tuesdays at 19:00 your time suits all who said yes." in page
    way = re.search(r'href="(/sessions/new/[^"]+)"', page)
    assert way is not None
    form = text(client.get(way.group(1).replace("&amp;", "&")))
    assert 'value="19:00' in form
    assert 'value="60"' in form
    assert 'value="8"' in form


@pytest.mark.parametrize(
    ("hours", "weeks"), [(-24 * 9, 2), (-1, 1), (1, 1), (23, 1), (25, 0), (24 * 9, 0)]
)
def test_the_first_evening_is_at_least_a_day_away(hours: int, weeks: int) -> None:
    now = timezone.now()
    moment = now + timedelta(hours=hours)
    assert coming(moment, now) == moment + timedelta(weeks=weeks)


def test_each_mail_reads_as_it_stands() -> None:
    forming = make_published()
    seats = named(forming, "Adaeze", "Benno", "Cleo", "Dana")
    alone = hand(forming, "Elin", on(FRIDAY))
    yes(*seats[:3])
    begun = built("crews.begun", seats[0].participant.person)
    assert begun.subject == "Tuesday evenings has begun"
    assert "You are all free on Tuesdays at 19:00 your time." in begun.context["paragraphs"][1]
    day = the_day_comes(forming)
    silent = built("crews.silent", seats[3].participant.person)
    assert "we had no word from you" in silent.context["paragraphs"][0]
    assert forming.ended_at == day
    mail = built("crews.round_no_seat", alone.person)
    assert mail.subject == "No seat this time"
    assert "hour" in mail.context["paragraphs"][1]


def test_who_has_not_answered_is_reminded_once_and_only_while_it_is_so() -> None:
    forming = make_published()
    seats = named(forming, "Adaeze", "Benno", "Cleo")
    yes(seats[0])
    due = forming.answers_due
    assert due is not None
    for days, expected in ((3, 0), (1.9, 2), (1, 2)):
        with time_machine.travel(due - timedelta(days=days)):
            queue_due_notices(timezone.now())
        assert Notice.objects.filter(kind="crews.seat_reminder").count() == expected
    with time_machine.travel(due - timedelta(days=1)):
        mail = built("crews.seat_reminder", seats[1].participant.person)
        assert mail.subject.startswith("A seat is kept for you until")
        out(seats[1])
        with pytest.raises(AssertionError):
            built("crews.seat_reminder", seats[1].participant.person)


def built(kind: str, person: Person) -> Letter:
    found = find(kind)
    assert found is not None
    letter = found.build(Notice.objects.get(kind=kind, person=person))
    assert isinstance(letter, Letter)
    return letter
