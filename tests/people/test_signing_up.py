"""From the door to Today: signing up, the code, the first steps."""

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from circles.services import invite
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.congregation.pages import text
from tests.crews.tables import make_crew
from tests.factories import make_person

pytestmark = pytest.mark.django_db

SIGN_UP, SIGN_IN = reverse("account_signup"), reverse("account_login")
CODE_PAGE = reverse("account_email_verification_sent")
WORDS = {
    "name": "Mere 🌊 Tāmati",
    "email": "Mere@Example.ORG",
    "password1": "four kind words here",
    "time_zone": "Pacific/Auckland",
}


@pytest.fixture(autouse=True)
def _no_one_has_tried_before() -> Iterator[None]:
    """Rate limits count in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


def code_in_mail(to: str) -> str:
    """What the reader finds in the last mail to that address."""
    send_due(seconds=60)
    sent = [message for message in mail.outbox if to in message.to[0]]
    assert sent[-1].subject == "Your code for Common Table"
    found = re.search(r"^\s*([0-9A-Z]{3,}-?[0-9A-Z]{3,})\s*$", str(sent[-1].body), re.MULTILINE)
    assert found is not None, sent[-1].body
    return found[1]


def test_from_the_door_to_today() -> None:
    client = Client()
    assert "Your time zone" in text(client.get(SIGN_UP))
    response = client.post(SIGN_UP, WORDS)
    assert (response.status_code, response["Location"]) == (302, CODE_PAGE)
    assert "mere@example.org" in text(client.get(CODE_PAGE))
    assert client.get(reverse("home:today")).status_code == 302, "not signed in before the code"

    response = client.post(CODE_PAGE, {"code": code_in_mail("mere@example.org")})
    assert response.status_code == 302
    person = Person.objects.get()
    assert (person.name, person.email) == ("Mere 🌊 Tāmati", "mere@example.org")
    assert person.time_zone == "Pacific/Auckland"
    assert EmailAddress.objects.get(user=person).verified

    today = client.get(reverse("home:today"))
    assert today["Location"] == reverse("people:begin")
    assert "Welcome, Mere" in text(client.get(today["Location"]))
    about = {
        "name": "Mere Tāmati",
        "pronouns": "she/her",
        "time_zone": "Pacific/Auckland",
        "languages": ["mi", "en"],
    }
    hours = client.post(reverse("people:begin"), about)["Location"]
    assert hours == "/you/hours/?first=1"
    assert "That is it" in text(client.get(hours))
    assert client.post(hours, {"hours": ["18", "19"]})["Location"] == reverse("home:doors")
    assert "How do you come?" in text(client.get(reverse("home:doors")))
    assert client.get(reverse("home:today")).status_code == 200
    person.refresh_from_db()
    assert (person.languages, person.suitable_hours) == (["mi", "en"], [18, 19])


def test_the_first_steps_can_wait() -> None:
    client, person = Client(), make_person()
    client.force_login(person)
    assert client.get(reverse("home:today"))["Location"] == reverse("people:begin")
    later = client.post(reverse("people:begin"), {"later": "1", "name": ""})
    assert later["Location"] == reverse("home:doors")
    assert client.get(reverse("home:today")).status_code == 200
    person.refresh_from_db()
    assert person.name.startswith("Person")


def test_an_invitation_leads_through_signing_up_to_the_seat() -> None:
    crew = make_crew(people=1)
    assert crew.caller is not None
    url = invite(circle=crew, by=crew.caller, email="mere@example.org").get_absolute_url()
    send_due(seconds=60)
    mail.outbox.clear()
    client = Client()
    client.post(SIGN_UP, {**WORDS, "next": url})
    confirm = {"code": code_in_mail("mere@example.org"), "next": url}
    assert client.post(CODE_PAGE, confirm)["Location"] == url
    assert "Welcome. This is your seat." in text(client.post(url, {"answer": "yes"}, follow=True))
    assert client.get(reverse("home:today")).status_code == 200


def test_a_wrong_code_lets_nobody_in() -> None:
    client = Client()
    client.post(SIGN_UP, WORDS)
    right = code_in_mail("mere@example.org")
    response = client.post(CODE_PAGE, {"code": "000000" if right != "000000" else "111111"})
    assert response.status_code == 200
    assert 'id="id_code_error"' in text(response)
    assert client.get(reverse("home:today")).status_code == 302
    assert client.post(CODE_PAGE, {"code": right}).status_code == 302
    assert client.get(reverse("home:today"))["Location"] == reverse("people:begin")


def test_the_code_is_forgotten_once_it_was_sent() -> None:
    Client().post(SIGN_UP, WORDS)
    assert Notice.objects.get().payload["code"]
    send_due(seconds=60)
    assert Notice.objects.get().payload == {}


@pytest.mark.parametrize(
    ("field", "value", "explained"),
    [
        ("name", "", "required"),
        ("name", "two\nlines", "on one line"),
        ("name", "two\r\nBcc: all@example.org", "on one line"),
        ("name", "two\u2028lines", "on one line"),
        ("name", "nothing\x00here", "ull characters"),
        ("name", "x" * 81, "room for 80"),
        ("email", "nobody", "no e-mail address yet"),
        ("password1", "short", "at least 10"),
        ("password1", "password123", "too common"),
        ("time_zone", "Middle/Earth", "do not know this time zone"),
        ("time_zone", "../../etc/passwd", "do not know this time zone"),
    ],
)
def test_what_does_not_do_is_explained_and_nobody_is_stored(
    field: str, value: str, explained: str
) -> None:
    response = Client().post(SIGN_UP, {**WORDS, field: value})
    assert response.status_code == 200
    page = text(response)
    assert explained in page
    assert f'id="id_{field}_error"' in page
    if field != "name":
        assert "Mere 🌊 Tāmati" in page
    assert "four kind words here" not in page
    assert not Person.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("address", ["known@example.org", "KNOWN@example.org", "new@example.org"])
def test_a_known_address_is_led_on_like_an_unknown_one(address: str) -> None:
    known = make_person(email="known@example.org")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    client = Client()
    response = client.post(SIGN_UP, {**WORDS, "email": address})
    assert (response.status_code, response["Location"]) == (302, CODE_PAGE)
    page = text(client.get(CODE_PAGE))
    assert "Look into your mail" in page
    assert f"<strong>{address.lower()}</strong>" in page
    assert client.post(CODE_PAGE, {"code": "000000"}).status_code == 200
    assert client.get(reverse("home:today")).status_code == 302
    assert Person.objects.filter(email="known@example.org").get() == known


def test_whose_address_it_is_hears_of_it_by_mail() -> None:
    known = make_person(email="known@example.org")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    Client().post(SIGN_UP, {**WORDS, "email": "known@example.org"})
    send_due(seconds=60)
    (message,) = mail.outbox
    assert message.to[0].endswith("<known@example.org>") or message.to == ["known@example.org"]
    assert message.subject == "You already have a seat here"


@pytest.mark.parametrize("spelling", ["mere@example.org", "MERE@EXAMPLE.ORG", " Mere@example.org "])
def test_one_signs_in_with_any_spelling_of_the_address(spelling: str) -> None:
    person = make_person(email="mere@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client = Client()
    client.post(SIGN_IN, {"login": spelling, "password": "a long enough one"})
    assert client.get(reverse("people:profile")).status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_answered_alike() -> None:
    make_person(email="mere@example.org")
    said = []
    for address in ("mere@example.org", "nobody@example.org"):
        page = text(Client().post(SIGN_IN, {"login": address, "password": "not this one"}))
        said.append(re.findall(r'class="errorlist nonfield">(.*?)</ul>', page))
    assert said[0] == said[1]
    assert said[0]


def test_the_database_keeps_one_account_an_address_in_any_spelling() -> None:
    make_person(email="mere@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="MERE@example.org", name="Another")


def test_an_account_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        Person.objects.create_user(email="")


def test_a_known_address_is_answered_exactly_like_an_unknown_one() -> None:
    known = make_person(email="known@example.org")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    pages = set()
    for address in ("known@example.org", "newer@example.org"):
        client = Client()
        client.post(SIGN_UP, {**WORDS, "email": address})
        shown = text(client.get(CODE_PAGE)).replace(address, "…")
        pages.add(re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="\w+"', "", shown))
    assert len(pages) == 1
