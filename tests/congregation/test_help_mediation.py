"""A mediator: never somebody inside, with the yes of each side, and what it leaves behind."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from circles.errors import AlreadyAnswered, CircleError, NotAllowed, TooManyToday
from circles.services import close, leave, take_seat
from congregation import errors
from congregation.models import Glad, HelpPart, HelpRequest
from congregation.services import help as services
from people.services import delete_account
from tests.congregation.helped import (
    NOON,
    WORDS,
    Estuary,
    closed,
    make_dyad,
    make_estuary,
    mediated,
    mediation,
    now,
    role,
    say_no,
    say_yes,
    steps,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Estuary:
    return make_estuary()


def test_both_sides_say_yes_and_it_has_come(home: Estuary) -> None:
    request = mediation(home)
    assert {role(request, one) for one in (home.inês, home.tomasz)} == {"side"}
    assert role(request, home.mere) == "inside"
    services.offer(request=request, by=home.ngozi)
    assert now(request).state == "offered"
    assert say_yes(request, home.tomasz, home.ngozi) is False
    assert now(request).state == "offered"
    assert say_yes(request, home.inês, home.ngozi) is True
    assert now(request).state == "came"


def test_for_all_at_the_table_each_has_to_say_yes(home: Estuary) -> None:
    request = mediation(home, all_of_them=True)
    services.offer(request=request, by=home.ngozi)
    for person in (home.inês, home.tomasz):
        assert not say_yes(request, person, home.ngozi)
    assert say_yes(request, home.mere, home.ngozi)


def test_a_dyad_may_ask_too(home: Estuary) -> None:
    dyad = make_dyad(home)
    request = services.ask_mediator(circle=dyad, by=home.inês, words=WORDS)
    services.offer(request=request, by=home.ngozi)
    say_yes(request, home.inês, home.ngozi)
    assert say_yes(request, home.tomasz, home.ngozi)


def test_a_no_thanks_the_one_who_offered_and_the_next_can_come(home: Estuary) -> None:
    request = mediation(home)
    services.offer(request=request, by=home.ngozi)
    say_yes(request, home.inês, home.ngozi)
    say_no(request, home.tomasz, home.ngozi)
    assert (now(request).state, role(request, home.ngozi)) == ("looking", "thanked")
    with pytest.raises(NotAllowed):
        services.offer(request=request, by=home.ngozi)
    services.offer(request=request, by=home.ama)
    # The yes to the one is no yes to the other.
    assert not say_yes(request, home.tomasz, home.ama)
    assert say_yes(request, home.inês, home.ama)


def test_nothing_keeps_who_said_no(home: Estuary) -> None:
    traces = []
    for who in ("inês", "tomasz", "ngozi"):
        request = mediation(home)
        services.offer(request=request, by=home.ngozi)
        if who == "ngozi":
            services.step_back(request=request, by=home.ngozi)
        else:
            say_no(request, getattr(home, who), home.ngozi)
        parts = request.parts.order_by("pk").values_list("person", "role", "said_yes", "lets_go")
        told = [steps(person)[-1] for person in (home.inês, home.tomasz)]
        traces.append((now(request).state, list(parts), told))
        services.take_back(request=request, by=home.inês)
    assert traces[0] == traces[1] == traces[2]
    assert traces[0][2] == ["not_yet", "not_yet"]


def test_an_answer_is_to_whom_one_saw(home: Estuary) -> None:
    request = mediation(home)
    services.offer(request=request, by=home.ngozi)
    services.step_back(request=request, by=home.ngozi)
    services.offer(request=request, by=home.ama)
    for answer in (say_yes, say_no):
        with pytest.raises(errors.OfferChanged):
            answer(request, home.inês, home.ngozi)
    assert now(request).state == "offered"


# --- never somebody inside -----------------------------------------------------------------


def test_nobody_at_the_table_can_offer_whether_a_side_or_not(home: Estuary) -> None:
    request = mediation(home)
    for person in (home.inês, home.tomasz, home.mere):
        services.be_glad(congregation=home.circle, by=person, to_visit=True, to_mediate=True)
        with pytest.raises(errors.StandsInside):
            services.offer(request=request, by=person)


def test_the_database_itself_keeps_who_sits_inside_from_helping(home: Estuary) -> None:
    request = mediation(home)
    for person in (home.inês, home.mere):
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpPart.objects.create(request=request, person=person, role="helper")
    services.offer(request=request, by=home.ngozi)
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpPart.objects.create(request=request, person=home.ama, role="helper")


def test_who_left_while_it_was_asked_for_cannot_mediate_it(home: Estuary) -> None:
    request = mediation(home)
    leave(circle=home.crew, by=home.mere)
    services.be_glad(congregation=home.circle, by=home.mere, to_visit=False, to_mediate=True)
    with pytest.raises(errors.StandsInside):
        services.offer(request=request, by=home.mere)


@pytest.mark.parametrize("state", ["offered", "came"])
def test_whoever_sits_down_at_the_table_mediates_it_no_longer(home: Estuary, state: str) -> None:
    if state == "came":
        request = mediated(home)
    else:
        request = mediation(home)
        services.offer(request=request, by=home.ngozi)
    take_seat(circle=home.crew, person=home.ngozi)
    assert (now(request).state, role(request, home.ngozi)) == ("looking", "inside")
    assert steps(home.tomasz)[-1] == "not_yet"
    with pytest.raises(errors.StandsInside):
        services.offer(request=request, by=home.ngozi)


def test_a_newcomer_at_the_table_stands_inside_from_then_on(home: Estuary) -> None:
    request = mediation(home)
    take_seat(circle=home.crew, person=home.ama)
    assert role(request, home.ama) == "inside"
    leave(circle=home.crew, by=home.ama)
    with pytest.raises(errors.StandsInside):
        services.offer(request=request, by=home.ama)


def test_who_leaves_the_congregation_helps_no_longer(home: Estuary) -> None:
    request = mediated(home)
    leave(circle=home.circle, by=home.ngozi)
    assert now(request).state == "looking"
    assert not Glad.objects.filter(person=home.ngozi).exists()
    take_seat(circle=home.circle, person=home.ngozi)
    with pytest.raises(NotAllowed):
        services.offer(request=request, by=home.ngozi)


def test_only_who_is_glad_to_and_of_the_congregation_can_offer(home: Estuary) -> None:
    request = mediation(home)
    services.be_glad(congregation=home.circle, by=home.ama, to_visit=True, to_mediate=False)
    for person in (home.rory, home.ama, make_person("Outsider")):
        with pytest.raises(NotAllowed):
            services.offer(request=request, by=person)


# --- asking and taking back -----------------------------------------------------------------


def test_one_asks_once_and_not_all_day(home: Estuary) -> None:
    for _ in range(3):
        request = mediation(home)
        with pytest.raises((errors.AlreadyAskedForHelp, TooManyToday)):
            mediation(home)
        services.take_back(request=request, by=home.inês)
    with pytest.raises(TooManyToday):
        mediation(home)


def test_there_have_to_be_two_sides(home: Estuary) -> None:
    for other in (home.inês, home.ngozi):
        with pytest.raises(errors.NobodyBeside):
            services.ask_mediator(circle=home.crew, by=home.inês, words=WORDS, other=other)
    for outsider in (home.ngozi, make_person()):
        with pytest.raises(NotAllowed):
            services.ask_mediator(circle=home.crew, by=outsider, words=WORDS)


def test_who_asked_takes_it_back_and_afterwards_each_side_may(home: Estuary) -> None:
    request = mediation(home)
    with pytest.raises(NotAllowed):
        services.take_back(request=request, by=home.tomasz)
    services.take_back(request=request, by=home.inês)
    assert (now(request).state, steps(home.tomasz)[-1]) == ("taken_back", "taken_back")
    with pytest.raises(AlreadyAnswered):
        services.take_back(request=request, by=home.inês)
    come = mediated(home)
    services.take_back(request=come, by=home.tomasz)
    assert steps(home.ngozi)[-1] == steps(home.inês)[-1] == "taken_back"
    assert "taken_back" not in steps(home.mere)


def test_a_side_that_leaves_the_table_ends_what_two_had_asked(home: Estuary) -> None:
    request = mediation(home)
    leave(circle=home.crew, by=home.tomasz)
    assert now(request).state == "taken_back"
    assert steps(home.inês)[-1] == "taken_back"


def test_for_all_it_goes_on_with_those_who_stay(home: Estuary) -> None:
    request = mediation(home, all_of_them=True)
    services.offer(request=request, by=home.ngozi)
    say_yes(request, home.inês, home.ngozi)
    say_yes(request, home.mere, home.ngozi)
    leave(circle=home.crew, by=home.tomasz)
    assert now(request).state == "came"


def test_at_a_table_that_has_ended_nothing_is_offered(home: Estuary) -> None:
    request = mediation(home)
    close(circle=home.crew, by=home.mere)
    with pytest.raises(errors.HelpGone):
        services.offer(request=request, by=home.ngozi)


# --- the talk, and what it leaves -----------------------------------------------------------


@time_machine.travel(NOON, tick=False)
def test_the_mediator_sets_the_talk_and_nobody_else() -> None:
    home = make_estuary()
    request = mediated(home)
    at = NOON + timedelta(days=3)
    with pytest.raises(NotAllowed):
        services.set_talk(request=request, by=home.inês, at=at, where="Here")
    with pytest.raises(errors.TalkHasPassed):
        services.set_talk(request=request, by=home.ngozi, at=NOON, where="Here")
    services.set_talk(request=request, by=home.ngozi, at=at, where="https://meet.example.org/a")
    assert (now(request).talk_at, now(request).talk_where) == (at, "https://meet.example.org/a")
    services.set_talk(request=request, by=home.ngozi, at=at, where="https://meet.example.org/a")
    assert steps(home.tomasz).count("talk") == 1


def test_it_closes_once_with_three_things(home: Estuary) -> None:
    request = closed(home, by=home.tomasz)
    assert request.state == "over"
    assert steps(home.inês)[-1] == steps(home.ngozi)[-1] == "closed"
    assert "closed" not in steps(home.tomasz)
    for person in (home.ngozi, home.inês):
        with pytest.raises(AlreadyAnswered):
            _close(request, person)


def _close(request: HelpRequest, by: object) -> None:
    services.close_mediation(
        request=request,
        by=by,  # type: ignore[arg-type]
        heard="x",
        next_step="y",
        look_again_on=NOON.date(),
    )


def test_nobody_but_sides_and_mediator_closes_it(home: Estuary) -> None:
    request = mediated(home)
    for person in (home.mere, home.ama, home.steward):
        with pytest.raises(NotAllowed):
            _close(request, person)


def test_over_leaves_all_three_or_it_is_not_over(home: Estuary) -> None:
    request = mediated(home)
    row = HelpRequest.objects.filter(pk=request.pk)
    for fields in ({"state": "over"}, {"heard": "words without an end"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**fields)


def test_it_goes_when_each_side_wishes_it_and_a_wish_can_be_taken_back(home: Estuary) -> None:
    request = closed(home)
    assert services.let_go(request=request, by=home.inês) is False
    services.keep(request=request, by=home.inês)
    assert services.let_go(request=request, by=home.tomasz) is False
    for person in (home.ngozi, home.mere):
        with pytest.raises(NotAllowed):
            services.let_go(request=request, by=person)
    assert services.let_go(request=request, by=home.inês) is True
    assert not HelpRequest.objects.exists()
    with pytest.raises(CircleError):
        services.keep(request=request, by=home.tomasz)


def test_what_goes_on_cannot_be_let_go(home: Estuary) -> None:
    with pytest.raises(AlreadyAnswered):
        services.let_go(request=mediated(home), by=home.inês)


def test_what_was_written_goes_with_the_last_side(home: Estuary) -> None:
    closed(home)
    delete_account(person=home.inês)
    assert HelpRequest.objects.get().heard
    delete_account(person=home.ngozi)
    assert HelpRequest.objects.get().heard
    delete_account(person=home.tomasz)
    assert not HelpRequest.objects.exists()


def test_with_one_side_gone_a_mediation_ends(home: Estuary) -> None:
    request = mediated(home)
    delete_account(person=home.tomasz)
    assert now(request).state == "taken_back"
    assert steps(home.ngozi)[-1] == steps(home.inês)[-1] == "taken_back"
