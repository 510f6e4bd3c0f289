"""Two who were paired hear of each other at once, with times that suit both."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Preference
from circles.services import close, take_seat
from dyads import services
from dyads.links import time_token
from dyads.models import Introduction
from dyads.services.introducing import fresh_times
from library.models import Practice
from notifications.services import send_due
from people.models import Person
from practice.models import PracticeSession
from practice.services import set_rhythm
from tests.dyads.introduced import (
    body,
    browser,
    html,
    introduce_two,
    letters_to,
    make_two,
    times_of,
    words,
)
from tests.factories import make_bare_crew, make_person

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@time_machine.travel(NOW, tick=False)
def test_both_hear_at_once_each_by_their_own_clock() -> None:
    oisin, mere = make_two()
    introduce_two(oisin, mere)
    send_due(seconds=10)
    (to_oisin,), (to_mere,) = letters_to(oisin), letters_to(mere)
    assert to_oisin.subject == "You and Mere are paired"
    assert to_mere.subject == "You and Oisín are paired"
    assert "Mere Tāmati (she/her), Auckland" in body(to_oisin)
    assert "I keep bees & listen." in body(to_oisin)
    assert "I keep bees &amp; listen." in html(to_oisin)
    assert "in your time, Dublin" in body(to_oisin)
    assert "Thursday 4 March, 07:00 (20:00 Auckland)" in body(to_oisin)
    assert "Thursday 4 March, 20:00 (07:00 Dublin)" in body(to_mere)
    assert "Thursday 4 March<br>07:00 <span" in html(to_oisin)
    assert "To begin with: Listen and loop" in body(to_mere)


@time_machine.travel(NOW, tick=False)
def test_one_zone_is_not_named_twice() -> None:
    one, other = (make_person(name, suitable_hours=list(range(168))) for name in ("Nina", "Kofi"))
    introduce_two(one, other)
    send_due(seconds=10)
    (letter,) = letters_to(one)
    assert "(" not in next(line for line in letter.body.splitlines() if line.startswith("- Wed"))


def test_what_they_share_and_never_what_one_of_them_said_of_the_other() -> None:
    oisin, mere = make_two()
    for person, spoken in ((oisin, ["en", "ga"]), (mere, ["mi", "en"])):
        person.languages = spoken
        person.save()
    Preference.objects.create(by=oisin, whom=mere, kind=Preference.Kind.WISH)
    introduction = introduce_two(oisin, mere)
    send_due(seconds=10)
    (to_oisin,), (to_mere,) = letters_to(oisin), letters_to(mere)
    assert "You had wished for Mere. Only you read this." in body(to_oisin)
    assert "wished" not in body(to_mere)
    for letter in (to_oisin, to_mere):
        assert "You both speak English." in body(letter)
        assert "Gaeilge" not in body(letter)
        assert "Te reo" not in body(letter)
    assert "Hours that suit you both, by your clock: Mon 7:00" in body(to_oisin)
    address = introduction.dyad.get_absolute_url()
    assert "You had wished for Mere" in words(browser(oisin), address)
    assert "wished" not in words(browser(mere), address)


def test_without_a_time_they_are_led_to_one() -> None:
    one, other = make_person("Nina"), make_person("Kofi")
    introduction = introduce_two(one, other)
    send_due(seconds=10)
    assert "We know of no time yet that suits you both" in body(letters_to(one)[0])
    page = words(browser(one), introduction.dyad.get_absolute_url())
    assert "Find a first time" in page
    assert reverse("practice:find", args=[introduction.dyad_id]) in page
    assert "Look for new times" in page


def test_no_time_lies_in_a_meeting_that_one_of_them_has() -> None:
    one, other = (make_person(suitable_hours=list(range(168))) for _ in range(2))
    crew = make_bare_crew(people=2)
    take_seat(circle=crew, person=other)
    at = fresh_times([one, other], minutes=45, now=timezone.now())[1]
    set_rhythm(
        circle=crew,
        by=other,
        every="once",
        starts_on=at.date(),
        at=at.time(),
        time_zone="UTC",
        minutes=60,
        meetings=1,
    )
    introduction = introduce_two(one, other)
    assert at not in times_of(introduction)
    assert len(times_of(introduction)) == 3


def test_nobody_begins_twice_with_the_same_practice() -> None:
    people = [make_person(suitable_hours=list(range(168))) for _ in range(3)]
    first = introduce_two(people[0], people[1])
    second = introduce_two(people[0], people[2])
    third = introduce_two(people[1], people[2])
    slugs = [one.practice.slug for one in (first, second, third) if one.practice]
    assert slugs[:2] == ["listen-and-loop", "mindful-dialogue"]
    assert Practice.objects.filter(slug=slugs[2]).exists()
    assert introduce_two(*make_two(), minutes=20).practice is not None


def test_a_dyad_that_ended_meanwhile_is_not_introduced() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    close(circle=introduction.dyad, by=mere)
    send_due(seconds=10)
    assert mail.outbox == []


def test_one_tap_on_the_page_sets_the_plan_with_the_practice_on_the_first() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere, weeks=2, meetings=3, minutes=30)
    at = times_of(introduction)[1]
    send_due(seconds=10)
    mail.outbox.clear()
    page = words(browser(mere), introduction.dyad.get_absolute_url())
    assert "When do you meet first?" in page
    assert page.count("Take this time") == 3
    address = reverse("dyads:meet", args=[introduction.dyad_id])
    answer = browser(mere).post(address, {"at": at.isoformat()})
    assert answer["Location"] == introduction.dyad.get_absolute_url()
    sessions = list(PracticeSession.objects.filter(circle=introduction.dyad_id))
    assert sessions[0].starts_at == at
    assert len(sessions) == 3
    assert [one.practice == introduction.practice for one in sessions] == [True, False, False]
    assert sessions[0].minutes == 30
    introduction.refresh_from_db()
    assert (introduction.session, introduction.taken_by) == (sessions[0], mere)
    send_due(seconds=10)
    assert [one.to[0] for one in mail.outbox if mere.email in one.to[0]] == []
    (letter,) = letters_to(oisin)
    assert letter.subject == "Mere has set when you two meet"
    assert "When do you meet first?" not in words(
        browser(oisin), introduction.dyad.get_absolute_url()
    )


def test_a_plan_of_one_meeting_is_one() -> None:
    introduction = introduce_two(*make_two(), meetings=1)
    one = services.sitting(introduction.dyad)[0]
    services.take_time(introduction=introduction, by=one, at=times_of(introduction)[0])
    assert PracticeSession.objects.filter(circle=introduction.dyad_id).count() == 1


def test_the_hour_stays_when_the_takers_clock_changes() -> None:
    with time_machine.travel(datetime(2027, 3, 15, 12, tzinfo=UTC), tick=False):
        oisin, mere = make_two()
        introduction = introduce_two(oisin, mere, weeks=2, meetings=2)
        first = times_of(introduction)[0]
        services.take_time(introduction=introduction, by=oisin, at=first)
        walls = [
            one.starts_at.astimezone(oisin.zone).hour
            for one in PracticeSession.objects.filter(circle=introduction.dyad_id)
        ]
    assert walls == [walls[0]] * 2


def test_what_is_set_is_said_kindly_to_whoever_taps_later() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    first, second, _ = times_of(introduction)
    services.take_time(introduction=introduction, by=oisin, at=first)
    address = reverse("dyads:meet", args=[introduction.dyad_id])
    answer = browser(mere).post(address, {"at": second.isoformat()}, follow=True)
    assert "One of you was a moment quicker" in answer.content.decode()
    assert PracticeSession.objects.filter(circle=introduction.dyad_id).first() is not None
    assert services.take_time(introduction=introduction, by=mere, at=first).starts_at == first
    assert introduction.dyad.sessions.count() == 6


def test_who_the_other_one_is_stays_on_the_page_until_they_have_met() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    dyad, at = introduction.dyad, times_of(introduction)[0]
    browser(mere).post(reverse("dyads:meet", args=[dyad.pk]), {"at": at.isoformat()})
    assert "I keep bees &amp; listen." in words(browser(oisin), dyad.get_absolute_url())
    assert "Take this time" not in words(browser(oisin), dyad.get_absolute_url())
    with time_machine.travel(at + timedelta(hours=2)):
        assert "I keep bees" not in words(browser(oisin), dyad.get_absolute_url())


def test_a_time_nobody_offered_and_one_that_has_passed_set_nothing() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    at = times_of(introduction)[0]
    address = reverse("dyads:meet", args=[introduction.dyad_id])
    for said in ("", "tomorrow", (at + timedelta(minutes=15)).isoformat(), "9" * 400):
        answer = browser(oisin).post(address, {"at": said}, follow=True)
        assert answer.status_code == 200
    with time_machine.travel(at + timedelta(minutes=1)):
        answer = browser(oisin).post(address, {"at": at.isoformat()}, follow=True)
        assert "That time has passed" in answer.content.decode()
    assert not PracticeSession.objects.exists()


def test_a_time_set_by_other_ways_is_the_first_meeting() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    at = timezone.now() + timedelta(days=4)
    set_rhythm(
        circle=introduction.dyad,
        by=mere,
        every="once",
        starts_on=at.date(),
        at=at.time(),
        time_zone="UTC",
        minutes=45,
        meetings=1,
    )
    introduction.refresh_from_db()
    assert introduction.session is not None
    assert introduction.taken_by == mere
    assert introduction.round.places.get(person=mere).heard_at is not None
    assert introduction.round.places.get(person=oisin).heard_at is None


def by_mail(introduction: Introduction, person: Person, at: datetime) -> str:
    return reverse("dyads:take_time", args=[time_token(introduction, person, at)])


@time_machine.travel(NOW, tick=False)
def test_from_the_mail_a_page_with_one_button_and_no_signing_in() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    at = times_of(introduction)[0]
    send_due(seconds=10)
    address = by_mail(introduction, mere, at)
    assert address in letters_to(mere)[0].body
    visitor = Client(enforce_csrf_checks=True)
    page = words(visitor, address)
    assert "Meet Oisín then?" in page
    assert "your time, Auckland; 45 minutes" in page
    assert f"{at.astimezone(oisin.zone):%H:%M} for Oisín, Dublin" in page
    assert page.count("<button") == 1
    assert visitor.head(address).status_code == 200
    assert not PracticeSession.objects.exists()
    answer = visitor.post(address)
    assert answer["Location"] == address
    assert "Set: you and Oisín meet" in words(visitor, address)
    assert PracticeSession.objects.filter(circle=introduction.dyad_id).first() is not None
    # Pressed once more it is the same; and who comes with another time reads what was set.
    assert visitor.post(address).status_code == 303
    other = by_mail(introduction, oisin, times_of(introduction)[1])
    answer = visitor.post(other)
    assert answer.status_code == 409
    assert "Your first time is set already" in answer.content.decode()
    assert introduction.dyad.sessions.count() == 6


def test_links_that_lead_nowhere() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    at = times_of(introduction)[0]
    address = by_mail(introduction, mere, at)
    visitor = Client()
    for broken in (address[:-3] + "/", reverse("dyads:take_time", args=["x" * 500])):
        assert visitor.post(broken).status_code == 404
    stranger = by_mail(introduction, make_person(), at)
    assert visitor.post(stranger).status_code == 409
    with time_machine.travel(at + timedelta(hours=1)):
        answer = visitor.post(address)
        assert answer.status_code == 409
        assert "This time has passed" in answer.content.decode()
    close(circle=introduction.dyad, by=oisin)
    answer = visitor.post(address)
    assert answer.status_code == 409
    assert "You two are no dyad any more" in answer.content.decode()
    assert not PracticeSession.objects.exists()


def test_only_the_two_find_their_times() -> None:
    oisin, mere = make_two()
    introduction = introduce_two(oisin, mere)
    steward = introduction.round.congregation.created_by
    assert steward is not None
    for name in ("meet", "new_times", "did_meet", "let_be"):
        address = reverse(f"dyads:{name}", args=[introduction.dyad_id])
        for person in (make_person(), steward):
            assert browser(person).get(address).status_code == 404
            assert browser(person).post(address).status_code == 404
    # An expired session leads to signing in and back to the page of the two.
    address = reverse("dyads:meet", args=[introduction.dyad_id])
    assert browser(oisin).get(address)["Location"] == introduction.dyad.get_absolute_url()
