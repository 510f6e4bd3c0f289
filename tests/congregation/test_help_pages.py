"""The pages of help: the ladder, who sees which request, and what a steward sees of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from circles.models import Circle
from congregation.models import Glad, HelpRequest
from congregation.services import help as services
from people.models import Person
from practice.models import Guest
from tests.congregation.helped import (
    WORDS,
    Estuary,
    closed,
    index,
    make_dyad,
    make_estuary,
    mediated,
    mediation,
    now,
    page,
    say_yes,
    signed_in,
    text,
    visit,
)
from tests.factories import make_person
from tests.practice.tables import make_table, meet_once

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(microsecond=0) + timedelta(days=4)
ALL_ADDRESSES = (
    "help_request",
    "help_offer",
    "help_step_back",
    "help_agree",
    "help_decline",
    "help_take_back",
    "help_talk",
    "help_close",
    "help_let_go",
    "help_keep",
)


@pytest.fixture
def home() -> Estuary:
    return make_estuary()


def ladder(circle: Circle, name: str = "ask_help") -> str:
    return reverse(f"congregation:{name}", args=[circle.pk])


def press(person: Person, request: HelpRequest, name: str, helper: Person | None = None) -> str:
    words = {"helper": helper.pk} if helper else {}
    return text(signed_in(person).post(page(request, name), words, follow=True))


# --- the ladder ------------------------------------------------------------------------------


def test_the_ladder_leads_outwards_from_oneself(home: Estuary) -> None:
    words = text(signed_in(home.inês).get(ladder(home.crew)))
    steps = ["With yourself", "With the other", "With somebody beside you", "With a mediator"]
    places = [words.index(step) for step in steps]
    assert places == sorted(places)
    assert "/self/" in words
    assert ladder(home.crew, "ask_mediator") in words
    assert ladder(home.crew, "ask_visitor") not in words
    meet_once(home.crew, SOON, by=home.inês)
    assert ladder(home.crew, "ask_visitor") in text(signed_in(home.inês).get(ladder(home.crew)))


def test_the_crews_and_the_dyads_page_lead_there(home: Estuary) -> None:
    dyad = make_dyad(home)
    for circle in (home.crew, dyad):
        assert ladder(circle) in text(signed_in(home.inês).get(circle.get_absolute_url()))
        assert signed_in(home.inês).get(ladder(circle)).status_code == 200
    assert signed_in(home.inês).get(ladder(dyad, "ask_visitor")).status_code == 404


def test_a_crew_without_a_congregation_has_nobody_to_ask() -> None:
    alone, ended = make_table(), make_estuary()
    caller = alone.caller
    assert caller is not None
    assert signed_in(caller).get(ladder(alone)).status_code == 404
    assert ladder(alone) not in text(signed_in(caller).get(alone.get_absolute_url()))
    Circle.objects.filter(pk=ended.crew.pk).update(closed_at=timezone.now())
    assert signed_in(ended.inês).get(ladder(ended.crew)).status_code == 404


def test_asking_for_a_visitor_on_the_page(home: Estuary) -> None:
    session = meet_once(home.crew, SOON, by=home.inês)
    client = signed_in(home.mere)
    url = ladder(home.crew, "ask_visitor")
    for wrong in (
        {"words": "Come"},
        {"session": 0, "words": "Come"},
        {"session": session.pk, "words": ""},
    ):
        assert client.post(url, wrong).status_code == 422
    kept = text(client.post(url, {"session": "x", "words": "Come and listen"}))
    assert "Come and listen" in kept
    response = client.post(url, {"session": session.pk, "words": "Come and listen"})
    assert response.status_code == 303
    assert "You look for a visitor" in text(client.get(response["Location"]))
    assert "You asked for a visitor" in text(signed_in(home.tomasz).get(ladder(home.crew)))
    assert "no meeting ahead" in text(client.get(url))


def test_asking_for_a_mediator_on_the_page(home: Estuary) -> None:
    url, client = ladder(home.crew, "ask_mediator"), signed_in(home.inês)
    for wrong in (
        {"words": "Us"},
        {"between": home.ngozi.pk, "words": "Us"},
        {"between": "all", "words": ""},
    ):
        assert client.post(url, wrong).status_code == 422
    response = client.post(url, {"between": home.tomasz.pk, "words": "Help us hear."})
    assert response.status_code == 303
    again = client.post(url, {"between": "all", "words": "Help all of us."})
    assert again.status_code == 422
    assert "You have asked for this already" in text(again)
    assert "Help all of us." in text(again)


def test_a_dyad_is_asked_for_without_a_choice(home: Estuary) -> None:
    dyad = make_dyad(home)
    response = signed_in(home.tomasz).post(ladder(dyad, "ask_mediator"), {"words": "The two of us"})
    assert response.status_code == 303
    assert set(HelpRequest.objects.get().parts.values_list("role", flat=True)) == {"side"}


# --- who sees what ---------------------------------------------------------------------------


def test_from_outside_one_reads_the_crew_and_the_words_and_no_names(home: Estuary) -> None:
    request = mediation(home)
    words = text(signed_in(home.ngozi).get(page(request)))
    assert "Slow Kettle" in words
    assert WORDS in words
    for person in (home.inês, home.tomasz, home.mere):
        assert person.first_name not in words
    services.offer(request=request, by=home.ngozi)
    words = text(signed_in(home.ngozi).get(page(request)))
    assert home.tomasz.first_name not in words
    say_yes(request, home.inês, home.ngozi)
    say_yes(request, home.tomasz, home.ngozi)
    words = text(signed_in(home.ngozi).get(page(request)))
    assert "You sit between Inês and Tomasz." in words
    assert "Mere" not in words


def test_who_a_dyad_is_stays_theirs(home: Estuary) -> None:
    dyad = make_dyad(home)
    request = services.ask_mediator(circle=dyad, by=home.inês, words=WORDS)
    for url in (page(request), index(home)):
        words = text(signed_in(home.ngozi).get(url))
        assert "A dyad asks for a mediator" in words
        assert home.inês.first_name not in words
        assert home.tomasz.first_name not in words


@pytest.mark.parametrize("state", ["looking", "offered", "came", "over", "taken_back"])
def test_for_everybody_else_it_is_not_there(home: Estuary, state: str) -> None:
    if state == "over":
        request = closed(home)
    elif state == "came":
        request = mediated(home)
    else:
        request = mediation(home)
        if state == "offered":
            services.offer(request=request, by=home.ngozi)
        if state == "taken_back":
            services.take_back(request=request, by=home.inês)
    others = [home.mere, home.rory, home.steward, make_person("Stranger")]
    if state != "looking":
        others.append(home.ama)
    for person in others:
        client = signed_in(person)
        for name in ALL_ADDRESSES:
            assert client.get(page(request, name)).status_code in {404, 405}
            assert client.post(page(request, name)).status_code in {404, 405}
        assert client.get(page(request)).status_code == 404
    assert now(request).state == state


def test_a_crewmate_who_is_no_side_reads_of_it_nowhere(home: Estuary) -> None:
    request = closed(home)
    client = signed_in(home.mere)
    addresses = [
        "/today/",
        home.crew.get_absolute_url(),
        ladder(home.crew),
        index(home),
        "/you/my-data/",
        "/mail/",
    ]
    for url in addresses:
        words = text(client.get(url))
        assert page(request) not in words
        assert "A walk on Sunday" not in words
        assert WORDS not in words
        assert "mediator between" not in words


def test_what_was_written_is_in_the_sides_and_the_mediators_data_alone(home: Estuary) -> None:
    closed(home)
    for person in (home.inês, home.tomasz, home.ngozi):
        assert "A walk on Sunday" in text(signed_in(person).get("/you/my-data/"))
    for person in (home.mere, home.steward, home.ama):
        words = text(signed_in(person).get("/you/my-data/"))
        assert "A walk on Sunday" not in words
        assert WORDS not in words


def test_no_side_reads_what_another_said(home: Estuary) -> None:
    request = mediation(home)
    services.offer(request=request, by=home.ngozi)
    before = text(signed_in(home.inês).get(page(request)))
    say_yes(request, home.tomasz, home.ngozi)
    assert _without_tokens(text(signed_in(home.inês).get(page(request)))) == _without_tokens(before)
    assert "You said yes." in text(signed_in(home.tomasz).get(page(request)))
    services.step_back(request=request, by=home.ngozi)
    request = now(request)
    services.offer(request=request, by=home.ama)
    assert "You said yes." not in text(signed_in(home.tomasz).get(page(request)))


def _without_tokens(words: str) -> str:
    return "\n".join(
        line for line in words.splitlines() if "csrf" not in line and "nonce" not in line
    )


# --- everything by pressing ------------------------------------------------------------------


def test_a_visit_from_the_asking_to_the_yes(home: Estuary) -> None:
    request = visit(home, SOON)
    assert "Slow Kettle 🫖 asks for a visitor" in text(signed_in(home.ngozi).get(index(home)))
    assert "Thank you. They answer" in press(home.ngozi, request, "help_offer")
    words = text(signed_in(home.mere).get(page(request)))
    assert "Ngozi would come to your meeting" in words
    assert "Ngozi comes to your meeting" in press(home.mere, request, "help_agree", home.ngozi)
    assert Guest.objects.get().person == home.ngozi
    assert "You are their guest" in text(signed_in(home.ngozi).get(page(request)))


def test_a_mediation_from_the_asking_to_the_day_to_look_again(home: Estuary) -> None:
    request = mediation(home)
    press(home.ngozi, request, "help_offer")
    assert "Rather not after all" in press(home.inês, request, "help_agree", home.ngozi)
    assert "Ngozi is your mediator" in press(home.tomasz, request, "help_agree", home.ngozi)
    mediator, side = signed_in(home.ngozi), signed_in(home.inês)
    talk = page(request, "help_talk")
    assert side.get(talk).status_code == 303
    past = {"day": "2020-01-01", "at": "18:00", "where": "x"}
    for wrong in ({"day": ""}, past, {"day": "9999-12-31"}):
        assert mediator.post(talk, wrong).status_code == 422
    typed = {"day": f"{SOON:%Y-%m-%d}", "at": "18:30", "where": "https://meet.example.org/a"}
    assert mediator.post(talk, typed).status_code == 303
    words = text(side.get(page(request)))
    assert f"You talk on {SOON:%A} {SOON.day} {SOON:%B}, 18:30" in words
    assert 'href="https://meet.example.org/a"' in words
    close = page(request, "help_close")
    three = {"heard": "Fear.", "next_step": "A walk.", "look_again_on": f"{SOON:%Y-%m-%d}"}
    for gap in three:
        assert side.post(close, {**three, gap: ""}).status_code == 422
    kept = side.post(close, {**three, "look_again_on": f"{localtime():%Y-%m-%d}"})
    assert kept.status_code == 422
    assert "A walk." in text(kept)
    assert side.post(close, three).status_code == 303
    assert "A walk." in text(mediator.get(page(request)))
    assert "You wish that this goes" in press(home.inês, request, "help_let_go")
    assert "Let it go" in press(home.inês, request, "help_keep")
    press(home.inês, request, "help_let_go")
    press(home.tomasz, request, "help_let_go")
    assert not HelpRequest.objects.exists()


def test_taking_back_and_stepping_back_on_the_page(home: Estuary) -> None:
    request = mediation(home)
    press(home.ngozi, request, "help_offer")
    assert "Thank you for having been ready" in press(home.ngozi, request, "help_step_back")
    assert "We do not need it any more" not in text(signed_in(home.tomasz).get(page(request)))
    assert "This was taken back" in press(home.inês, request, "help_take_back")


def test_an_answer_to_an_offer_that_changed_is_told_so(home: Estuary) -> None:
    request = mediation(home)
    press(home.ngozi, request, "help_offer")
    for seen in ("", "x", "9" * 40, str(home.ama.pk)):
        answer = signed_in(home.inês).post(
            page(request, "help_agree"), {"helper": seen}, follow=True
        )
        assert "Who offers has changed" in text(answer)
    assert not request.parts.filter(said_yes=True).exists()


def test_one_says_on_the_page_what_one_is_glad_to_do(home: Estuary) -> None:
    client = signed_in(home.rory)
    assert "Read and offer" not in text(client.get(index(home)))
    visit(home, SOON)
    assert "Read and offer" not in text(client.get(index(home)))
    client.post(index(home), {"to_visit": "on"})
    assert "Read and offer" in text(client.get(index(home)))
    client.post(index(home), {})
    assert not Glad.objects.filter(person=home.rory).exists()
    assert Client().get(index(home)).status_code == 302
