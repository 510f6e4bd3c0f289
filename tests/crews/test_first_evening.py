"""A crew's first evening: three conversations, from setting it to writing down what was said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.services import ask_to_join, close, leave, take_seat
from crews import services
from crews.models import Crew
from crews.rules.agreements import Texts
from crews.showing.agreements import CONVERSATIONS
from crews.showing.page import crew_page
from library.models import Practice
from practice import services as practice
from practice.models import PracticeSession
from tests.congregation.pages import signed_in, text
from tests.crews.tables import begin, make_crew
from tests.crews.test_pages import LINK, PLACE, mate, meet
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


def evening_page(crew: Crew) -> str:
    return reverse("crews:first_evening", args=[crew.pk])


def set_evening(crew: Crew, *, ago: timedelta = timedelta()) -> PracticeSession:
    """The three conversations in two days, or so long ago."""
    begins = timezone.now() + timedelta(days=2)
    rhythm = practice.set_rhythm(
        circle=crew,
        by=mate(crew),
        every="once",
        starts_on=begins.date(),
        at=begins.time().replace(microsecond=0),
        time_zone="UTC",
        minutes=90,
        meetings=1,
        practice=Practice.objects.get(slug=CONVERSATIONS),
    )
    session = rhythm.sessions.get()
    if ago:
        begun = timezone.now() - ago
        PracticeSession.objects.filter(pk=session.pk).update(
            starts_at=begun, ends_at=begun + timedelta(minutes=90)
        )
    return session


def step_of(crew: Crew) -> str:
    step = crew_page(crew, mate(crew)).step
    return step.heading if step else ""


def test_three_who_have_not_met_are_led_to_it_and_set_it_with_that_practice() -> None:
    crew = begin(make_crew(people=2))
    assert step_of(crew) == "Your first evening: three conversations"
    client = signed_in(mate(crew))
    words = text(client.get(evening_page(crew)))
    conversations = Practice.objects.get(slug=CONVERSATIONS)
    way = f"{reverse('practice:schedule', args=[crew.pk])}?every=once&practice={conversations.pk}"
    assert way.replace("&", "&amp;") in words
    form = client.get(way).context["form"]
    assert int(form["practice"].value()) == conversations.pk
    assert form["every"].value() == "once"


def test_two_are_led_to_a_third_first() -> None:
    crew = make_crew(people=1)
    assert step_of(crew) != "Your first evening: three conversations"
    words = text(signed_in(mate(crew)).get(evening_page(crew)))
    assert reverse("circles:invite", args=[crew.pk]) in words
    assert reverse("practice:schedule", args=[crew.pk]) not in words


def test_once_set_the_way_is_to_the_evening_and_while_it_is_on_to_the_table() -> None:
    crew = make_crew(people=2)
    session = set_evening(crew)
    client = signed_in(mate(crew))
    assert "Look at the evening" in text(client.get(evening_page(crew)))
    PracticeSession.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() + timedelta(minutes=5)
    )
    words = text(client.get(evening_page(crew)))
    assert reverse("practice:hold", args=[session.pk]) in words
    PracticeSession.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() - timedelta(minutes=50)
    )
    words = text(client.get(evening_page(crew)))
    assert reverse("crews:agreements", args=[crew.pk]) in words
    assert reverse("practice:hold", args=[session.pk]) in words


def test_after_it_the_page_of_leaving_and_the_crews_ask_for_the_result_until_it_is_there() -> None:
    crew = make_crew(people=2)
    session = set_evening(crew, ago=timedelta(hours=3))
    client, leaving = signed_in(mate(crew)), reverse("practice:leave", args=[session.pk])
    assert step_of(crew) == "Write down what you said"
    assert "You have held the three conversations." in text(client.get(leaving))
    assert "Write down what you said" in text(client.get(evening_page(crew)))
    services.agree(crew=crew, by=mate(crew), texts=Texts("On time."))
    assert step_of(crew) != "Write down what you said"
    assert "You have held the three conversations." not in text(client.get(leaving))
    assert "It is written down" in text(client.get(evening_page(crew)))


def test_other_practices_and_meetings_to_come_ask_for_no_result() -> None:
    crew = make_crew(people=2)
    session = set_evening(crew)
    client = signed_in(mate(crew))
    leaving = reverse("practice:leave", args=[session.pk])
    assert "You have held the three conversations." not in text(client.get(leaving))
    set_evening(make_crew(people=2), ago=timedelta(hours=3))
    assert step_of(crew) != "Write down what you said"


def test_from_outside_no_word_of_the_inside_is_read() -> None:
    estuary = make_congregation()
    crew = make_crew(parent=estuary, people=3)
    said = Texts("Kindness before cleverness.", "Tuesdays at the mill.", "Six, then freedom.")
    services.agree(crew=crew, by=mate(crew), texts=said)
    services.reopen(crew=crew, by=mate(crew, 2), word="The hour is hard.")
    practice.add_role(circle=crew, by=mate(crew), name="kettle warden", what_for="Boils it.")
    meet(crew)
    session = PracticeSession.objects.filter(circle=crew).earliest("starts_at")
    practice.write_note(session=session, by=mate(crew), words="Bring the biscuits.")
    asker = make_person("Gro Obi")
    take_seat(circle=estuary, person=asker)
    ask_to_join(circle=crew, by=asker, message="May I sit?")
    inside = [*vars_of(said), "The hour is hard.", "ettle warden", "Boils it.", "biscuits"]
    inside += [PLACE, LINK, "May I sit?", "Whose turn", "Will you be there", "accepted", "agreed"]
    words = text(signed_in(mate(crew)).get(crew.get_absolute_url()))
    assert [word for word in inside if word not in words and word not in {LINK, "Boils it."}] == []
    outside = text(signed_in(estuary.created_by).get(crew.get_absolute_url()))
    main = outside.partition("<main")[2].partition("</main>")[0]
    assert [word for word in inside if word in main] == []
    for shown in ("Slow Kettle 🫖", "Slowly.", "seats are open"):
        assert shown in main
    for name in ("agreements", "first_evening", "reopen_agreements"):
        url = reverse(f"crews:{name}", args=[crew.pk])
        assert signed_in(estuary.created_by).get(url).status_code == 403


def vars_of(texts: Texts) -> list[str]:
    return [texts.together, texts.meeting, texts.commitment]


def test_what_has_ended_stays_readable_inside_and_is_asked_nothing_more() -> None:
    crew = make_crew(people=2)
    services.agree(crew=crew, by=mate(crew), texts=Texts("On time."))
    leave(circle=crew, by=mate(crew, 3))
    close(circle=crew, by=mate(crew))
    client = signed_in(mate(crew, 2))
    words = text(client.get(crew.get_absolute_url()))
    assert "On time." in words
    for gone in ("I can say yes to this", "Ask to talk about it again", "Change an agreement"):
        assert gone not in words
    url = reverse("crews:agreements", args=[crew.pk])
    response = client.post(url, {"together": "Late.", "seen_together": ""})
    assert response.status_code == 422
    assert "This circle has come to its end." in text(response)
