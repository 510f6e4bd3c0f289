"""Taking on a programme: what falls where, in one step, and back again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from time_machine import Traveller

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from library.models import Practice
from notifications.models import Notice
from practice import errors, services
from tests.factories import make_congregation, make_person
from tests.practice.programmes import PARTS, back, choose, practices, programme, seen, titles, way
from tests.practice.tables import (
    make_table,
    meet,
    people_of,
    signed_in,
    stand,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# --- taking it on -----------------------------------------------------------------------------


def test_coming_meetings_get_their_parts_in_order_without_a_mail() -> None:
    sessions = meet(make_table(), meetings=5)
    circle = sessions[0].circle
    Notice.objects.all().delete()
    services.take_on(circle=circle, by=people_of(circle)[2], programme=programme())
    assert titles(sessions) == [*PARTS, ""]
    assert practices(sessions) == [
        "Three conversations",
        "Case clinic",
        "Project kitchen",
        "Retrospective",
        "",
    ]
    assert [stand(one).sequence for one in sessions] == [1, 1, 1, 1, 0]
    assert not Notice.objects.exists()


def test_the_page_says_what_falls_on_which_day_before_anything_changes() -> None:
    sessions = meet(make_table(), meetings=5)
    client = signed_in(people_of(sessions[0].circle)[0])
    shown = text(client.get(way(sessions[0].circle)))
    order = [shown.index(words) for words in ("Mon 11 Jan", PARTS[0], "Mon 18 Jan", PARTS[1])]
    assert order == sorted(order)
    assert titles(sessions) == [""] * 5


def test_one_button_takes_it_on_and_shows_how_it_stands() -> None:
    sessions = meet(make_table(), meetings=4)
    circle = sessions[0].circle
    client = signed_in(people_of(circle)[0])
    response = client.post(way(circle), {"seen": seen(client, way(circle))})
    assert (response.status_code, response["Location"]) == (303, back(circle))
    assert titles(sessions) == list(PARTS)
    shown = text(client.get(back(circle)))
    assert all(part in shown for part in PARTS)


def test_meetings_called_off_begun_or_over_are_left_alone(clock: Traveller) -> None:
    sessions = meet(make_table(), meetings=7)
    circle, inês = sessions[0].circle, people_of(sessions[0].circle)[0]
    services.cancel(session=sessions[3], by=inês)
    clock.move_to(sessions[1].starts_at + timedelta(minutes=5))
    services.take_on(circle=circle, by=inês, programme=programme())
    assert titles(sessions) == ["", "", PARTS[0], "", *PARTS[1:]]


def test_a_meeting_with_a_practice_is_kept_and_the_parts_flow_around_it() -> None:
    sessions = meet(make_table(), meetings=5)
    choose(sessions[1])
    circle = sessions[0].circle
    services.take_on(circle=circle, by=people_of(circle)[0], programme=programme())
    assert titles(sessions) == [PARTS[0], "", *PARTS[1:]]
    assert practices(sessions)[1] == "Troika"


def test_ticked_it_is_used_too_and_the_page_shows_that_first() -> None:
    sessions = meet(make_table(), meetings=4)
    kept = choose(sessions[1])
    circle = kept.circle
    client = signed_in(people_of(circle)[0])
    shown = text(client.get(way(circle)))
    assert "You chose this before, so it stays." in shown
    assert "One part has no meeting yet." in shown
    ticked = {"seen": seen(client, way(circle)), "over": kept.pk}
    shown = text(client.post(way(circle), {**ticked, "show": "1"}))
    assert "Until now: Troika" in shown
    assert titles(sessions) == [""] * 4
    assert client.post(way(circle), ticked).status_code == 303
    assert titles(sessions) == list(PARTS)


def test_htmx_gets_the_plan_alone() -> None:
    sessions = meet(make_table(), meetings=4)
    circle = sessions[0].circle
    client = signed_in(people_of(circle)[0])
    wish = {"seen": seen(client, way(circle)), "show": "1"}
    response = client.post(way(circle), wish, headers={"HX-Request": "true"})
    assert text(response).strip().startswith('<form id="plan"')


def test_too_few_meetings_are_said_and_lead_to_the_schedule() -> None:
    sessions = meet(make_table(), meetings=3)
    circle = sessions[0].circle
    client = signed_in(people_of(circle)[0])
    shown = text(client.get(way(circle)))
    to_schedule = reverse("practice:schedule", args=[circle.pk])
    assert f"{to_schedule}?programme=first-four-weeks&amp;meetings=1" in shown
    assert "Take it on</span>" not in shown
    response = client.post(way(circle), {"seen": seen(client, way(circle))})
    assert response.status_code == 422
    assert "There are fewer meetings than the programme has parts." in text(response)
    assert titles(sessions) == [""] * 3


def test_what_changed_since_the_page_was_read_is_shown_first() -> None:
    sessions = meet(make_table(), meetings=5)
    circle = sessions[0].circle
    inês, tomasz, _ = people_of(circle)
    client = signed_in(inês)
    read = seen(client, way(circle))
    services.cancel(session=sessions[0], by=tomasz)
    response = client.post(way(circle), {"seen": read})
    assert response.status_code == 422
    assert "Your meetings changed a moment ago." in text(response)
    assert titles(sessions) == [""] * 5
    again = response.context["plan"].seen
    assert client.post(way(circle), {"seen": again}).status_code == 303
    assert titles(sessions) == ["", *PARTS]


@pytest.mark.parametrize("over", ["999999", "x", "-1"])
def test_a_meeting_that_is_not_among_them_changes_nothing(over: str) -> None:
    sessions = meet(make_table(), meetings=4)
    other = meet(make_table(make_person(), make_person(), make_person()), meetings=4)
    circle = sessions[0].circle
    client = signed_in(people_of(circle)[0])
    for wish in (over, str(other[0].pk)):
        typed = {"seen": seen(client, way(circle)), "over": wish}
        assert client.post(way(circle), typed).status_code == 422
    assert titles([*sessions, *other]) == [""] * 8


def test_a_meeting_shorter_than_its_part_is_pointed_out() -> None:
    sessions = meet(make_table(), meetings=4, minutes=60)
    client = signed_in(people_of(sessions[0].circle)[0])
    shown = text(client.get(way(sessions[0].circle)))
    assert "It likes 90 minutes; your meeting has 60." in shown


# --- who may ----------------------------------------------------------------------------------


def test_only_those_who_plan_the_meetings_take_on_a_programme() -> None:
    steward = make_person("Steward")
    congregation = make_congregation(by=steward, people=2)
    member = people_of(congregation)[1]
    sessions = meet(congregation, by=steward, meetings=4)
    slug = "practice-programme"
    assert signed_in(member).get(way(congregation, slug)).status_code == 403
    assert signed_in(make_person()).post(way(congregation, slug)).status_code == 404
    with pytest.raises(NotAllowed):
        services.take_on(circle=congregation, by=member, programme=programme(slug))
    services.take_on(circle=congregation, by=steward, programme=programme(slug))
    assert titles(sessions) == ["Self", "Pair", "Crew", "Whole"]


def test_a_programme_of_another_scale_is_not_found() -> None:
    circle = make_table()
    client = signed_in(people_of(circle)[0])
    assert client.get(way(circle, "practice-programme")).status_code == 404
    assert client.get(way(circle, "nowhere")).status_code == 404


def test_a_table_that_ended_takes_on_nothing() -> None:
    sessions = meet(make_table(), meetings=4)
    circle = sessions[0].circle
    Circle.objects.filter(pk=circle.pk).update(closed_at=timezone.now())
    with pytest.raises(CircleClosed):
        services.take_on(circle=circle, by=people_of(circle)[0], programme=programme())


def test_the_service_says_itself_that_meetings_are_too_few() -> None:
    circle = make_table()
    with pytest.raises(errors.TooFewMeetings):
        services.take_on(circle=circle, by=people_of(circle)[0], programme=programme())


# --- and back ---------------------------------------------------------------------------------


def test_one_press_puts_it_back_as_it_was() -> None:
    sessions = meet(make_table(), meetings=4)
    kept = choose(sessions[2])
    circle = kept.circle
    client = signed_in(people_of(circle)[0])
    wish = {"seen": seen(client, way(circle)), "over": kept.pk}
    client.post(way(circle), wish)
    assert titles(sessions) == list(PARTS)
    response = client.post(back(circle))
    assert response.status_code == 303
    assert titles(sessions) == [""] * 4
    assert practices(sessions) == ["", "", "Troika", ""]
    assert [stand(one).sequence for one in sessions] == [2] * 4
    # Once is enough: pressed again it changes nothing.
    client.post(back(circle))
    assert [stand(one).sequence for one in sessions] == [2] * 4


def test_what_somebody_changed_since_stays_and_it_says_so() -> None:
    sessions = meet(make_table(), meetings=4)
    circle = sessions[0].circle
    inês, tomasz, _ = people_of(circle)
    client = signed_in(inês)
    client.post(way(circle), {"seen": seen(client, way(circle))})
    troika = Practice.objects.get(slug="troika")
    services.change_details(
        session=stand(sessions[1]), by=tomasz, practice=troika, host=None, place="", link=""
    )
    shown = text(client.post(back(circle), follow=True))
    assert "3 meetings are as they were. The others were changed since" in shown
    assert practices(sessions) == ["", "Troika", "", ""]


def test_another_table_is_never_put_back_by_mistake() -> None:
    sessions = meet(make_table(), meetings=4)
    circle, inês = sessions[0].circle, people_of(sessions[0].circle)[0]
    other = make_table(inês, make_person(), make_person())
    client = signed_in(inês)
    client.post(way(circle), {"seen": seen(client, way(circle))})
    assert client.post(back(other)).status_code == 303
    assert titles(sessions) == list(PARTS)
