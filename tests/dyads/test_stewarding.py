"""One supports the other: it goes one way, both know, and it is never turned round."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from circles.services import accept_invitation, leave
from dyads import services
from dyads.errors import AlreadyADyad, StewardingStays
from dyads.models import Dyad
from dyads.rules.plan import ASKED, ASKING, Plan
from library.models import Practice
from tests.congregation.pages import signed_in, text
from tests.dyads.asking import USUAL, ask, become, make_two

pytestmark = pytest.mark.django_db


def stewarding(seat: int) -> Plan:
    return Plan(kind="stewarding", steward_seat=seat)


@pytest.mark.parametrize(
    ("seat", "to_one", "to_other", "asked"),
    [
        (ASKING, "You support Mere.", "Oisín supports you.", "Oisín would support you."),
        (ASKED, "Mere supports you.", "You support Oisín.", "You would support Oisín."),
    ],
)
def test_both_read_who_supports_whom_before_and_after(
    seat: int, to_one: str, to_other: str, asked: str
) -> None:
    estuary, one, other = make_two()
    url = reverse("dyads:invite", args=[estuary.pk, other.pk])
    signed_in(one).post(url, {**USUAL, "kind": "stewarding", "direction": str(seat)})
    dyad = Dyad.objects.get()
    assert dyad.steward_seat == seat
    invitation = dyad.invitations.get()
    page = text(signed_in(other).get(invitation.get_absolute_url()))
    assert asked in page
    assert "It goes one way." in page
    assert "equal turns" not in page
    assert asked in text(signed_in(other).get(reverse("dyads:index")))
    accept_invitation(invitation=invitation, by=other)
    for reader, said in ((one, to_one), (other, to_other)):
        for url in (dyad.get_absolute_url(), reverse("dyads:index")):
            assert f"Stewarding. {said}" in text(signed_in(reader).get(url))


def test_the_talk_made_for_it_is_suggested() -> None:
    estuary, one, other = make_two()
    dyad = become(one, other, estuary, plan=stewarding(ASKING))
    talk = Practice.objects.get(slug="stewarding-talk")
    form = text(signed_in(one).get(reverse("practice:schedule", args=[dyad.pk])))
    assert f'<option value="{talk.pk}" selected>' in form


def test_the_direction_is_never_turned_round() -> None:
    estuary, one, other = make_two()
    dyad = become(one, other, estuary, plan=stewarding(ASKING))
    for plan in (stewarding(ASKED), Plan(kind="friends")):
        with pytest.raises(StewardingStays):
            services.change(dyad=dyad, by=other, intention="", agreements="", plan=plan)
    edit = reverse("dyads:edit", args=[dyad.pk])
    page = text(signed_in(other).get(edit))
    assert "who supports whom was agreed at the beginning, and stays" in page
    assert 'name="kind"' not in page
    words = {**USUAL, "kind": "friends", "direction": "2", "weeks": "1"}
    assert signed_in(other).post(edit, words).status_code == 303
    dyad.refresh_from_db()
    assert (dyad.kind, dyad.steward_seat, dyad.weeks) == ("stewarding", ASKING, 1)


def test_no_dyad_turns_into_stewarding() -> None:
    estuary, one, other = make_two()
    dyad = become(one, other, estuary)
    with pytest.raises(StewardingStays):
        services.change(dyad=dyad, by=one, intention="", agreements="", plan=stewarding(ASKING))
    edit = reverse("dyads:edit", args=[dyad.pk])
    assert 'value="stewarding"' not in text(signed_in(one).get(edit))
    assert signed_in(one).post(edit, {**USUAL, "kind": "stewarding"}).status_code == 422


def test_nobody_stewards_the_person_who_stewards_them() -> None:
    estuary, one, other = make_two()
    dyad = become(one, other, estuary, plan=stewarding(ASKING))
    for seat in (ASKING, ASKED):
        with pytest.raises(AlreadyADyad):
            ask(other, one, estuary, plan=stewarding(seat))
    by_mail = services.begin(by=other, email="one@example.net", plan=stewarding(ASKING))
    with pytest.raises(AlreadyADyad):
        accept_invitation(invitation=by_mail.invitations.get(), by=one)
    leave(circle=dyad, by=one)
    assert become(other, one, estuary, plan=stewarding(ASKING)).steward_seat == ASKING


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "stewarding", "steward_seat": None},
        {"kind": "peers", "steward_seat": 1},
        {"kind": "stewarding", "steward_seat": 3},
        {"kind": "own", "own_kind": ""},
    ],
)
def test_the_database_itself_keeps_kind_and_direction_together(fields: dict[str, object]) -> None:
    estuary, one, other = make_two()
    dyad = become(one, other, estuary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dyad.objects.filter(pk=dyad.pk).update(**fields)
