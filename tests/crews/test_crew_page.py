"""The crew's page from inside: one next step on top, its sections below."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.services import close
from crews import services
from crews.models import Crew
from crews.rules.agreements import Texts
from crews.showing.now import CrewNow
from crews.showing.page import crew_page
from pages.sections import Step, first_step
from practice.services import set_rhythm
from practice.showing.meetings import Meetings
from tests.congregation.pages import signed_in, text
from tests.crews.tables import begin, make_crew
from tests.crews.test_pages import mate, meet

pytestmark = pytest.mark.django_db


def step_of(crew: Crew) -> str:
    """What the page says on top."""
    step = crew_page(crew, mate(crew)).step
    return step.heading if step else ""


def test_the_first_step_that_has_something_to_say_is_the_one() -> None:
    person = mate(make_crew())
    nobody = Crew(seats=6, name="Nobody's")
    now = CrewNow(nobody, person, Meetings(nobody, person, [], None, [], [], None))
    asked: list[str] = []

    def says(word: str, *, speaks: bool) -> Step | None:
        asked.append(word)
        return Step(word, "/", word) if speaks else None

    sources = [
        lambda _: says("quiet", speaks=False),
        lambda _: says("first", speaks=True),
        lambda _: says("second", speaks=True),
    ]
    step = first_step(now, sources)
    assert step is not None
    assert step.heading == "first"
    assert asked == ["quiet", "first"]
    assert first_step(now, sources[:1]) is None


def test_what_now_follows_the_state_of_the_crew() -> None:
    lonely = make_crew(people=1)
    assert step_of(lonely) == "A crew begins with three: one more."
    crew = make_crew(people=2)
    assert step_of(crew) == "Three are at the table: shall it begin?"
    begin(crew)
    assert step_of(crew) == "Your first evening: three conversations"
    services.agree(crew=crew, by=mate(crew), texts=Texts("On time."))
    assert step_of(crew) == "When do you meet?"
    meet(crew)
    assert step_of(crew) == ""
    close(circle=crew, by=mate(crew))
    assert step_of(Crew.objects.get(pk=crew.pk)) == ""


def test_while_they_meet_the_way_is_to_the_table() -> None:
    crew = make_crew(people=2)
    soon = (timezone.now() + timedelta(minutes=5)).replace(microsecond=0)
    rhythm = set_rhythm(
        circle=crew,
        by=mate(crew),
        every="once",
        starts_on=soon.date(),
        at=soon.time(),
        time_zone="UTC",
        minutes=60,
        meetings=1,
    )
    words = text(signed_in(mate(crew)).get(crew.get_absolute_url()))
    assert "The table is laid" in words
    assert reverse("practice:hold", args=[rhythm.sessions.get().pk]) in words


def test_one_asks_for_a_rhythm_only_once() -> None:
    crew = begin(make_crew(people=2))
    services.agree(crew=crew, by=mate(crew), texts=Texts("On time."))
    words = text(signed_in(mate(crew)).get(crew.get_absolute_url()))
    assert words.count("When do you meet?") == 1
    assert words.count(reverse("practice:schedule", args=[crew.pk])) == 1
