"""Where a programme shows, and what happens when meetings are missing for it."""

import pytest
from django.urls import reverse
from time_machine import Traveller

from practice import services
from practice.showing.programmes import part_of
from tests.factories import make_congregation, make_person
from tests.practice.programmes import PARTS, choose, practices, programme, titles, way
from tests.practice.tables import (
    SOON,
    WEEK,
    detail,
    make_table,
    meet,
    page,
    people_of,
    schedule,
    signed_in,
    stand,
    text,
    typed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# --- where it shows ---------------------------------------------------------------------------


def test_a_meetings_page_says_which_part_it_is_with_its_words() -> None:
    sessions = meet(make_table(), meetings=4)
    circle, inês = sessions[0].circle, people_of(sessions[0].circle)[0]
    services.take_on(circle=circle, by=inês, programme=programme())
    shown = text(signed_in(inês).get(page("session", sessions[1])))
    assert "Part 2 of 4:" in shown
    assert "First four weeks of a crew" in shown
    assert "it should be a true one" in shown


def test_its_words_are_read_before_the_meeting_begins(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=4)
    circle, inês = sessions[0].circle, people_of(sessions[0].circle)[0]
    services.take_on(circle=circle, by=inês, programme=programme())
    clock.move_to(sessions[1].starts_at)
    shown = text(signed_in(inês).get(page("hold", sessions[1])))
    assert "it should be a true one" in shown


def test_its_words_rest_while_another_practice_is_chosen() -> None:
    sessions = meet(make_table(), meetings=4)
    circle, inês = sessions[0].circle, people_of(sessions[0].circle)[0]
    services.take_on(circle=circle, by=inês, programme=programme())
    session = choose(sessions[1])
    assert part_of(session) is None
    assert "Part 2 of 4:" not in text(signed_in(inês).get(page("session", session)))


def test_a_crews_page_offers_it_while_an_evening_is_open() -> None:
    sessions = meet(make_table(), meetings=4)
    circle, inês = sessions[0].circle, people_of(sessions[0].circle)[0]
    client = signed_in(inês)
    offer = reverse("practice:choose_programme", args=[circle.pk])
    assert offer in text(client.get(circle.get_absolute_url()))
    shown = text(client.get(offer))
    assert way(circle) in shown
    assert "practice-programme" not in shown
    services.take_on(circle=circle, by=inês, programme=programme())
    assert offer not in text(client.get(circle.get_absolute_url()))


def test_changing_the_place_keeps_a_practice_of_another_scale() -> None:
    steward = make_person("Steward")
    congregation = make_congregation(by=steward)
    sessions = meet(congregation, by=steward, meetings=4)
    services.take_on(circle=congregation, by=steward, programme=programme("practice-programme"))
    session = stand(sessions[0])
    assert session.practice is not None
    typed = detail(practice=session.practice_id, place="The mill", seen=session.sequence)
    assert signed_in(steward).post(page("details", session), typed).status_code == 303
    assert (practices(sessions)[0], stand(session).place) == ("Parts map", "The mill")


# --- when meetings are missing ----------------------------------------------------------------


def test_from_the_programme_one_schedules_what_is_missing_and_comes_back() -> None:
    circle = make_table()
    client = signed_in(people_of(circle)[0])
    shown = text(client.get(way(circle)))
    assert "It needs 4 meetings, and none is planned yet." in shown
    to_schedule = f"{schedule(circle)}?programme=first-four-weeks&meetings=4"
    assert to_schedule.replace("&", "&amp;") in shown
    assert client.get(to_schedule).context["form"].initial["meetings"] == 4
    response = client.post(to_schedule, typed(meetings=4))
    assert (response.status_code, response["Location"]) == (303, way(circle))
    assert client.get(way(circle)).context["plan"].missing == 0


@pytest.mark.parametrize("slug", ["nowhere", "practice-programme", "%00", "a b"])
def test_a_programme_that_is_none_of_theirs_leads_to_the_table(slug: str) -> None:
    circle = make_table()
    response = signed_in(people_of(circle)[0]).post(f"{schedule(circle)}?programme={slug}", typed())
    assert response["Location"] == circle.get_absolute_url()


# --- when one is called off -------------------------------------------------------------------


def test_what_is_left_is_shifted_to_the_meetings_that_come() -> None:
    sessions = meet(make_table(), meetings=6)
    circle, inês = sessions[0].circle, people_of(sessions[0].circle)[0]
    services.take_on(circle=circle, by=inês, programme=programme())
    client = signed_in(inês)
    shift = way(circle, part=2)
    response = client.post(page("cancel", sessions[1]), {"seen": 1}, follow=True)
    assert f'href="{shift}"' in text(response)
    state = client.get(shift).context["plan"]
    typed = {"seen": state.seen, "over": sorted(state.over)}
    assert client.post(shift, typed).status_code == 303
    assert titles(sessions) == [PARTS[0], PARTS[1], PARTS[1], PARTS[2], PARTS[3], ""]


def test_when_a_meeting_is_missing_for_it_one_is_asked_for() -> None:
    sessions = meet(make_table(), meetings=4)
    circle, inês = sessions[0].circle, people_of(sessions[0].circle)[0]
    services.take_on(circle=circle, by=inês, programme=programme())
    services.cancel(session=stand(sessions[1]), by=inês)
    client = signed_in(inês)
    assert "One part has no meeting yet." in text(client.get(way(circle, part=2)))
    meet(circle, SOON + 6 * WEEK, meetings=1)
    assert not client.get(way(circle, part=2)).context["plan"].left


def test_a_part_that_does_not_exist_begins_at_the_first() -> None:
    sessions = meet(make_table(), meetings=4)
    client = signed_in(people_of(sessions[0].circle)[0])
    for part in ("0", "x", "-1", "9" * 30):
        plan = client.get(f"{way(sessions[0].circle)}?part={part}").context["plan"]
        assert [str(slot.part) for slot in plan.slots] == list(PARTS)
