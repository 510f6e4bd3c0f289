"""What an answer of the private place leaves behind: in a browser, a log, a report. Nothing."""

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver
from django.views.debug import ExceptionReporter

from selfwork import services
from selfwork.access import WentWrong, private_view
from tests.factories import make_person
from tests.selfwork.quiet import NAME, TO_IT, away, make_part, say, signed_in, text, turn_of

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def private_addresses() -> list[Any]:
    for one in get_resolver().url_patterns:
        if isinstance(one, URLResolver) and one.app_name == "selfwork":
            return list(one.url_patterns)
    raise LookupError("selfwork has no addresses")


def test_every_address_is_guarded() -> None:
    open_ones = [one.name for one in private_addresses() if not hasattr(one.callback, "is_private")]
    assert open_ones == []


@pytest.mark.django_db
def test_no_answer_may_be_kept() -> None:
    owner = make_person()
    part = make_part(owner)
    client = signed_in(owner)
    answers = [client.post("/self/meet/", {}), client.get("/self/parts/999999/edit/")]
    numbers = {"turns": turn_of(part).pk, "talks": turn_of(part).conversation_id}
    for one in private_addresses():
        route = str(one.pattern)
        pk = numbers.get(route.partition("/")[0], part.pk)
        answers.append(client.get("/self/" + re.sub(r"<[^>]+>", str(pk), route)))
    for response in answers:
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        is_page = "Content-Disposition" not in response.headers and response.content
        if response["Content-Type"].startswith("text/html") and is_page:
            assert 'hx-history="false"' in text(response)


@pytest.mark.django_db
def test_signing_out_clears_what_the_browser_holds() -> None:
    client = signed_in(make_person())
    assert "Clear-Site-Data" not in client.get("/self/").headers
    response = client.post("/account/logout/")
    assert response["Clear-Site-Data"] == '"cache"'
    assert "no-store" in response["Cache-Control"]
    assert "Clear-Site-Data" not in client.get("/").headers


@pytest.mark.django_db
def test_deleting_the_account_clears_it_too() -> None:
    person = make_person()
    client = signed_in(person)
    response = client.post("/you/farewell/", {"email": person.email})
    assert response.status_code == 303
    assert response["Clear-Site-Data"] == '"cache"'


@pytest.mark.django_db
def test_after_signing_out_one_can_sign_in_again() -> None:
    person = make_person()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    token = client.get("/account/logout/").context["csrf_token"]
    client.post("/account/logout/", {"csrfmiddlewaretoken": token})
    token = client.get("/account/login/").context["csrf_token"]
    typed = {"login": person.email, "password": "a long enough one", "csrfmiddlewaretoken": token}
    assert client.post("/account/login/", typed).status_code == 302


def test_no_page_is_fetched_before_it_is_wanted() -> None:
    early = re.compile(r"preload|prefetch|prerender|speculationrules|hx-trigger=\"load")
    drawn = [*TEMPLATES.glob("selfwork/**/*.html"), TEMPLATES / "base.html"]
    assert [path.name for path in drawn if early.search(path.read_text())] == []


# --- when something breaks --------------------------------------------------------------------


class Collector(logging.Handler):
    """As services that collect errors do: keeps every frame's names, the request, the message."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())
        error = record.exc_info[1] if record.exc_info else None
        while error is not None:
            self.seen.append(repr(error))
            trace = error.__traceback__
            while trace is not None:
                self.seen += [repr(value) for value in trace.tb_frame.f_locals.values()]
                trace = trace.tb_next
            error = error.__cause__ or error.__context__
        request: HttpRequest | None = getattr(record, "request", None)
        if request is not None:
            self.seen += [repr(request.POST), repr(request.body), repr(request.FILES)]


@private_view
def breaks(request: HttpRequest) -> HttpResponse:
    words = request.POST["body"]
    raise ValueError(f"cannot make sense of {words}")


@pytest.mark.django_db
def test_an_error_report_says_where_and_nothing_of_what_was_written() -> None:
    request = RequestFactory().post("/self/", {"body": TO_IT})
    request.user = make_person()
    with pytest.raises(WentWrong) as met:
        breaks(request)
    assert "ValueError" in str(met.value)
    assert "test_nothing_left.py" in str(met.value)
    trace = met.value.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_name != "wrapped":
        trace = trace.tb_next
    report = ExceptionReporter(request, WentWrong, met.value, trace)
    assert "Quillfeather" not in report.get_traceback_text() + report.get_traceback_html()
    assert met.value.__context__ is None


@pytest.mark.django_db
def test_a_page_that_breaks_is_logged_without_words() -> None:
    owner = make_person()
    part = make_part(owner)
    collector = Collector()
    log = logging.getLogger("django.request")
    log.addHandler(collector)
    client = signed_in(owner)
    client.raise_request_exception = False
    try:
        with away("selfwork_part"):
            response = client.post(f"/self/parts/{part.pk}/edit/", {"name": NAME, "fears": TO_IT})
    finally:
        log.removeHandler(collector)
    assert response.status_code == 500
    said = " ".join(collector.seen)
    assert "Error" in said
    assert "Quillfeather" not in said + text(response)


@pytest.mark.django_db
def test_no_word_is_in_a_query() -> None:
    owner = make_person()
    with CaptureQueriesContext(connection) as queries:
        part = make_part(owner)
        say(services.begin_conversation(part=part, owner=owner), owner, TO_IT)
    assert not [one["sql"] for one in queries if "Quillfeather" in one["sql"]]
