"""Passkeys: made, named, used instead of the password, after it and as a second look, removed."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from notifications.models import Notice
from people.models import Person
from selfwork.services.door import set_door
from tests.congregation.pages import signed_in, text
from tests.factories import make_person
from tests.people.soft_key import SoftKey, challenge_of, give_passkey, posted

pytestmark = pytest.mark.django_db

LOCKS = "/account/2fa/"
ADD = "/account/2fa/webauthn/add/"
SIGN_IN = "/account/2fa/webauthn/login/"
LOOK = "/account/2fa/webauthn/reauthenticate/"
PASSWORD = "a long enough one"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def may_try_again() -> None:
    """How often somebody tried is counted in the cache, by numbers that people share in tests."""
    cache.clear()


def sure(person: Person) -> Client:
    """Their client, after a second look."""
    client = signed_in(person)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def proven() -> Person:
    """Somebody whose address is theirs."""
    person = make_person()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def key_page(kept: Authenticator, page: str) -> str:
    return f"/account/2fa/webauthn/keys/{kept.pk}/{page}/"


def sign_in_with(key: SoftKey, person: Person, **more: str) -> tuple[Client, Any]:
    client = Client()
    client.get(SIGN_IN, headers=JSON)
    answer = posted(key.shown(challenge_of(client), person))
    return client, client.post(SIGN_IN, {**answer, **more})


# --- making, naming, removing -----------------------------------------------------------------


def test_a_passkey_is_made_named_and_mailed_about() -> None:
    person = make_person()
    client = sure(person)
    page = client.get(ADD)
    assert '"id": "localhost"' in text(page)
    assert '"userVerification": "required"' in text(page)
    made = {"name": "My phone", **posted(SoftKey().made(challenge_of(client)))}
    answer = client.post(ADD, made)
    assert answer["Location"] == "/account/2fa/recovery-codes/", "for the day the phone is gone"
    assert "Your passkey is kept." in text(client.get(answer["Location"]))
    assert "My phone" in text(client.get(LOCKS))
    mailed = [one.payload.get("template") for one in Notice.objects.filter(kind="account")]
    assert "webauthn_added" in mailed
    assert client.get("/you/my-data/").json()["you"]["passkeys"][0]["name"] == "My phone"


def test_a_passkey_is_named_for_whoever_names_none() -> None:
    person = make_person()
    client = sure(person)
    for name in ("My passkey", "Another passkey"):
        assert f'value="{name}"' in text(client.get(ADD))
        client.post(ADD, {"name": "", **posted(SoftKey().made(challenge_of(client)))})
    names = [str(one) for one in Authenticator.objects.filter(user=person, type="webauthn")]
    assert names == ["My passkey", "Another passkey"]


@pytest.mark.parametrize(
    "key",
    [
        SoftKey(host="elsewhere.example"),
        SoftKey(origin="http://elsewhere.example"),
        SoftKey(verifies=False),
    ],
    ids=["for another host", "from another site", "asked its owner nothing"],
)
def test_what_does_not_fit_is_not_kept(key: SoftKey) -> None:
    person = make_person()
    client = sure(person)
    client.get(ADD)
    answer = client.post(ADD, {"name": "Odd", **posted(key.made(challenge_of(client)))})
    assert "That passkey did not fit." in text(answer)
    assert 'value="Odd"' in text(answer)
    assert not Authenticator.objects.filter(user=person).exists()


def test_another_name() -> None:
    person = make_person()
    _key, kept = give_passkey(person)
    client = sure(person)
    assert 'value="My phone"' in text(client.get(key_page(kept, "edit")))
    too_long = {"name": "x" * 61}
    assert 'aria-invalid="true"' in text(client.post(key_page(kept, "edit"), too_long))
    answer = client.post(key_page(kept, "edit"), {"name": "The <laptop>"}, follow=True)
    assert "The &lt;laptop&gt;" in text(answer)


def test_removed_it_opens_nothing() -> None:
    person = proven()
    key, kept = give_passkey(person)
    client = sure(person)
    assert "My phone" in text(client.get(key_page(kept, "remove")))
    assert "The passkey is removed." in text(client.post(key_page(kept, "remove"), follow=True))
    _client, answer = sign_in_with(key, person)
    assert answer["Location"] == "/account/login/"
    signing_in = {"login": person.email, "password": PASSWORD}
    assert Client().post("/account/login/", signing_in)["Location"] != "/account/2fa/authenticate/"


def test_another_persons_passkey_is_not_there() -> None:
    _key, kept = give_passkey(make_person())
    client = sure(make_person())
    assert client.get(key_page(kept, "edit")).status_code == 404
    assert client.post(key_page(kept, "remove")).status_code == 404


def test_making_and_removing_ask_for_a_second_look() -> None:
    person = make_person()
    _key, kept = give_passkey(person)
    client = signed_in(person)
    for address in (ADD, key_page(kept, "edit"), key_page(kept, "remove")):
        assert client.get(address)["Location"].startswith(LOOK)
        assert client.post(address, {"name": "x"}).status_code == 302
    assert str(Authenticator.objects.get(pk=kept.pk)) == "My phone"


# --- using it ---------------------------------------------------------------------------------


def test_signing_in_with_a_passkey_alone_leads_on() -> None:
    person = proven()
    key, _kept = give_passkey(person)
    client, answer = sign_in_with(key, person, next="/you/")
    assert answer["Location"] == "/you/"
    assert client.get("/you/").status_code == 200


def test_one_answer_signs_in_once() -> None:
    person = proven()
    key, _kept = give_passkey(person)
    client = Client()
    client.get(SIGN_IN, headers=JSON)
    answer = posted(key.shown(challenge_of(client), person))
    for other in (Client(), Client()):
        other.get(SIGN_IN, headers=JSON)
        assert other.post(SIGN_IN, answer)["Location"] == "/account/login/"
    assert client.post(SIGN_IN, answer)["Location"] != "/account/login/"


def test_what_does_not_fit_leads_back_and_keeps_the_way() -> None:
    person = proven()
    give_passkey(person)
    client, answer = sign_in_with(SoftKey(), person, next="/you/")
    assert answer["Location"] == "/account/login/?next=%2Fyou%2F"
    page = text(client.get(answer["Location"]))
    assert "That passkey did not fit." in page
    assert 'name="next" value="/you/"' in page


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "null",
        "{}",
        "[]",
        "nonsense",
        '{"id": "a"}',
        '{"id": 5, "rawId": [], "type": 3, "response": []}',
        '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": '
        '{"clientDataJSON": "e30", "authenticatorData": "YQ", "signature": "YQ", '
        '"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "attestationObject": "gA"}}',
        "[" * 90_000,
    ],
)
def test_nonsense_is_turned_down_with_a_word(credential: str) -> None:
    client = Client()
    client.get(SIGN_IN, headers=JSON)
    answer = client.post(SIGN_IN, {"credential": credential}, follow=True)
    assert "passkey" in text(answer)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    inside = sure(proven())
    inside.get(ADD)
    refused = inside.post(ADD, {"credential": credential})
    assert "passkey" in text(refused)
    assert not Authenticator.objects.exists()


def test_an_answer_for_a_number_nobody_has_signs_nobody_in() -> None:
    key, _kept = give_passkey(proven())
    for number in (2**70, -1):
        _client, answer = sign_in_with(key, Person(pk=number))
        assert answer["Location"] == "/account/login/"


def test_somebody_elses_passkey_opens_no_other_account() -> None:
    person, other = proven(), proven()
    key, _kept = give_passkey(other)
    give_passkey(person)
    client, answer = sign_in_with(key, person)
    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_after_the_password_it_is_the_second_lock() -> None:
    person = proven()
    key, _kept = give_passkey(person)
    client = Client()
    signing_in = {"login": person.email, "password": PASSWORD}
    answer = client.post("/account/login/", signing_in)
    assert answer["Location"] == "/account/2fa/authenticate/"
    page = text(client.get(answer["Location"]))
    assert "Use my passkey" in page
    assert "recovery codes" in page
    wrong = client.post(answer["Location"], posted(SoftKey().shown(challenge_of(client), person)))
    assert "That passkey did not fit." in text(wrong)
    client.post(answer["Location"], posted(key.shown(challenge_of(client), person)))
    assert client.get("/you/").status_code == 200


def test_whoever_has_codes_alone_is_offered_no_passkey() -> None:
    person = proven()
    Authenticator.objects.create(user=person, type="totp", data={"secret": "A" * 32})
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    page = text(client.get("/account/2fa/authenticate/"))
    assert "Type the code" in page
    assert "passkey" not in page


def test_it_opens_the_door_of_self_work_first_and_the_password_still_does() -> None:
    person = proven()
    key, _kept = give_passkey(person)
    set_door(owner=person, asks_after=0)
    client = signed_in(person)
    assert client.get("/self/")["Location"] == f"{LOOK}?next=%2Fself%2F"
    page = text(client.get(f"{LOOK}?next=/self/"))
    assert "/account/reauthenticate/?next=" in page
    wrong = posted(SoftKey().shown(challenge_of(client), person))
    back = client.post(LOOK, {**wrong, "next": "/self/"})["Location"]
    assert back == f"{LOOK}?next=%2Fself%2F"
    assert "That passkey did not fit." in text(client.get(back))
    right = posted(key.shown(challenge_of(client), person))
    assert client.post(LOOK, {**right, "next": "/self/"})["Location"] == "/self/"
    assert client.get("/self/").status_code == 200
    assert "Use your passkey" in text(client.get("/self/door/"))


def test_a_code_opens_the_door_of_self_work() -> None:
    """It did not while our form forgot that a code was a second look."""
    person = proven()
    Authenticator.objects.create(
        user=person, type="recovery_codes", data={"migrated_codes": ["12345678"], "used_mask": 0}
    )
    set_door(owner=person, asks_after=0)
    client = signed_in(person)
    client.get("/self/")
    client.post("/account/2fa/reauthenticate/", {"code": "12345678", "next": "/self/"})
    assert client.get("/self/").status_code == 200


def test_a_passkey_belongs_to_the_address_people_type_whatever_a_proxy_says(settings: Any) -> None:
    settings.SITE_URL = "https://table.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    person = proven()
    client = sure(person)
    page = text(client.get(ADD, headers={"Host": "10.0.0.7:8000"}))
    assert '"id": "table.example.org"' in page
    for origin, fits in (("http://table.example.org", False), ("https://table.example.org", True)):
        key = SoftKey("table.example.org", origin)
        client.get(ADD)
        client.post(ADD, posted(key.made(challenge_of(client))))
        assert Authenticator.objects.filter(type="webauthn").exists() is fits


# --- what the pages are made of ---------------------------------------------------------------


@pytest.mark.parametrize("address", [ADD, LOOK, "/account/login/"])
def test_no_script_is_written_into_a_page(address: str) -> None:
    person = proven()
    give_passkey(person)
    client = Client() if "login" in address else sure(person)
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    page = text(response)
    assert "js/passkey.js" in page
    assert "needs JavaScript" in page
    scripts = [one.partition(">")[0] for one in page.split("<script")[1:]]
    assert [one for one in scripts if "src=" not in one and "application/json" not in one] == []
    assert " onclick=" not in page
