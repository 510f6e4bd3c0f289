"""Two close with thanks, or one of them leaves at once."""

import pytest
from time_machine import Traveller

from circles.errors import CircleClosed
from circles.services import leave
from dyads import services
from dyads.models import LookBackAnswer
from practice import services as practice
from tests.dyads.ending import (
    DAY,
    SOON,
    coming,
    make_pair,
    meet,
    now,
    opened,
    page,
    people_of,
    say,
    signed_in,
    text,
    tick,
    told,
)

pytestmark = pytest.mark.django_db


# --- closing --------------------------------------------------------------------------------


def test_nothing_new_is_begun_on_a_page_that_closes(clock: Traveller) -> None:
    dyad = make_pair()
    address, reader = dyad.get_absolute_url(), people_of(dyad)[0]
    assert "Your turns" in text(signed_in(reader).get(address))
    opened(dyad, clock, "close", "close")
    words = text(signed_in(reader).get(address))
    assert "Read it together" in words
    assert "Your turns" not in words
    assert "Write it down" not in words


def test_closing_is_read_together_and_ends_with_one_press(clock: Traveller) -> None:
    dyad = make_pair()
    look_back = opened(dyad, clock, "close", "continue")
    one, other = people_of(dyad)
    words = text(signed_in(other).get(look_back.get_absolute_url(), follow=True))
    assert "Received by Ana." in words
    assert "Received by Ben." in words
    assert "would like to thank and close" not in words
    assert signed_in(other).post(page(look_back, "close_together")).status_code == 303
    dyad.refresh_from_db()
    assert not dyad.is_open
    assert dyad.pair == ""
    tick(clock)
    assert told("ended") == [one]


def test_the_last_page_is_written_on_for_two_weeks_and_stays_with_the_two(
    clock: Traveller,
) -> None:
    dyad = make_pair()
    look_back = opened(dyad, clock, "close", "close")
    one, other = people_of(dyad)
    services.close_together(look_back=look_back, by=one)
    last_page = f"{dyad.get_absolute_url()}last-page/"
    said = {"received": "More than I knew.", "word": ""}
    assert signed_in(one).post(last_page, said).status_code == 303
    assert "More than I knew." in text(signed_in(other).get(last_page))
    clock.shift(15 * DAY)
    assert signed_in(one).post(last_page, {"received": "Late."}).status_code == 422
    theirs = text(signed_in(other).get(last_page))
    assert "More than I knew." in theirs
    assert "Change my words" not in theirs
    assert last_page in text(signed_in(one).get("/dyads/"))
    # Whoever puts it away takes their words along.
    leave(circle=dyad, by=one)
    assert last_page not in text(signed_in(one).get("/dyads/"))
    assert "More than I knew." not in text(signed_in(other).get(last_page))


def test_if_nobody_presses_it_closes_by_itself(clock: Traveller) -> None:
    dyad = make_pair()
    look_back = opened(dyad, clock, "close", "pause")
    assert look_back.opened_at is not None
    tick(clock, look_back.opened_at + 13 * DAY)
    dyad.refresh_from_db()
    assert dyad.is_open
    tick(clock, look_back.opened_at + 14 * DAY)
    dyad.refresh_from_db()
    assert not dyad.is_open
    assert sorted(told("ended"), key=lambda one: one.pk) == people_of(dyad)


# --- leaving --------------------------------------------------------------------------------


def test_whoever_leaves_takes_their_words_and_the_other_may_begin_anew(clock: Traveller) -> None:
    dyad = make_pair()
    (first, *_) = meet(dyad, SOON)
    practice.write_note(session=first, by=people_of(dyad)[0], words="A private note.")
    look_back = services.ask_look_back(dyad=dyad, by=people_of(dyad)[0])
    say(look_back, 0, "close", received="Unread.")
    one, other = people_of(dyad)
    assert "A private note." in text(signed_in(other).get(first.get_absolute_url()))
    leave(circle=dyad, by=one)
    assert not LookBackAnswer.objects.filter(person=one).exists()
    assert now(dyad).settled_at is not None
    assert coming(dyad) == 0
    assert "A private note." not in text(signed_in(other).get(first.get_absolute_url()))
    dyad.refresh_from_db()
    assert dyad.pair == ""
    with pytest.raises(CircleClosed):
        say(look_back, 0, "continue")
    assert signed_in(other).get(look_back.get_absolute_url()).status_code == 200


def test_an_open_look_back_is_read_only_while_both_sit_there(clock: Traveller) -> None:
    dyad = make_pair()
    opened(dyad, clock, "continue", "continue")
    one, other = people_of(dyad)
    leave(circle=dyad, by=one)
    for reader in (one, other):
        assert [answer.person for answer in LookBackAnswer.objects.readable_by(reader)] == [reader]
