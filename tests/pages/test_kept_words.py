"""Words sent after the login had expired: kept for whoever wrote them, and for nobody else."""

from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from people.models import Person
from practice.models import Answer
from selfwork.models import Part, Turn
from tests.factories import make_person
from tests.practice.tables import make_table, meet_once, people_of
from tests.selfwork.quiet import make_part, stored, talk_with, text

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough one"
LETTER = "Dear foreman,\n\nthe marzipan can wait.\r\nSit down 🦔 with “me” & <them>."
KEY = "5b0a1b60-9a0e-4a3c-9f5e-00000000000a"
WORDS = "/your-words/"


class Fields(HTMLParser):
    """The hidden fields of the form that goes to `path`, as a browser would send them."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.inside = path, False
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "form":
            self.inside = named.get("action") == self.path
        elif tag == "input" and self.inside:
            self.found[str(named["name"])] = named.get("value") or ""


def fields(response: Any, path: str) -> dict[str, str]:
    parser = Fields(path)
    parser.feed(text(response))
    return parser.found


def confirm(person: Person) -> None:
    """Their address is known to be theirs, so that they can sign in."""
    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


def at_home(person: Person, **options: Any) -> Client:
    """Somebody's own browser, in which they are signed in and have opened a page."""
    client = Client(**options)
    client.force_login(person)
    assert client.get("/today/").status_code in {200, 303}
    return client


def expire() -> None:
    """Every login has grown too old."""
    Session.objects.all().delete()


def sign_in(client: Client, person: Person, next_page: str = WORDS) -> Any:
    confirm(person)
    typed = {"login": person.email, "password": PASSWORD, "next": next_page}
    response = client.post(reverse("account_login"), typed)
    assert response.status_code == 302
    return response


def writer() -> tuple[Client, Part, str]:
    """Somebody whose login expired over a letter: their browser, the part, its page."""
    part = make_part()
    client = at_home(part.owner)
    expire()
    return client, part, talk_with(part)


def send(client: Client, path: str, body: str = LETTER) -> Any:
    here = {"Referer": f"http://testserver{path}"}
    return client.post(path, {"key": KEY, "voice": "me", "body": body}, headers=here)


# --- the letter -------------------------------------------------------------------------------


def test_a_letter_sent_too_late_is_there_after_signing_in_and_one_press_keeps_it() -> None:
    client, part, path = writer()
    before = Turn.objects.count()
    response = send(client, path)
    assert response["Location"] == f"{reverse('account_login')}?next={WORDS}"
    assert "what you wrote is kept for half an hour" in text(client.get(response["Location"]))
    assert sign_in(client, part.owner)["Location"] == WORDS
    shown = client.get(WORDS)
    assert "the marzipan can wait." in text(shown)
    typed = fields(shown, path)
    assert typed.pop("csrfmiddlewaretoken")
    assert typed == {"key": KEY, "voice": "me", "body": LETTER}
    assert client.post(path, typed).status_code == 303
    assert Turn.objects.count() == before + 1
    assert "the marzipan can wait." in text(client.get(path))


def test_it_is_gone_once_it_was_sent() -> None:
    client, part, path = writer()
    send(client, path)
    sign_in(client, part.owner)
    client.post(path, fields(client.get(WORDS), path))
    assert client.get(WORDS)["Location"] == "/today/"
    assert "kept_key" not in {name for name, cookie in client.cookies.items() if cookie.value}


def test_it_is_gone_when_its_writer_lets_go_of_it_and_the_page_comes_back() -> None:
    client, part, path = writer()
    before = Turn.objects.count()
    send(client, path)
    sign_in(client, part.owner)
    assert client.post(WORDS)["Location"] == path
    assert client.get(WORDS)["Location"] == "/today/"
    assert Turn.objects.count() == before


def test_it_stays_while_its_writer_looks_around() -> None:
    client, part, path = writer()
    send(client, path)
    sign_in(client, part.owner, next_page="/today/")
    client.get("/self/")
    assert "the marzipan can wait." in text(client.get(WORDS))
    assert "the marzipan can wait." in text(client.get(WORDS))


def test_its_page_is_kept_by_no_cache() -> None:
    client, part, path = writer()
    send(client, path)
    sign_in(client, part.owner)
    assert "no-store" in client.get(WORDS)["Cache-Control"]


def test_an_expired_login_is_recognised_after_weeks_too() -> None:
    with time_machine.travel("2027-01-04 12:00", tick=False) as clock:
        part = make_part()
        client, path = at_home(part.owner), talk_with(part)
        clock.shift(timedelta(days=20))
        assert WORDS in send(client, path)["Location"]
        sign_in(client, part.owner)
        assert "the marzipan can wait." in text(client.get(WORDS))


# --- nobody else ------------------------------------------------------------------------------


def test_whoever_else_signs_in_finds_nothing_and_the_words_are_destroyed() -> None:
    client, part, path = writer()
    send(client, path)
    other = make_person("Other")
    sign_in(client, other)
    assert client.get(WORDS)["Location"] == "/today/"
    client.post(reverse("account_logout"))
    # Not even the writer finds them again, since another was here.
    sign_in(client, part.owner)
    assert client.get(WORDS)["Location"] == "/today/"


def test_the_writer_finds_them_in_no_other_browser() -> None:
    client, part, path = writer()
    send(client, path)
    elsewhere = at_home(part.owner)
    assert elsewhere.get(WORDS)["Location"] == "/today/"
    # And they are still where they were written.
    sign_in(client, part.owner)
    assert "the marzipan can wait." in text(client.get(WORDS))


@pytest.mark.parametrize("key", ["", "nonsense", "A" * 43 + "=", "é"])
def test_a_forged_key_opens_nothing(key: str) -> None:
    client, part, path = writer()
    send(client, path)
    sign_in(client, part.owner)
    client.cookies["kept_key"] = key
    assert client.get(WORDS)["Location"] == "/today/"


def test_a_forged_mark_keeps_nothing() -> None:
    client, _, path = writer()
    mark = client.cookies["was_here"].value
    client.cookies["was_here"] = "x" + mark[1:]
    assert WORDS not in send(client, path)["Location"]


def test_nothing_is_kept_of_a_visitor_who_was_never_here() -> None:
    part = make_part()
    response = send(Client(), talk_with(part))
    assert WORDS not in response["Location"]
    assert "kept_key" not in response.cookies


def test_who_signs_out_leaves_no_trace_in_the_browser() -> None:
    part = make_part()
    client = at_home(part.owner)
    client.post(reverse("account_logout"))
    left = {name for name, cookie in client.cookies.items() if cookie.value}
    assert not left & {"was_here", "kept_key", "sessionid"}
    assert WORDS not in send(client, talk_with(part))["Location"]


def test_neither_the_database_nor_the_cache_nor_the_browser_alone_can_read_them(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client, part, path = writer()
    send(client, path)
    mark = client.cookies["was_here"].value.rsplit(":", 2)[0]
    sealed = cache.get(f"kept:{mark}")
    assert b"marzipan can" not in sealed
    assert not any(b"marzipan can" in value for value in stored())
    assert not any("marzipan can" in cookie.value for cookie in client.cookies.values())
    assert str(part.owner.pk) != mark
    assert part.owner.email not in str(client.cookies)
    assert "marzipan" not in caplog.text


def test_the_cookies_are_out_of_reach_for_scripts_and_other_sites() -> None:
    client, _, path = writer()
    send(client, path)
    for name in ("was_here", "kept_key"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.cookies["kept_key"]["max-age"] == 1800


# --- limits -----------------------------------------------------------------------------------


def test_after_half_an_hour_they_are_gone() -> None:
    with time_machine.travel("2027-01-04 12:00", tick=False) as clock:
        client, part, path = writer()
        send(client, path)
        clock.shift(timedelta(minutes=29))
        sign_in(client, part.owner)
        assert "the marzipan can wait." in text(client.get(WORDS))
        clock.shift(timedelta(minutes=2))
        assert client.get(WORDS)["Location"] == "/today/"


@pytest.mark.parametrize(("letters", "is_kept"), [(990_000, True), (1_010_000, False)])
def test_a_megabyte_is_kept_and_no_more(letters: int, is_kept: bool) -> None:
    client, _, path = writer()
    response = send(client, path, "x" * letters)
    assert (WORDS in response["Location"]) == is_kept
    words = text(client.get(response["Location"]))
    assert ("Come in again, then press once more." in words) != is_kept


def test_one_person_keeps_one_thing_at_a_time_the_latest() -> None:
    client, part, path = writer()
    send(client, path, "The first of two.")
    send(client, path, "The second of two.")
    sign_in(client, part.owner)
    shown = text(client.get(WORDS))
    assert "The second of two." in shown
    assert "The first of two." not in shown


def test_passwords_and_codes_are_never_kept() -> None:
    client = at_home(make_person())
    expire()
    typed = {"oldpassword": PASSWORD, "password1": "another one", "password2": "another one"}
    response = client.post(reverse("account_change_password"), typed)
    assert WORDS not in response["Location"]
    assert "kept_key" not in response.cookies


def test_a_mere_press_without_a_field_is_pressed_again() -> None:
    client, part, _ = writer()
    here = {"Referer": f"http://testserver/self/parts/{part.pk}/"}
    response = client.post(f"/self/parts/{part.pk}/aside/", headers=here)
    assert WORDS not in response["Location"]
    assert f"/self/parts/{part.pk}/" in response["Location"]


# --- buttons and htmx -------------------------------------------------------------------------


def test_an_answer_tapped_too_late_is_given_by_one_press() -> None:
    session = meet_once(make_table())
    tomasz = people_of(session.circle)[1]
    client = at_home(tomasz)
    expire()
    path = reverse("practice:answer", args=[session.pk])
    typed = {"answer": "no", "word": "My train is late", "back": "/today/"}
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/today/"}
    response = client.post(path, typed, headers=headers)
    assert response.status_code == 200
    assert response["HX-Redirect"] == f"{reverse('account_login')}?next={WORDS}"
    assert not Answer.objects.filter(person=tomasz).exists()
    sign_in(client, tomasz)
    shown = client.get(WORDS)
    assert "My train is late" in unescape(text(shown))
    client.post(path, fields(shown, path))
    answer = Answer.objects.get(person=tomasz)
    assert (answer.choice, answer.word) == ("no", "My train is late")


def test_a_button_alone_is_not_called_words() -> None:
    session = meet_once(make_table())
    tomasz = people_of(session.circle)[1]
    client = at_home(tomasz)
    expire()
    client.post(reverse("practice:answer", args=[session.pk]), {"answer": "yes"})
    sign_in(client, tomasz)
    shown = text(client.get(WORDS))
    assert "One press is missing" in shown
    assert "Your words are still here" not in shown


def test_an_address_with_a_question_mark_is_sent_to_whole() -> None:
    session = meet_once(make_table())
    client = at_home(people_of(session.circle)[1])
    path = f"{reverse('practice:notes', args=[session.pk])}?page=1"
    expire()
    client.post(path, {"words": "Mere brings bread."})
    sign_in(client, people_of(session.circle)[1])
    assert fields(client.get(WORDS), path)["words"] == "Mere brings bread."


# --- a page that was open for too long --------------------------------------------------------


def stale(site: str) -> tuple[Any, Client, str]:
    """What a form gets whose page was drawn before somebody signed in anew in another tab."""
    part = make_part()
    client = at_home(part.owner, enforce_csrf_checks=True)
    path = talk_with(part)
    client.get(path)
    typed = {"key": KEY, "voice": "me", "body": LETTER, "csrfmiddlewaretoken": "x" * 64}
    return client.post(path, typed, headers={"Sec-Fetch-Site": site}), client, path


def test_a_form_drawn_before_the_last_login_keeps_its_words() -> None:
    response, client, path = stale("same-origin")
    assert response["Location"] == WORDS
    typed = fields(client.get(WORDS), path)
    assert typed["body"] == LETTER
    before = Turn.objects.count()
    assert client.post(path, typed).status_code == 303
    assert Turn.objects.count() == before + 1
    assert client.get(WORDS)["Location"] == "/today/"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_a_form_of_another_site_is_never_offered_to_be_sent(site: str) -> None:
    response, client, _ = stale(site)
    assert response.status_code == 403
    assert client.get(WORDS)["Location"] == "/today/"


def test_a_stale_form_of_somebody_who_is_signed_out_is_not_kept_for_whoever_was_here_last() -> None:
    part = make_part()
    client = at_home(part.owner, enforce_csrf_checks=True)
    expire()
    typed = {"key": KEY, "voice": "me", "body": LETTER, "csrfmiddlewaretoken": "x" * 64}
    headers = {"Sec-Fetch-Site": "same-origin"}
    response = client.post(talk_with(part), typed, headers=headers)
    assert response.status_code == 403
    assert "kept_key" not in response.cookies
