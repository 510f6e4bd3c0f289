"""The last page of a crew, and leaving one kindly."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from circles.errors import NotAllowed
from crews import errors, services
from crews.models import Crew, Parting
from people.models import Person
from tests.crews.cycles import (
    DAY,
    make_going,
    page,
    people_of,
    signed_in,
    text,
    tick,
    told,
)
from tests.factories import make_congregation, make_person
from tests.practice.tables import mails_to, questions

pytestmark = pytest.mark.django_db

WORDS = {
    "thanks": "For the <tea> 🫖.",
    "keeps": "To begin on time.",
    "open_to": "crew",
    "word": "In spring.",
}


def make_ended(*people: Person, **fields: object) -> Crew:
    crew = make_going(*people, **fields)  # type: ignore[arg-type]
    services.end(crew=crew, by=people_of(crew)[0])
    crew.refresh_from_db()
    return crew


# --- the last page --------------------------------------------------------------------------


def test_thanks_to_all_and_to_one_are_read_by_those_inside(clock: Traveller) -> None:
    crew = make_ended(make_person("Inês"), make_person("Tomasz"), make_person("Mere"))
    one, two, three = people_of(crew)
    client = signed_in(one)
    assert "Say goodbye" in text(client.get("/today/"))
    words = text(client.post(page(crew, "ending"), WORDS, follow=True))
    assert "It stands on the last page." in words
    assert "For the &lt;tea&gt; 🫖." in words
    assert "Say goodbye" not in text(client.get("/today/"))
    signed_in(two).post(page(crew, "ending"), {"thanks": "For listening.", "thanked": three.pk})
    words = text(signed_in(three).get(page(crew, "ending")))
    for said in ("Thanks to all of you", "Thanks to Mere", "Open to another crew. In spring."):
        assert said in words


def test_words_are_changed_while_the_page_is_open(clock: Traveller) -> None:
    crew = make_ended()
    client = signed_in(people_of(crew)[0])
    client.post(page(crew, "ending"), WORDS)
    assert "To begin on time." in text(client.get(page(crew, "ending")))
    client.post(page(crew, "ending"), {**WORDS, "keeps": "Bread."})
    assert Parting.objects.get().keeps == "Bread."
    clock.shift(timedelta(days=14))
    words = text(signed_in(people_of(crew)[0]).get(page(crew, "ending")))
    assert "It is closed" in words
    assert "Bread." in words
    assert "textarea" not in words
    with pytest.raises(errors.LastPageClosed):
        services.part(crew=crew, by=people_of(crew)[0], thanks="Late.")


@pytest.mark.parametrize(
    ("field", "value"),
    [("thanks", "x" * 601), ("open_to", "money"), ("thanked", "nonsense"), ("word", "x" * 301)],
)
def test_what_does_not_do_is_explained_and_kept(clock: Traveller, field: str, value: str) -> None:
    crew = make_ended()
    client = signed_in(people_of(crew)[0])
    response = client.post(page(crew, "ending"), {**WORDS, field: value})
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    assert "To begin on time." in text(response)
    assert client.post(page(crew, "ending"), {}).status_code == 422
    assert not Parting.objects.exists()


def test_only_those_inside_write_and_only_when_it_has_ended(clock: Traveller) -> None:
    crew, stranger = make_going(), make_person()
    assert signed_in(people_of(crew)[0]).get(page(crew, "ending")).status_code == 404
    with pytest.raises(errors.NotEnded):
        services.part(crew=crew, by=people_of(crew)[0], thanks="Early.")
    services.end(crew=crew, by=people_of(crew)[0])
    with pytest.raises(NotAllowed):
        services.part(crew=crew, by=stranger, thanks="Mine.")
    with pytest.raises(NotAllowed):
        services.part(crew=crew, by=people_of(crew)[0], thanks="To you.", thanked=stranger)
    assert signed_in(stranger).get(page(crew, "ending")).status_code == 404


def test_a_last_mail_gathers_the_words_for_those_inside(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_ended()
    one, two, three = people_of(crew)
    services.part(crew=crew, by=one, thanks="For the tea.")
    services.part(crew=crew, by=two, thanks="For listening.", thanked=three, open_to="rest")
    tick(clock)
    mailoutbox.clear()
    for _ in range(2):
        clock.shift(timedelta(days=14))
        tick(clock)
    assert sorted(told("thanks"), key=lambda person: person.pk) == people_of(crew)
    (mail,) = mails_to(three, mailoutbox)
    for said in ("For the tea.", "For listening.", f"{two} to {three}"):
        assert said in str(mail.body)
    assert "rest" not in str(mail.body)


def test_a_page_without_words_makes_no_mail(clock: Traveller) -> None:
    crew = make_ended()
    clock.shift(timedelta(days=14))
    tick(clock)
    assert told("thanks") == []
    assert "Nobody wrote anything here." in text(
        signed_in(people_of(crew)[0]).get(page(crew, "ending"))
    )


def test_stewards_hear_what_somebody_is_open_to_only_if_they_say_so(clock: Traveller) -> None:
    steward = make_person("Steward")
    estuary = make_congregation(by=steward)
    crew = make_ended(
        make_person("Inês"), make_person("Tomasz"), make_person("Mere"), parent=estuary
    )
    one, two, _ = people_of(crew)
    services.part(crew=crew, by=one, open_to="crew", word="By the sea.", tells_stewards=True)
    services.part(crew=crew, by=two, open_to="rest", word="Mine alone.")
    words = text(signed_in(steward).get(estuary.get_absolute_url()))
    assert "Inês is open to another crew." in words
    assert "By the sea." in words
    assert "Mine alone." not in words
    assert "is open to" not in text(signed_in(two).get(estuary.get_absolute_url()))
    clock.shift(timedelta(days=61))
    assert "is open to" not in text(signed_in(steward).get(estuary.get_absolute_url()))


def test_as_many_questions_for_six_words_as_for_one(clock: Traveller) -> None:
    counts = []
    for count in (3, 6):
        crew = make_ended(count=count)
        for person in people_of(crew):
            services.part(crew=crew, by=person, thanks="Thanks.")
        counts.append(questions(signed_in(people_of(crew)[0]), page(crew, "ending")))
    assert counts[0] == counts[1]


def test_ended_words_stay_readable_and_meetings_are_no_more(clock: Traveller) -> None:
    crew = make_ended()
    services.part(crew=crew, by=people_of(crew)[0], thanks="For the tea.")
    clock.shift(DAY * 100)
    client = signed_in(people_of(crew)[1])
    assert "For the tea." in text(client.get(page(crew, "ending")))
    assert page(crew, "ending") in text(client.get(crew.get_absolute_url()))
    assert "Say goodbye" not in text(client.get("/today/"))


# --- leaving --------------------------------------------------------------------------------


def test_whoever_leaves_may_thank_and_is_helped_onward(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_going(make_person("Inês"), make_person("Tomasz"), make_person("Mere"))
    one, two, three = people_of(crew)
    leave = f"/circles/{crew.pk}/leave/"
    client = signed_in(three)
    assert "A word to those who stay" in text(client.get(leave))
    response = client.post(leave, {"words": "Thank you for the <bread>."}, follow=True)
    assert response.redirect_chain[-1][0] == "/crews/"
    assert "Call a crew" in text(response)
    tick(clock)
    for person in (one, two):
        (mail,) = mails_to(person, mailoutbox)
        assert "Thank you for the <bread>." in str(mail.body)
    assert mails_to(three, mailoutbox) == []


def test_a_word_that_is_too_long_is_kept_and_the_seat_too(clock: Traveller) -> None:
    crew = make_going()
    person = people_of(crew)[0]
    response = signed_in(person).post(f"/circles/{crew.pk}/leave/", {"words": "x" * 301})
    assert response.status_code == 422
    assert "x" * 301 in text(response)
    assert person in people_of(crew)


def test_leaving_what_has_ended_tells_nobody(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_ended()
    tick(clock)
    mailoutbox.clear()
    signed_in(people_of(crew)[2]).post(f"/circles/{crew.pk}/leave/")
    tick(clock)
    assert mailoutbox == []
