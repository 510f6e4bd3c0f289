"""The steward’s panel: what is waiting, and what a steward does about it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.models import JoinRequest, Membership
from circles.services import ask_to_join, invite, take_seat
from congregation.services import make_steward
from notifications.models import Notice
from practice.models import PracticeSession
from tests.admin.panel import INDEX, LISTS, full_congregation, rows_of, signed_in, text
from tests.factories import make_bare_crew, make_congregation, make_person, sit

pytestmark = pytest.mark.django_db

# --- answering ------------------------------------------------------------------------------


def test_the_first_page_says_what_waits() -> None:
    congregation = full_congregation("🐟")
    words = text(signed_in(congregation.created_by).get(reverse(INDEX)))
    assert "Somebody asks to join" in words
    assert "Asker 🐟" in words
    assert "Words 🐟" in words
    assert "Crew 🐟" in words
    assert "Member 🐟" in words


def test_somebody_in_a_crew_is_not_listed_as_without_one() -> None:
    congregation = make_congregation(by=make_person("Steward"))
    crew = make_bare_crew(parent=congregation, people=3)
    steward_only = text(signed_in(congregation.created_by).get(reverse(INDEX)))
    for seat in crew.memberships.select_related("person"):
        assert seat.person.name not in steward_only


def test_the_first_page_is_quiet_when_nothing_waits() -> None:
    congregation = make_congregation()
    take_seat(circle=make_bare_crew(parent=congregation, people=3), person=congregation.created_by)
    words = text(signed_in(congregation.created_by).get(reverse(INDEX)))
    assert "Nothing waits for you" in words


def test_saying_yes_seats_the_person_and_tells_them() -> None:
    congregation = full_congregation("🐟")
    request = congregation.requests.get()
    url = reverse("admin:circles_joinrequest_yes", args=[request.pk])
    client = signed_in(congregation.created_by)
    response = client.post(f"{url}?index", follow=True)
    assert response.redirect_chain == [(reverse(INDEX), 302)]
    assert "Asker 🐟 has a seat at 🐟 now" in text(response)
    assert congregation.memberships.present().of(request.person).exists()
    assert Notice.objects.get(kind="circles.answered").person == request.person
    assert client.post(url).status_code == 404


def test_not_now_is_told_too() -> None:
    congregation = full_congregation("🐟")
    request = congregation.requests.get()
    url = reverse("admin:circles_joinrequest_not_now", args=[request.pk])
    response = signed_in(congregation.created_by).post(url, follow=True)
    assert "kindly, that it is not now" in text(response)
    assert JoinRequest.objects.get(pk=request.pk).state == JoinRequest.State.DECLINED
    assert Notice.objects.get(kind="circles.answered").person == request.person


def test_a_full_congregation_says_so_and_the_request_goes_on_waiting() -> None:
    congregation = make_congregation(people=13, seats=15, least=15, is_listed=True)
    request = ask_to_join(circle=congregation, by=make_person("Halvard"))
    take_seat(circle=congregation, person=make_person())
    url = reverse("admin:circles_joinrequest_yes", args=[request.pk])
    response = signed_in(congregation.created_by).post(url, follow=True)
    assert "every seat here is taken now" in text(response)
    assert JoinRequest.objects.waiting().filter(pk=request.pk).exists()


def test_several_are_answered_at_once() -> None:
    congregation = make_congregation(is_listed=True)
    asked = [ask_to_join(circle=congregation, by=make_person()).pk for _ in range(3)]
    words = {"action": "say_yes", "_selected_action": asked[:2]}
    url = reverse("admin:circles_joinrequest_changelist")
    signed_in(congregation.created_by).post(url, words)
    assert congregation.requests.waiting().count() == 1
    assert congregation.memberships.present().count() == 3


def test_the_lists_form_carries_the_token_for_its_buttons() -> None:
    congregation = full_congregation("🐟")
    client = Client(enforce_csrf_checks=True)
    client.force_login(congregation.created_by)
    words = text(client.get(reverse("admin:circles_joinrequest_changelist")))
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', words)
    assert found
    request = congregation.requests.get()
    assert f'formaction="{request.pk}/yes/"' in words
    url = reverse("admin:circles_joinrequest_yes", args=[request.pk])
    assert client.post(url).status_code == 403
    assert client.post(url, {"csrfmiddlewaretoken": found[1]}).status_code == 302


# --- members, invitations, crews, the congregation itself -----------------------------------


def press(congregation: Any, action: str, *seats: Membership, **more: str) -> str:
    words = {"action": action, "_selected_action": [seat.pk for seat in seats], **more}
    url = reverse("admin:circles_membership_changelist")
    return text(signed_in(congregation.created_by).post(url, words, follow=True))


def test_members_are_made_stewards_and_the_last_stays_one() -> None:
    congregation = make_congregation(people=1)
    steward, member = congregation.memberships.order_by("seat")
    assert "Make another steward first" in press(congregation, "end_stewarding", steward)
    assert "looks after Estuary too" in press(congregation, "make_steward", member)
    member.refresh_from_db()
    assert member.is_steward
    assert Notice.objects.get(kind="congregation.made_steward").person == member.person


def test_releasing_somebody_asks_first() -> None:
    congregation = make_congregation(people=1)
    member = congregation.memberships.get(is_steward=False)
    assert "Talk with them first" in press(congregation, "release", member)
    member.refresh_from_db()
    assert member.left_at is None
    assert "has no seat at Estuary any more" in press(
        congregation, "release", member, confirmed="yes"
    )
    member.refresh_from_db()
    assert member.left_at is not None
    assert Notice.objects.get(kind="congregation.released").person == member.person


def test_an_invitation_is_taken_back() -> None:
    congregation = full_congregation("🐟")
    invitation = congregation.invitations.get()
    url = reverse("admin:circles_invitation_take_back", args=[invitation.pk])
    assert "taken back" in text(signed_in(congregation.created_by).post(url, follow=True))
    assert not congregation.invitations.waiting().exists()


def test_of_crews_it_shows_that_they_meet() -> None:
    congregation = make_congregation()
    crew = make_bare_crew(parent=congregation, people=3, name="Bread 🍞", intention="Our secret")
    now = timezone.now()
    for days in (-20, -6, 8, 15):
        starts_at = now + timedelta(days=days)
        PracticeSession.objects.create(
            circle=crew,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            time_zone="UTC",
            place="Their kitchen",
        )
    client = signed_in(congregation.created_by)
    words = text(client.get(reverse("admin:congregation_itscrew_changelist")))
    for days in (-6, 8):
        assert f"{now + timedelta(days=days):%-d %B %Y}" in words
    assert "3 of 6" in words
    assert "Our secret" not in words
    assert "Their kitchen" not in words


def edit(congregation: Any, **words: object) -> str:
    url = reverse("admin:congregation_congregation_change", args=[congregation.pk])
    fields = {"name": "Estuary", "least": 15, "seats": 40, **words}
    return text(signed_in(congregation.created_by).post(url, fields, follow=True))


def test_what_it_says_about_itself_is_changed() -> None:
    congregation = make_congregation()
    edit(congregation, name="Delta 🌾", about="New words", is_listed="on")
    congregation.refresh_from_db()
    assert (congregation.name, congregation.about) == ("Delta 🌾", "New words")
    assert (congregation.seats, congregation.is_listed) == (40, True)


@pytest.mark.parametrize(("least", "seats"), [(50, 40), (10, 40), (15, 15)])
def test_bounds_that_do_not_do_are_explained(least: int, seats: int) -> None:
    congregation = make_congregation(people=16)
    assert "errorlist" in edit(congregation, least=least, seats=seats)
    congregation.refresh_from_db()
    assert congregation.seats == 200


def test_nothing_is_added_or_deleted_in_the_panel() -> None:
    congregation = full_congregation("🐟")
    keeper = make_person(is_staff=True, is_superuser=True)
    for person in (congregation.created_by, keeper):
        client = signed_in(person)
        for model, pk in rows_of(congregation).items():
            assert client.get(reverse(f"admin:{model}_add")).status_code == 403
            assert client.post(reverse(f"admin:{model}_delete", args=[pk])).status_code == 403


# --- the policy, and as many questions for fifty as for three -------------------------------


@pytest.mark.parametrize("name", [INDEX, *LISTS])
def test_no_style_or_script_stands_in_the_page(name: str) -> None:
    client = signed_in(full_congregation("🐟").created_by)
    response = client.get(reverse(name))
    assert "style-src 'self'" in response["Content-Security-Policy"]
    words = text(response)
    assert "<style" not in words
    assert not re.search(r"\s(style|on\w+)=", words)
    assert all("nonce=" in tag for tag in re.findall(r"<script[^>]*>", words))


def questions(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_as_many_queries_with_fifty_rows_as_with_three() -> None:
    steward = make_person()
    congregation = make_congregation(by=steward, is_listed=True)

    def grow(times: int) -> None:
        for _ in range(times):
            sit(congregation, make_person())
            make_bare_crew(parent=congregation, people=1)
            ask_to_join(circle=congregation, by=make_person())
            invite(circle=congregation, by=steward, person=make_person())

    grow(3)
    client = signed_in(steward)
    pages = [reverse(name) for name in (INDEX, *LISTS)]
    few = {page: questions(client, page) for page in pages}
    grow(47)
    assert {page: questions(client, page) for page in pages} == few
    assert max(few.values()) <= 15


def test_as_many_queries_with_fifty_congregations_as_with_three() -> None:
    steward = make_person()
    url = reverse("admin:congregation_congregation_changelist")
    for _ in range(3):
        make_congregation(by=steward)
    client = signed_in(steward)
    few = questions(client, url)
    for _ in range(47):
        make_congregation(by=steward)
    assert questions(client, url) == few


def test_a_second_steward_may_do_the_same() -> None:
    congregation, second = full_congregation("🐟"), make_person()
    take_seat(circle=congregation, person=second)
    make_steward(congregation=congregation, person=second, by=congregation.created_by)
    assert "Asker 🐟" in text(signed_in(second).get(reverse(INDEX)))


def test_who_looks_after_the_installation_can_answer() -> None:
    congregation = full_congregation("Estuary")
    staff = make_person(is_staff=True)
    pk = congregation.requests.get().pk
    signed_in(staff).post(reverse("admin:circles_joinrequest_yes", args=[pk]))
    assert congregation.requests.get().state == "accepted"
