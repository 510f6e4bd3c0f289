"""What the two see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.services import accept_invitation, decline_invitation, leave
from congregation.models import Congregation
from dyads import services
from dyads.models import Dyad
from people.models import Person
from practice.services import set_rhythm
from tests.congregation.pages import signed_in, text
from tests.crews.tables import make_crew
from tests.factories import make_congregation, make_person, sit

pytestmark = pytest.mark.django_db

# What the form has chosen already.
USUAL = {"kind": "peers", "weeks": "2", "minutes": "45", "meetings": "6"}
INDEX, BEGIN = reverse("dyads:index"), reverse("dyads:begin")


@pytest.fixture
def estuary() -> Congregation:
    congregation: Congregation = make_congregation(by=make_person("Inês"), name="Estuary")
    return congregation


@pytest.fixture
def pair(estuary: Congregation) -> tuple[Person, Person]:
    one = make_person("Oisín Ó Briain")
    other = make_person("Mere 🌊 Tāmati", pronouns="she/her", time_zone="Pacific/Auckland")
    sit(estuary, one, other)
    return one, other


def make_dyad(one: Person, other: Person, estuary: Congregation) -> Dyad:
    dyad = services.begin(by=one, person=other, parent=estuary, intention="To <listen>.")
    accept_invitation(invitation=dyad.invitations.get(), by=other)
    return dyad


def ask_page(estuary: Congregation, person: Person) -> str:
    return reverse("dyads:invite", args=[estuary.pk, person.pk])


# --- asking ---------------------------------------------------------------------------------


def test_people_of_ones_congregations_are_found_by_name(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    make_congregation(by=make_person("Merete Elsewhere"))
    client = signed_in(pair[0])
    everybody = text(client.get(BEGIN))
    assert "Mere 🌊 Tāmati" in everybody
    assert "Inês" in everybody
    for words in ("mere", " Tāmati "):
        found = text(client.get(BEGIN, {"who": words}, headers={"HX-Request": "true"}))
        assert ask_page(estuary, pair[1]) in found
        assert "Inês" not in found
        assert "Merete" not in found
        assert found.strip().startswith("<ul")
    assert "Nobody of that name" in text(client.get(BEGIN, {"who": "%_"}))


def test_asking_on_the_page(estuary: Congregation, pair: tuple[Person, Person]) -> None:
    one, other = pair
    client, url = signed_in(one), ask_page(estuary, other)
    assert "Mere 🌊 Tāmati (she/her), Auckland" in text(client.get(url))
    words = text(client.post(url, {**USUAL, "message": "Shall <we>? 🌊"}, follow=True))
    assert "Your invitation to Mere is on its way." in words
    assert "You asked Mere 🌊 Tāmati" in words
    assert "Waiting for their answer, until" in text(client.get(INDEX))
    theirs = text(signed_in(other).get(INDEX))
    assert "Oisín Ó Briain asks to be a dyad with you" in theirs
    assert "Shall &lt;we&gt;? 🌊" in theirs


def test_only_people_of_that_congregation_can_be_asked_there(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    assert signed_in(one).get(ask_page(estuary, one)).status_code == 404
    assert signed_in(one).post(ask_page(estuary, make_person())).status_code == 404
    assert signed_in(make_person()).post(ask_page(estuary, other)).status_code == 404
    leave(circle=estuary, by=other)
    for answer in (signed_in(one).get, signed_in(one).post):
        words = text(answer(ask_page(estuary, other), follow=True))
        assert "Mere has left Estuary. You can still ask them by mail." in words
    assert not Dyad.objects.exists()


def test_asking_by_mail() -> None:
    client = signed_in(make_person("Oisín"))
    words = {**USUAL, "email": "friend@example.org", "intention": "To listen."}
    shown = text(client.post(BEGIN, words, follow=True))
    assert "You asked friend@example.org" in shown
    assert "The seat is kept until" in shown
    assert Dyad.objects.get().intention == "To listen."


@pytest.mark.parametrize(
    ("email", "explained"),
    [
        ("", "Please fill"),
        ("nobody", "no e-mail address yet"),
        ("ME@example.org", "That is your own address"),
    ],
)
def test_an_address_that_does_not_do_is_explained(email: str, explained: str) -> None:
    me = make_person(email="me@example.org")
    response = signed_in(me).post(BEGIN, {**USUAL, "email": email, "message": "Kept <words>."})
    assert response.status_code == 422
    assert explained in text(response)
    assert "Kept &lt;words&gt;." in text(response)
    assert not Dyad.objects.exists()


# --- being a dyad ---------------------------------------------------------------------------


def test_the_two_see_each_other_and_what_they_agreed(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = make_dyad(one, other, estuary)
    words = {
        **USUAL,
        "intention": "To <listen>.",
        "agreements": "Each week.\n\nIt stays <between> us.",
    }
    edit = reverse("dyads:edit", args=[dyad.pk])
    assert "Written down." in text(signed_in(one).post(edit, words, follow=True))
    for reader, title in ((one, "You and Mere"), (other, "You and Oisín")):
        page = text(signed_in(reader).get(dyad.get_absolute_url()))
        assert f"<h1>{title}</h1>" in page
        assert "To &lt;listen&gt;." in page
        assert "<li>It stays &lt;between&gt; us.</li>" in page
        assert title in text(signed_in(reader).get(INDEX))


def test_nobody_else_sees_it(estuary: Congregation, pair: tuple[Person, Person]) -> None:
    dyad = make_dyad(*pair, estuary)
    for outsider in (estuary.created_by, make_person()):
        client = signed_in(outsider)  # type: ignore[arg-type]
        assert client.get(dyad.get_absolute_url()).status_code == 404
        assert client.get(reverse("dyads:edit", args=[dyad.pk])).status_code == 404
        assert "Oisín" not in text(client.get(INDEX))


def test_who_speaks_first_alternates_and_both_are_told_the_same(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = make_dyad(one, other, estuary)
    begins = timezone.now() + timedelta(days=1)
    rhythm = set_rhythm(
        circle=dyad,
        by=other,
        every="week",
        starts_on=begins.date(),
        at=begins.time().replace(microsecond=0),
        time_zone="UTC",
        minutes=45,
        meetings=2,
    )
    first, second = rhythm.sessions.order_by("number")
    assert "You speak first this time." in text(signed_in(one).get(dyad.get_absolute_url()))
    assert "Oisín speaks first this time." in text(signed_in(other).get(dyad.get_absolute_url()))
    first.cancelled_at = timezone.now()
    first.save()
    assert second.number == 2
    assert "Mere speaks first this time." in text(signed_in(one).get(dyad.get_absolute_url()))
    assert "You speak first this time." in text(signed_in(other).get(dyad.get_absolute_url()))


def test_an_answer_of_no_is_said_kindly(estuary: Congregation, pair: tuple[Person, Person]) -> None:
    one, other = pair
    dyad = services.begin(by=one, person=other, parent=estuary)
    decline_invitation(invitation=dyad.invitations.get(), by=other)
    words = text(signed_in(one).get(dyad.get_absolute_url()))
    assert "Mere can’t take on a dyad just now." in words
    assert "It did not come about this time." in text(signed_in(one).get(INDEX))
    put_away = reverse("circles:leave", args=[dyad.pk])
    assert put_away in words
    signed_in(one).post(put_away)
    assert dyad.get_absolute_url() not in text(signed_in(one).get(INDEX))


def test_ending_it_is_asked_about_first_and_the_other_reads_it(
    estuary: Congregation, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    dyad = make_dyad(one, other, estuary)
    client, url = signed_in(one), reverse("circles:leave", args=[dyad.pk])
    assert "it ends for both of you" in text(client.get(url))
    assert "Thank you for your turns." in text(client.post(url, follow=True))
    assert client.get(dyad.get_absolute_url()).status_code == 404
    theirs = text(signed_in(other).get(dyad.get_absolute_url()))
    assert "This dyad has come to its end." in theirs
    assert dyad.get_absolute_url() not in text(signed_in(other).get(INDEX))


def test_too_many_words_are_kept(estuary: Congregation, pair: tuple[Person, Person]) -> None:
    dyad = make_dyad(*pair, estuary)
    words = {**USUAL, "intention": "Kept", "agreements": "é" * 2001}
    response = signed_in(pair[0]).post(reverse("dyads:edit", args=[dyad.pk]), words)
    assert response.status_code == 422
    assert "é" * 2001 in text(response)
    dyad.refresh_from_db()
    assert dyad.agreements == ""


# --- as many questions for fifty as for three -----------------------------------------------


def questions(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_as_many_queries_for_fifty_as_for_three(estuary: Congregation) -> None:
    me = make_person()
    sit(estuary, me)
    client = signed_in(me)
    fill(estuary, me, 3)
    few = [questions(client, url) for url in (INDEX, BEGIN)]
    fill(estuary, me, 47)
    assert [questions(client, url) for url in (INDEX, BEGIN)] == few
    assert max(few) <= 12


def fill(estuary: Congregation, me: Person, people: int) -> None:
    """As many dyads of mine, invitations from me and invitations to me."""
    services.say_how_many(by=me, most=6)
    others = [make_person() for _ in range(3 * people)]
    sit(estuary, *others)
    for number, other in enumerate(others):
        if number < people:
            services.begin(by=other, person=me, parent=estuary)
        elif number < 2 * people:
            services.begin(by=me, person=other, parent=estuary)
        else:
            make_dyad(me, other, estuary)


def test_a_dyad_grows_out_of_a_congregation_and_of_no_crew() -> None:
    crew = make_crew(people=2)
    one, other = [seat.person for seat in crew.memberships.present().at_table()][:2]
    path = reverse("dyads:invite", args=[crew.pk, other.pk])
    assert signed_in(one).post(path, {}).status_code == 404
