"""Who of two speaks first: it alternates over the meetings they held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_machine import Traveller

from practice import services
from practice.first_voice import first_voice, supported
from practice.models import SessionRole
from practice.rules.order import begins
from practice.showing.casting import assigned
from tests.practice.held import begun, press
from tests.practice.tables import (
    HOUR,
    SOON,
    WEEK,
    meet,
    meet_once,
    page,
    people_of,
    questions,
    signed_in,
    text,
)
from tests.practice.two import call_off, first_at, looping, make_two


@given(st.integers(1, 50), st.sampled_from(["Ana", "Bo", None]))
def test_nobody_begins_twice_running(number: int, before: str | None) -> None:
    first = begins(["Ana", "Bo"], number=number, before=before)
    assert first != before
    assert first in {"Ana", "Bo"}
    assert begins(["Ana"], number=number, before=before) == "Ana"
    assert begins([], number=number) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestTwo:
    def test_who_did_not_begin_begins_the_next_time(self, clock: Traveller) -> None:
        sessions = meet(make_two(), meetings=4)
        assert [first_at(one, clock) for one in sessions] == ["Inês", "Mere", "Inês", "Mere"]

    def test_what_was_called_off_or_not_held_does_not_count(self, clock: Traveller) -> None:
        first, second, third, fourth, fifth = meet(make_two(), meetings=5)
        assert first_at(first, clock) == "Inês"
        call_off(second)
        clock.move_to(third.ends_at + HOUR)
        assert first_at(fourth, clock) == "Mere"
        assert first_at(fifth, clock) == "Inês"

    def test_whoever_waited_alone_has_not_had_their_turn(self, clock: Traveller) -> None:
        first, second, third = meet(make_two(), meetings=3)
        inês, mere = people_of(first.circle)
        assert first_at(first, clock, here=[inês.pk]) == "Inês"
        assert first_at(second, clock) == "Mere"
        assert first_at(third, clock, here=[mere.pk]) == "Mere"
        clock.shift(HOUR)
        again = meet_once(first.circle, SOON + 4 * WEEK)
        assert first_at(again, clock) == "Inês"

    def test_a_moved_meeting_counts_when_it_is_held(self, clock: Traveller) -> None:
        first, second = meet(make_two(), meetings=2)
        by = people_of(first.circle)[0]
        services.move(session=second, by=by, starts_at=SOON - WEEK / 2, minutes=45)
        second.refresh_from_db()
        assert first_at(second, clock) == "Mere"
        assert first_at(first, clock) == "Inês"

    def test_a_meeting_taken_up_again_stays_one(self, clock: Traveller) -> None:
        first, second = meet(make_two(), meetings=2)
        begun(first, clock)
        press(first, "end")
        press(first, "again")
        press(first, "end")
        assert first_at(second, clock) == "Mere"

    def test_the_page_of_the_next_meeting_says_it_and_later_ones_do_not(
        self, clock: Traveller
    ) -> None:
        first, second = meet(make_two(), meetings=2)
        inês, mere = people_of(first.circle)
        for name in ("session", "hold"):
            assert "You speak first this time." in text(signed_in(inês).get(page(name, first)))
            assert "Inês speaks first this time." in text(signed_in(mere).get(page(name, first)))
            assert "first this time" not in text(signed_in(mere).get(page(name, second)))
        first_at(first, clock)
        clock.move_to(first.ends_at)
        assert "You speak first this time." in text(signed_in(mere).get(page("session", second)))

    def test_the_practices_first_role_is_theirs(self, clock: Traveller) -> None:
        first, second = meet(make_two(), meetings=2, practice=looping())
        inês, mere = people_of(first.circle)
        told = assigned(second, [inês, mere])
        assert (told["A"], told["B"]) == (mere.pk, inês.pk)
        begun(first, clock)
        roles = dict(SessionRole.objects.filter(session=first).values_list("role", "person"))
        assert (roles["A"], roles["B"]) == (inês.pk, mere.pk)
        clock.move_to(first.ends_at)
        assert assigned(second, [inês, mere])["A"] == mere.pk

    def test_two_who_swap_the_roles_have_chosen_who_begins(self, clock: Traveller) -> None:
        first, second = meet(make_two(), meetings=2, practice=looping())
        inês, mere = people_of(first.circle)
        services.swap_roles(session=first, by=inês, chosen={"A": mere.pk, "B": inês.pk})
        assert first_voice(first) == mere.pk
        assert first_at(first, clock) == "Mere"
        assert first_at(second, clock) == "Inês"

    def test_who_is_supported_always_begins(
        self, clock: Traveller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = meet(make_two(), meetings=2)
        inês, mere = people_of(first.circle)
        monkeypatch.setattr(supported, "sources", [lambda _ids: {first.circle_id: mere.pk}])
        words = text(signed_in(mere).get(page("session", first)))
        assert "You speak first: this time is yours." in words
        words = text(signed_in(inês).get(page("session", first)))
        assert "Mere speaks first: you are here for Mere this time." in words
        assert first_at(first, clock) == "Mere"
        assert first_at(second, clock) == "Mere"

    def test_many_meetings_ask_as_much_as_few(self, clock: Traveller) -> None:
        dyad = make_two()
        inês = people_of(dyad)[0]
        sessions = meet(dyad, meetings=6)
        first_at(sessions[0], clock)
        clock.move_to(sessions[0].ends_at)
        few = questions(signed_in(inês), page("session", sessions[1]))
        for session in sessions[1:5]:
            first_at(session, clock)
        clock.move_to(sessions[4].ends_at)
        assert questions(signed_in(inês), page("session", sessions[5])) == few
