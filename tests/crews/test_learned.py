"""What a crew learned, shared by one of them, sentence by sentence."""

import pytest

from circles.errors import NotAllowed
from circles.services import leave, take_seat
from congregation.models import Congregation
from crews import errors, services
from crews.models import Crew, Learned
from library.models import Learning, Practice
from people.models import Person
from tests.crews.cycles import make_going, page, people_of, signed_in, text
from tests.factories import make_congregation, make_person
from tests.library.shelf import hold
from tests.practice.tables import questions

pytestmark = pytest.mark.django_db


def steward_of(estuary: Congregation) -> Person:
    seat = estuary.memberships.present().stewards().first()
    assert seat is not None
    return seat.person


def in_estuary() -> tuple[Congregation, Crew]:
    estuary = make_congregation(people=1)
    return estuary, make_going(parent=estuary)


def test_a_sentence_stands_on_the_congregations_page_without_a_name() -> None:
    estuary, crew = in_estuary()
    person = people_of(crew)[0]
    said = {"words": "Begin with\nsilence <3.", "practice": "", "names_crew": ""}
    words = text(signed_in(person).post(page(crew, "learned"), said, follow=True))
    assert "Thank you. It stands there now, without your name." in words
    seen = text(signed_in(steward_of(estuary)).get(estuary.get_absolute_url()))
    assert "“Begin with silence &lt;3.”" in seen
    shown = seen.partition("What crews have learned")[2]
    assert crew.name not in shown.partition("</section>")[0]


def test_the_crew_is_named_where_somebody_says_so() -> None:
    estuary, crew = in_estuary()
    services.share_learned(crew=crew, by=people_of(crew)[0], words="Tea.", names_crew=True)
    seen = text(signed_in(steward_of(estuary)).get(estuary.get_absolute_url()))
    assert crew.name in seen.partition("What crews have learned")[2].partition("</section>")[0]


def test_beside_a_practice_that_the_crew_has_held() -> None:
    _estuary, crew = in_estuary()
    troika = Practice.objects.get(slug="troika")
    client = signed_in(people_of(crew)[0])
    said = {"words": "Turn the chair.", "practice": troika.pk}
    assert client.post(page(crew, "learned"), said).status_code == 422
    hold(crew, troika)
    assert client.post(page(crew, "learned"), said).status_code == 303
    assert Learning.objects.get().words == "Turn the chair."
    assert not Learned.objects.exists()


def test_a_crew_that_stands_alone_has_nobody_to_tell() -> None:
    crew = make_going()
    client = signed_in(people_of(crew)[0])
    assert "Tell it to each other." in text(client.get(page(crew, "learned")))
    assert client.post(page(crew, "learned"), {"words": "Tea."}).status_code == 422
    with pytest.raises(errors.NowhereToShare):
        services.share_learned(crew=crew, by=people_of(crew)[0], words="Tea.", names_crew=False)


@pytest.mark.parametrize("words", ["", "   ", "x" * 301])
def test_what_is_no_sentence_is_explained(words: str) -> None:
    _estuary, crew = in_estuary()
    response = signed_in(people_of(crew)[0]).post(page(crew, "learned"), {"words": words})
    assert response.status_code == 422
    assert 'id="id_words_error"' in text(response)


def test_three_from_a_crew_are_enough_for_one_person() -> None:
    _estuary, crew = in_estuary()
    client = signed_in(people_of(crew)[0])
    for number in range(3):
        client.post(page(crew, "learned"), {"words": f"Sentence {number}."})
    response = client.post(page(crew, "learned"), {"words": "One more."})
    assert response.status_code == 422
    assert "You have shared three sentences" in text(response)
    one = Learned.objects.latest("pk")
    words = text(client.post(f"/crews/learned/{one.pk}/take-back/", follow=True))
    assert "It is gone." in words
    assert client.post(page(crew, "learned"), {"words": "One more."}).status_code == 303


def test_only_its_writer_takes_it_back_and_only_stewards_hide_it() -> None:
    estuary, crew = in_estuary()
    one, two, _ = people_of(crew)
    steward = steward_of(estuary)
    sentence = services.share_learned(crew=crew, by=one, words="Tea.", names_crew=False)
    with pytest.raises(NotAllowed):
        services.take_learned_back(learned=sentence, by=two)
    with pytest.raises(NotAllowed):
        services.hide_learned(learned=sentence, by=two)
    page_of = estuary.get_absolute_url()
    assert "Take it off the page" in text(signed_in(steward).get(page_of))
    assert "Take it off the page" not in text(signed_in(two).get(page_of))
    signed_in(steward).post(f"/crews/learned/{sentence.pk}/hide/")
    assert "“Tea.”" not in text(signed_in(two).get(page_of))
    assert "A steward took it off the page." in text(signed_in(one).get(page(crew, "learned")))


def test_who_has_left_still_takes_back_what_they_said() -> None:
    _estuary, crew = in_estuary()
    person = people_of(crew)[0]
    sentence = services.share_learned(crew=crew, by=person, words="Tea.", names_crew=False)
    leave(circle=crew, by=person)
    assert signed_in(person).post(f"/crews/learned/{sentence.pk}/take-back/").status_code == 303
    with pytest.raises(NotAllowed):
        services.share_learned(crew=crew, by=person, words="Tea.", names_crew=False)


def test_neighbours_see_nothing_of_it() -> None:
    estuary, crew = in_estuary()
    services.share_learned(crew=crew, by=people_of(crew)[0], words="Tea.", names_crew=False)
    neighbour = make_person()
    take_seat(circle=make_congregation(name="Delta"), person=neighbour)
    assert not Learned.objects.visible_to(neighbour).exists()
    assert signed_in(neighbour).get(estuary.get_absolute_url()).status_code in {302, 303, 404}


def test_many_sentences_cost_no_more_questions_and_are_bounded() -> None:
    estuary, crew = in_estuary()
    client = signed_in(steward_of(estuary))
    services.share_learned(crew=crew, by=people_of(crew)[0], words="Sentence.", names_crew=True)
    few = questions(client, estuary.get_absolute_url())
    for person in people_of(crew):
        for _ in range(2):
            services.share_learned(crew=crew, by=person, words="Sentence.", names_crew=True)
    assert questions(client, estuary.get_absolute_url()) == few
    assert text(client.get(estuary.get_absolute_url())).count("“Sentence.”") == 6
