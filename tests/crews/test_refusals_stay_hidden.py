""" "Rather not" is never revealed: no page, mail, export or panel differs by it, for nobody."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.errors import NotAllowed, TooManyRefusals, TooManyWishes, WishedAndRefused
from circles.models import Preference
from circles.services import leave, take_seat
from circles.services.preferences import prefer
from crews.models import FormingRound
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.crews.rounds import EVENING, closed, make_round, raise_hands
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db


def addresses(forming: FormingRound, one: Person) -> list[str]:
    """Every page on which the two, or the round, could show."""
    estuary = forming.congregation
    rounds = ("round", "round_hand", "edit_round", "call_off_round")
    return [
        *(reverse(f"crews:{name}", args=[forming.pk]) for name in rounds),
        reverse("crews:open_round", args=[estuary.pk]),
        reverse("crews:index"),
        reverse("circles:people_and_i"),
        reverse("people:profile"),
        reverse("people:my_data"),
        reverse("congregation:people", args=[estuary.pk]),
        reverse("congregation:person", args=[estuary.pk, one.pk]),
        estuary.get_absolute_url(),
        "/today/",
        "/mail/",
        "/sessions/",
        "/steward/",
        "/steward/circles/membership/",
        f"/steward/people/person/{one.pk}/change/",
    ]


def seen(client: Client, forming: FormingRound, one: Person) -> dict[str, tuple[int, str]]:
    """What somebody gets at each, without what differs at every request."""
    found = {}
    for url in addresses(forming, one):
        response = client.get(url)
        words = re.sub(r'(value|nonce)="[\w+/=-]{20,}"|csrf\S+|"date_joined.*', "", text(response))
        found[url] = (response.status_code, words)
    return found


@pytest.fixture
def clock() -> Iterator[None]:
    """Pages tell what time it is where somebody lives."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("state", ["open", "closed"])
def test_nothing_differs_for_anybody_else_when_somebody_refuses(state: str) -> None:
    estuary = make_congregation()
    forming = make_round(estuary)
    hands = raise_hands(forming, 4)
    one, refused, member = hands[0].person, hands[1].person, hands[2].person
    staff = make_person("Staff", is_staff=True, is_superuser=True)
    if state == "closed":
        closed(forming)
    readers = {"refused": refused, "member": member, "steward": estuary.created_by, "staff": staff}
    doors = {name: signed_in(person) for name, person in readers.items()}
    before = {name: seen(door, forming, one) for name, door in doors.items()}
    prefer(by=one, wishes=[], refusals=[refused.pk])
    for name, door in doors.items():
        assert seen(door, forming, one) == before[name], name


def test_no_mail_row_of_the_ledger_or_line_of_a_log_tells(
    caplog: pytest.LogCaptureFixture,
) -> None:
    estuary = make_congregation()
    forming = make_round(estuary)
    (shy,), (loud,) = raise_hands(forming, 1), raise_hands(forming, [make_person("Very Loud")])
    before = Notice.objects.count()
    with caplog.at_level(logging.INFO):
        response = signed_in(shy.person).post(
            reverse("crews:round_hand", args=[forming.pk]),
            {"hours": EVENING, "refusals": [loud.person_id]},
        )
    assert response.status_code == 303
    assert "refusals" not in response.headers["Location"]
    assert Preference.objects.refusals().get().whom == loud.person
    assert Notice.objects.count() == before
    send_due(seconds=60)
    assert not [one for one in mail.outbox if "Very Loud" in str(one.body)]
    assert "Very Loud" not in caplog.text
    assert "refus" not in caplog.text


def test_it_has_no_panel_and_its_name_says_nothing() -> None:
    one, other = make_person("One"), make_person("Very Loud")
    said = Preference.objects.create(by=one, whom=other, kind=Preference.Kind.RATHER_NOT)
    assert Preference not in admin.site._registry
    assert str(said) == f"preference {said.pk}"
    assert "Very Loud" not in repr(said)


def test_the_page_is_kept_nowhere_and_the_export_is_the_owners_alone() -> None:
    estuary = make_congregation()
    one, other = make_person("One"), make_person("Very Loud")
    for person in (one, other):
        take_seat(circle=estuary, person=person)
    client = signed_in(one)
    url = reverse("circles:people_and_i")
    assert "no-store" in client.get(url).headers["Cache-Control"]
    client.post(url, {"refusals": [other.pk]})
    own = json.loads(text(client.get(reverse("people:my_data"))))
    assert [(row["whom__name"], row["kind"]) for row in own["preferences"]] == [
        ("Very Loud", "rather_not")
    ]
    theirs = json.loads(text(signed_in(other).get(reverse("people:my_data"))))
    assert theirs["preferences"] == []


# --- people and I ---------------------------------------------------------------------------


def test_ones_own_words_are_seen_and_changed_at_any_time() -> None:
    estuary = make_congregation()
    one, other = make_person("One"), make_person("Other")
    for person in (one, other):
        take_seat(circle=estuary, person=person)
    client, url = signed_in(one), reverse("circles:people_and_i")
    assert url in text(client.get(reverse("people:profile")))
    client.post(url, {"wishes": [other.pk]})
    assert Preference.objects.of(one).get().kind == Preference.Kind.WISH
    client.post(url, {"refusals": [other.pk]})
    assert Preference.objects.of(one).get().kind == Preference.Kind.RATHER_NOT
    # It is kept also when the two sit nowhere together any more, and can still be taken back.
    leave(circle=estuary, by=other)
    assert "Other" in text(client.get(url))
    client.post(url, {"refusals": [other.pk]})
    assert Preference.objects.of(one).count() == 1
    client.post(url, {})
    assert not Preference.objects.exists()


def test_nobody_whom_one_does_not_know_can_be_chosen_or_found_out() -> None:
    one = make_person("One")
    take_seat(circle=make_congregation(), person=one)
    stranger = make_person("Stranger")
    client, url = signed_in(one), reverse("circles:people_and_i")
    assert "Stranger" not in text(client.get(url))
    assert client.post(url, {"wishes": [stranger.pk]}).status_code == 422
    with pytest.raises(NotAllowed):
        prefer(by=one, wishes=[stranger.pk], refusals=[])
    with pytest.raises(NotAllowed):
        prefer(by=one, wishes=[one.pk], refusals=[])


def test_who_sits_with_nobody_is_led_on() -> None:
    page = text(signed_in(make_person()).get(reverse("circles:people_and_i")))
    assert "See where to begin" in page


def test_the_bounds_hold_over_all_circles_and_others_are_left_alone() -> None:
    one = make_person("One")
    estuary, delta = make_congregation(people=4), make_congregation(people=4)
    for congregation in (estuary, delta):
        take_seat(circle=congregation, person=one)
    here = [seat.person_id for seat in estuary.memberships.present() if seat.person != one]
    there = [seat.person_id for seat in delta.memberships.present() if seat.person != one]
    prefer(by=one, wishes=here[:3], refusals=here[3:], among=estuary)
    prefer(by=one, wishes=there[:2], refusals=[], among=delta)
    assert Preference.objects.of(one).wishes().count() == 5
    with pytest.raises(TooManyWishes):
        prefer(by=one, wishes=there[:3], refusals=[], among=delta)
    with pytest.raises(WishedAndRefused):
        prefer(by=one, wishes=here[:1], refusals=here[:1])
    others = [make_person().pk for _ in range(11)]
    for pk in others:
        take_seat(circle=delta, person=Person.objects.get(pk=pk))
    with pytest.raises(TooManyRefusals):
        prefer(by=one, wishes=[], refusals=others)
    assert Preference.objects.of(one).count() == 7
    # What stands already keeps its date.
    since = Preference.objects.get(whom=here[0]).since
    prefer(by=one, wishes=here[:1], refusals=[])
    assert Preference.objects.of(one).get().since == since
