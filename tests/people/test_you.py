"""What people see and change about themselves."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.services import send_due
from people.models import Person
from people.time_zones import city, zone_info
from selfwork.services import meet_part
from tests.congregation.pages import signed_in, text
from tests.factories import make_person

pytestmark = pytest.mark.django_db

YOU, HOURS = reverse("people:profile"), reverse("people:hours")
MY_DATA = reverse("people:my_data")
WORDS = {
    "name": "Mere & Co 🌊",
    "pronouns": "she/her",
    "about": "I bake <slowly>.",
    "time_zone": "America/St_Johns",
    "languages": ["mi", "en"],
}


# --- a name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "first", "initials"),
    [
        ("Mere Tāmati", "Mere", "MT"),
        ("Oisín Ó Briain", "Oisín", "OB"),
        ("mere", "mere", "M"),
        ("🌊", "🌊", "🌊"),
        ("Mere 🌊", "Mere", "M"),
        ("李 小龍", "李", "李小"),
    ],
)
def test_a_name_is_said_in_short(name: str, first: str, initials: str) -> None:
    person = Person(name=name, email="mere@example.org")
    assert (str(person), person.first_name, person.initials) == (name, first, initials)


def test_without_a_name_the_address_stands_for_it() -> None:
    assert str(Person(email="mere@example.org")) == "mere"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Kathmandu", "Kathmandu"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("America/St_Johns", "St John’s"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_city(zone: str, said: str) -> None:
    assert city(zone) == said


def test_a_zone_that_is_no_longer_known_is_read_as_utc() -> None:
    assert str(zone_info("Atlantis/Capital")) == "UTC"


# --- the page -------------------------------------------------------------------------------


def test_changing_what_others_read() -> None:
    person = make_person()
    client = signed_in(person)
    words = text(client.post(YOU, WORDS, follow=True))
    assert "Kept." in words
    assert "Mere &amp; Co 🌊" in words
    assert "I bake &lt;slowly&gt;." in words
    assert "Mere, St John’s time" in words
    person.refresh_from_db()
    assert person.languages == ["mi", "en"]
    assert (person.pronouns, person.time_zone) == ("she/her", "America/St_Johns")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "two\nlines"),
        ("name", "x" * 81),
        ("pronouns", "she\rher"),
        ("about", "x" * 601),
        ("time_zone", "Middle/Earth"),
        ("languages", "klingon"),
    ],
)
def test_what_does_not_do_is_explained_and_nothing_changes(field: str, value: str) -> None:
    person = make_person("Mere")
    client = signed_in(person)
    before = Person.objects.filter(pk=person.pk).values().get()
    response = client.post(YOU, {**WORDS, field: value})
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    assert Person.objects.filter(pk=person.pk).values().get() == before


def test_one_cannot_make_oneself_more_than_one_is() -> None:
    person = make_person(email="mere@example.org")
    more = {"is_staff": "on", "is_superuser": "on", "email": "other@example.org", "id": "1"}
    assert signed_in(person).post(YOU, {**WORDS, **more}).status_code == 303
    person.refresh_from_db()
    assert (person.email, person.is_staff, person.is_superuser) == (
        "mere@example.org",
        False,
        False,
    )


def test_a_zone_of_an_older_name_stays_ones_own() -> None:
    person = make_person(time_zone="US/Eastern")
    assert '<option value="US/Eastern" selected' in text(signed_in(person).get(YOU))
    assert signed_in(person).post(YOU, {**WORDS, "time_zone": "US/Eastern"}).status_code == 303
    person.refresh_from_db()
    assert person.time_zone == "US/Eastern"


# --- hours ----------------------------------------------------------------------------------


def test_hours_are_kept_and_shown() -> None:
    person = make_person(time_zone="Asia/Kathmandu")
    client = signed_in(person)
    words = text(client.post(HOURS, {"hours": ["19", "18", "18", "130"]}, follow=True))
    assert "Your hours are kept." in words
    assert "Mon 18:00–20:00, Sat 10:00–11:00" in words
    person.refresh_from_db()
    assert person.suitable_hours == [18, 19, 130]
    page = text(client.get(HOURS))
    assert "by your own clock in Kathmandu" in page
    assert 'value="18" checked aria-label="Monday 18:00"' in page
    assert page.count(" checked") == 3


def test_all_hours_can_be_taken_back() -> None:
    person = make_person(suitable_hours=[18, 19])
    signed_in(person).post(HOURS, {})
    person.refresh_from_db()
    assert person.suitable_hours == []


def test_the_whole_week_can_suit() -> None:
    person = make_person()
    signed_in(person).post(HOURS, {"hours": [str(hour) for hour in range(168)]})
    person.refresh_from_db()
    assert person.suitable_hours == list(range(168))


@pytest.mark.parametrize("value", ["168", "-1", "noon", "1.5", "", "\x00"])
def test_hours_that_are_none_change_nothing(value: str) -> None:
    person = make_person(suitable_hours=[18])
    response = signed_in(person).post(HOURS, {"hours": ["20", value]})
    assert response.status_code in {303, 422}
    person.refresh_from_db()
    assert person.suitable_hours == [18]


# --- my data --------------------------------------------------------------------------------


def test_everything_kept_of_me_is_one_file() -> None:
    person = make_person(
        "Mere 🌊", about="I <bake>.", languages=["mi"], suitable_hours=[18], time_zone="Asia/Tokyo"
    )
    meet_part(owner=person, name="The foreman 👷")
    meet_part(owner=make_person(), name="Somebody else’s part")
    response = signed_in(person).get(MY_DATA)
    assert response["Content-Disposition"] == 'attachment; filename="my-common-table.json"'
    assert "no-store" in response["Cache-Control"]
    kept = json.loads(text(response))
    assert kept["you"]["email"] == person.email
    assert kept["you"]["name"] == "Mere 🌊"
    assert (kept["you"]["about"], kept["you"]["languages"]) == ("I <bake>.", ["mi"])
    assert (kept["you"]["suitable_hours"], kept["you"]["time_zone"]) == ([18], "Asia/Tokyo")
    assert "The foreman 👷" in text(response)
    assert "Somebody else’s part" not in text(response)
    assert "password" not in text(response)


def test_the_first_steps_are_taken_once() -> None:
    person = make_person()
    client = signed_in(person)
    client.get(reverse("home:doors"))
    person.refresh_from_db()
    settled = person.settled_at
    assert settled is not None
    assert settled <= timezone.now()
    client.get(reverse("home:doors"))
    person.refresh_from_db()
    assert person.settled_at == settled


def test_the_languages_of_the_browser_stand_first() -> None:
    client = signed_in(make_person())
    page = text(client.get("/you/begin/", headers={"Accept-Language": "sw-KE,sw;q=0.9,cy;q=0.5"}))
    shown = re.findall(r'name="languages" value="(\w+)"', page)
    assert shown[:3] == ["cy", "sw", "ar"]


def test_a_changed_password_is_told_by_mail(mailoutbox: list[EmailMessage]) -> None:
    person = make_person(email="ama@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    new = "seven slow herons"
    wish = {"oldpassword": "a long enough one", "password1": new, "password2": new}
    signed_in(person).post(reverse("account_change_password"), wish)
    send_due(seconds=60)
    assert [mail.subject for mail in mailoutbox] == ["Your password was changed"]


def test_changing_the_address_asks_for_the_password_first() -> None:
    answer = Client().get(reverse("account_email"))
    assert answer["Location"].startswith(reverse("account_login"))
    person = make_person()
    client = signed_in(person)
    answer = client.post(reverse("account_email"), {"email": "new@a.org", "action_add": ""})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_from_where_hours_are_missing_one_comes_back_there() -> None:
    client = signed_in(make_person())
    for back, leads_to in (("/dyads/", "/dyads/"), ("https://elsewhere.example/", YOU)):
        answer = client.post(f"{HOURS}?next={back}", {"hours": "30"})
        assert answer["Location"] == leads_to
        assert f'href="{leads_to}"' in text(client.get(f"{HOURS}?next={back}"))
