"""The steward’s panel: who may, and only one’s own rows."""

import re

import pytest
from django.contrib import admin
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Circle
from circles.services import take_seat
from congregation.models import Congregation
from tests.admin.panel import INDEX, LISTS, PEOPLE, full_congregation, rows_of, signed_in, text
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db

# --- who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [INDEX, *LISTS, PEOPLE])
def test_a_visitor_signs_in_where_everybody_does_and_comes_back(name: str, client: Client) -> None:
    wanted = reverse(name)
    response = client.get(wanted, follow=True)
    path, query = response.request["PATH_INFO"], response.request["QUERY_STRING"]
    assert path == reverse("account_login")
    assert QueryDict(query)["next"] == wanted


def test_the_panels_own_login_takes_no_password(client: Client) -> None:
    keeper = make_person(is_staff=True)
    words = {"username": keeper.email, "password": "a long enough one"}
    response = client.post(reverse("admin:login"), words)
    assert response["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", [INDEX, *LISTS, PEOPLE, "admin:login"])
def test_somebody_who_stewards_nothing_is_told_so(name: str) -> None:
    member, congregation = make_person(), make_congregation()
    take_seat(circle=congregation, person=member)
    for person in (make_person(), member):
        assert signed_in(person).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", [INDEX, *LISTS])
def test_a_steward_may(name: str) -> None:
    congregation = full_congregation("🐟")
    assert signed_in(congregation.created_by).get(reverse(name)).status_code == 200


def test_a_steward_who_asks_for_the_login_is_led_inside() -> None:
    client = signed_in(make_congregation().created_by)
    assert client.get(reverse("admin:login"))["Location"] == reverse(INDEX)
    elsewhere = client.get(reverse("admin:login"), {"next": "https://example.org/"})
    assert elsewhere["Location"] == reverse(INDEX)


def test_a_steward_of_a_closed_congregation_has_no_panel() -> None:
    congregation = make_congregation()
    Circle.objects.update(closed_at=timezone.now())
    assert signed_in(congregation.created_by).get(reverse(INDEX)).status_code == 403


def test_people_are_for_those_who_look_after_the_installation() -> None:
    assert signed_in(make_congregation().created_by).get(reverse(PEOPLE)).status_code == 403
    someone = make_person("Mere 🌊", about="Only for friends", suitable_hours=[3])
    client = signed_in(make_person(is_staff=True))
    assert "Mere 🌊" in text(client.get(reverse(PEOPLE)))
    words = text(client.get(reverse("admin:people_person_change", args=[someone.pk])))
    assert "Only for friends" not in words
    assert "password" not in words.lower()


def test_staff_cannot_lock_out_a_superuser() -> None:
    above = make_person(is_staff=True, is_superuser=True)
    url = reverse("admin:people_person_change", args=[above.pk])
    signed_in(make_person(is_staff=True)).post(url, {"name": "Gone"})
    above.refresh_from_db()
    assert above.is_active


def test_only_what_was_made_for_the_panel_is_in_it() -> None:
    shown = {model._meta.label for model in admin.site._registry}
    assert shown == {
        "circles.JoinRequest",
        "circles.Membership",
        "circles.Invitation",
        "congregation.Congregation",
        "congregation.ItsCrew",
        "people.Person",
    }


@pytest.mark.parametrize("path", ["r/1/1/", "autocomplete/", "password_change/", "jsi18n/none/"])
def test_what_django_would_offer_besides_is_not_there(path: str) -> None:
    client = signed_in(make_congregation().created_by)
    assert client.get(reverse(INDEX) + path).status_code == 404


# --- only one's own -------------------------------------------------------------------------


@pytest.mark.parametrize("name", [INDEX, *LISTS])
def test_a_steward_sees_the_rows_of_their_own_congregation_only(name: str) -> None:
    mine, other = full_congregation("Mine"), full_congregation("Other")
    words = text(signed_in(mine.created_by).get(reverse(name)))
    assert "Mine" in words
    assert "Other" not in words
    sees_all = text(signed_in(make_person(is_staff=True)).get(reverse(name)))
    assert "Mine" in sees_all
    assert "Other" in sees_all
    assert other.name == "Other"


@pytest.mark.parametrize(
    "model",
    [
        "circles_joinrequest",
        "circles_membership",
        "circles_invitation",
        "congregation_itscrew",
        "congregation_congregation",
    ],
)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_rows_of_another_congregation_are_not_there_by_address(model: str, page: str) -> None:
    mine, other = full_congregation("Mine"), full_congregation("Other")
    client = signed_in(mine.created_by)
    url = reverse(f"admin:{model}_{page}", args=[rows_of(other)[model]])
    for response in (client.get(url), client.post(url, {"post": "yes", "name": "Taken"})):
        assert response.status_code in {403, 404}
    assert rows_of(other)[model]
    assert Congregation.objects.get(pk=other.pk).name == "Other"


@pytest.mark.parametrize("model", ["circles_joinrequest", "circles_invitation"])
def test_buttons_do_not_reach_another_congregation(model: str) -> None:
    mine, other = full_congregation("Mine"), full_congregation("Other")
    client = signed_in(mine.created_by)
    names = {"circles_joinrequest": ["yes", "not_now"], "circles_invitation": ["take_back"]}
    for name in names[model]:
        url = reverse(f"admin:{model}_{name}", args=[rows_of(other)[model]])
        assert client.post(url).status_code == 404
        assert client.get(url).status_code == 405
    assert other.requests.waiting().count() == 1
    assert other.invitations.waiting().count() == 1


@pytest.mark.parametrize(
    ("model", "action"),
    [
        ("circles_joinrequest", "say_yes"),
        ("circles_joinrequest", "say_not_now"),
        ("circles_invitation", "take_back"),
        ("circles_membership", "make_steward"),
        ("circles_membership", "release"),
    ],
)
def test_actions_do_not_reach_another_congregation(model: str, action: str) -> None:
    mine, other = full_congregation("Mine"), full_congregation("Other")
    words = {"action": action, "_selected_action": [rows_of(other)[model]], "confirmed": "yes"}
    url = reverse(f"admin:{model}_changelist")
    signed_in(mine.created_by).post(url, {**words, "select_across": "0"})
    signed_in(mine.created_by).post(url, {**words, "select_across": "1"})
    assert other.requests.waiting().count() == 1
    assert other.invitations.waiting().count() == 1
    assert other.memberships.stewards().count() == 1
    assert other.memberships.present().count() == 4


@pytest.mark.parametrize("query", ["person__email__startswith=p", "person__password__gt=a"])
def test_nothing_private_can_be_asked_for_by_address(query: str) -> None:
    client = signed_in(full_congregation("Mine").created_by)
    url = reverse("admin:circles_membership_changelist")
    assert client.get(f"{url}?{query}").status_code in {302, 400}


def test_a_filter_offers_ones_own_congregations_only() -> None:
    steward = make_person()
    for name in ("Delta", "Estuary"):
        make_congregation(by=steward, name=name)
    full_congregation("Other")
    words = text(signed_in(steward).get(reverse("admin:circles_membership_changelist")))
    assert "Delta" in words
    assert "Other" not in words


def test_stewards_see_of_dyads_nothing_not_even_how_many() -> None:
    congregation = make_congregation()
    client = signed_in(congregation.created_by)
    before = [text(client.get(reverse(name))) for name in [INDEX, *LISTS]]
    Circle.objects.create(scale="dyad", name="Private pair", seats=2, parent=congregation)
    after = [text(client.get(reverse(name))) for name in [INDEX, *LISTS]]
    assert [bare(one) for one in after] == [bare(one) for one in before]


def bare(page: str) -> str:
    """Without what is new each time."""
    return re.sub(r'(csrf[^"]*"|nonce=")[^>]*', "", page)
