"""The map of one's parts: arranged, tied, read as a picture and in words; by nobody else."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person
from selfwork import services
from selfwork.forms.map import WAYS as OFFERED
from selfwork.looks import Look, looks_of
from selfwork.models import Part, Tie, TieKind
from selfwork.rules.places import Place
from selfwork.rules.ties import WAYS
from selfwork.services.map import AlreadyTied
from selfwork.showing.kept import walk
from selfwork.showing.parts import parts_of
from tests.factories import make_person
from tests.selfwork.quiet import sealed, signed_in, stored, text

pytestmark = pytest.mark.django_db

MAP, HOME = "/self/map/", "/self/"


def met(owner: Person, *names: str) -> list[Part]:
    return [services.meet_part(owner=owner, name=name) for name in names]


def look_of(part: Part) -> Look:
    return looks_of(part.owner, services.vault_of(part.owner))[part.pk]


def ties_of(owner: Person) -> list[tuple[int, str, int]]:
    vault = services.vault_of(owner)
    rows = Tie.objects.filter(one__owner=owner).order_by("pk")
    return [(tie.one_id, vault.open(tie.kind), tie.other_id) for tie in rows]


def put(client: Client, part: Part, **wanted: Any) -> Any:
    return client.post(
        reverse("selfwork:place", args=[part.pk]), wanted, headers={"Accept": "application/json"}
    )


# --- where they stand -------------------------------------------------------------------------


def test_a_part_is_put_somewhere_and_stays_there() -> None:
    owner = make_person()
    foreman, other = met(owner, "Foreman", "Other")
    before = look_of(other)
    client = signed_in(owner)
    answer = put(client, foreman, x=-150, y=7).json()
    assert (answer["x"], answer["y"], answer["where"]) == (-150, 7, "close to you, on the left")
    assert "for you alone" in answer["said"]
    page = text(client.get(MAP))
    assert 'transform="translate(-150 7)"' in page
    assert "close to you, on the left" in page
    assert look_of(other) == before


@pytest.mark.parametrize(("x", "y"), [(99_999, -99_999), (0, 0)])
def test_nothing_is_put_outside_or_on_the_self(x: int, y: int) -> None:
    owner = make_person()
    (part,) = met(owner, "Foreman")
    answer = put(signed_in(owner), part, x=x, y=y).json()
    assert look_of(part).place == Place(answer["x"], answer["y"])
    assert (answer["x"], answer["y"]) != (x, y)


@pytest.mark.parametrize(
    "wrong", [{}, {"x": "3"}, {"x": "1e3", "y": "2"}, {"step": "away"}, {"x": "9" * 200_000}]
)
def test_what_is_no_place_moves_nothing(wrong: dict[str, str]) -> None:
    owner = make_person()
    (part,) = met(owner, "Foreman")
    before = look_of(part)
    client = signed_in(owner)
    assert put(client, part, **wrong).status_code == 422
    assert client.post(reverse("selfwork:place", args=[part.pk]), wrong).status_code == 303
    assert look_of(part) == before


def test_without_a_script_buttons_move_the_part_that_is_chosen() -> None:
    owner = make_person()
    foreman, _other = met(owner, "Foreman", "Other")
    put(signed_in(owner), foreman, x=200, y=0)
    client = signed_in(owner)
    page = text(client.get(MAP, {"part": foreman.pk}))
    address = reverse("selfwork:place", args=[foreman.pk])
    assert f'action="{address}"' in page
    for step, place in (("farther", (240, 0)), ("up", (240, -40)), ("left", (200, -40))):
        assert f'name="step" value="{step}"' in page
        assert client.post(address, {"step": step})["Location"].startswith(f"{MAP}?part=")
        assert look_of(foreman).place == Place(*place)


def test_a_part_from_before_the_map_keeps_the_place_that_the_map_showed() -> None:
    owner = make_person()
    old, other = met(owner, "Old", "Other")
    Part.objects.update(look=None)
    client = signed_in(owner)
    shown = dict(re.findall(r'data-part="(\d+)"[^>]* transform="([^"]+)"', text(client.get(MAP))))
    put(client, other, x=-400, y=0)
    again = dict(re.findall(r'data-part="(\d+)"[^>]* transform="([^"]+)"', text(client.get(MAP))))
    assert again[str(old.pk)] == shown[str(old.pk)]
    assert again[str(other.pk)] == "translate(-400 0)"


def test_moving_and_writing_in_two_windows_lose_nothing_of_each_other() -> None:
    owner = make_person()
    (part,) = met(owner, "Foreman")
    stale = Part.objects.get(pk=part.pk)
    services.place_part(part=part, owner=owner, place=Place(-300, 20))
    services.describe_part(
        part=stale, owner=owner, name="Anew", body_place="", does_for_me="", fears="", shape="star"
    )
    services.place_part(part=stale, owner=owner, place=Place(-300, 40))
    (shown,) = parts_of(owner)
    assert (shown.name, shown.shape, shown.look.place) == ("Anew", "star", Place(-300, 40))


# --- how they relate --------------------------------------------------------------------------


def test_every_way_is_offered_and_known() -> None:
    assert {value for value, _word in OFFERED} == set(WAYS)
    assert {kind for kind, _turned in WAYS.values()} == set(TieKind.values)


def test_a_tie_is_said_changed_and_taken_away_from_the_page_of_a_part() -> None:
    owner = make_person()
    foreman, hider = met(owner, "Foreman", "Hider")
    client = signed_in(owner)
    page = reverse("selfwork:part", args=[foreman.pk])
    said = {"way": "is_comforted", "other": hider.pk}
    response = client.post(
        reverse("selfwork:tie", args=[foreman.pk]),
        said,
        headers={"Referer": f"http://testserver{page}"},
    )
    assert response["Location"] == page
    assert ties_of(owner) == [(hider.pk, "comforts", foreman.pk)]
    assert "is comforted by" in text(client.get(page))
    tie = Tie.objects.get()
    edit = reverse("selfwork:edit_tie", args=[tie.pk])
    assert client.get(edit).context["form"]["way"].value() == "comforts"
    client.post(edit, {"way": "is_protected"})
    assert ties_of(owner) == [(foreman.pk, "protects", hider.pk)]
    client.post(reverse("selfwork:untie", args=[Tie.objects.get().pk]))
    assert ties_of(owner) == []


def test_on_the_map_one_comes_back_to_the_map() -> None:
    owner = make_person()
    foreman, hider = met(owner, "Foreman", "Hider")
    response = signed_in(owner).post(
        reverse("selfwork:tie", args=[foreman.pk]),
        {"way": "quarrels", "other": hider.pk},
        headers={"Referer": f"http://testserver{MAP}?part={foreman.pk}"},
    )
    assert response["Location"] == f"{MAP}?part={foreman.pk}#chosen"


def test_nothing_is_said_twice() -> None:
    owner = make_person()
    one, other = met(owner, "One", "Other")

    def say(part: Part, way: str) -> Tie:
        return services.relate(part=part, other=other if part == one else one, way=way, owner=owner)

    assert say(one, "protects") == say(one, "protects") == say(other, "is_protected")
    assert say(one, "quarrels") == say(other, "quarrels")
    assert ties_of(owner) == [(one.pk, "protects", other.pk), (other.pk, "quarrels", one.pk)]
    with pytest.raises(AlreadyTied):
        say(one, "comforts")


def test_a_quarrel_makes_room_for_what_goes_one_way() -> None:
    owner = make_person()
    one, other = met(owner, "One", "Other")
    services.relate(part=one, other=other, way="quarrels", owner=owner)
    services.relate(part=one, other=other, way="protects", owner=owner)
    assert sorted(ties_of(owner)) == [
        (one.pk, "protects", other.pk),
        (other.pk, "quarrels", one.pk),
    ]


def test_what_cannot_be_said_besides_is_explained() -> None:
    owner = make_person()
    one, other = met(owner, "One", "Other")
    services.relate(part=one, other=other, way="protects", owner=owner)
    client = signed_in(owner)
    wish = {"way": "comforts", "other": other.pk}
    response = client.post(reverse("selfwork:tie", args=[one.pk]), wish)
    assert response.status_code == 422
    assert "said of these two already" in text(response)
    assert ties_of(owner) == [(one.pk, "protects", other.pk)]


@pytest.mark.parametrize("way", ["", "marries", "x" * 200_000])
def test_only_the_words_that_there_are(way: str) -> None:
    owner = make_person()
    one, other = met(owner, "One", "Other")
    address = reverse("selfwork:tie", args=[one.pk])
    client = signed_in(owner)
    assert client.post(address, {"way": way, "other": other.pk}).status_code == 422
    assert client.post(address, {"way": "protects", "other": one.pk}).status_code == 422
    assert ties_of(owner) == []


# --- nobody else ------------------------------------------------------------------------------


def test_another_persons_parts_are_neither_moved_nor_tied_nor_seen() -> None:
    owner, stranger = make_person(), make_person()
    one, other = met(owner, "Onethatwatches", "Other")
    (mine,) = met(stranger, "Mine")
    tie = services.relate(part=one, other=other, way="protects", owner=owner)
    before, client = look_of(one), signed_in(stranger)
    tries: list[Callable[[], Any]] = [
        lambda: client.get(MAP, {"part": one.pk}),
        lambda: put(client, one, x=1, y=200),
        lambda: client.post(reverse("selfwork:tie", args=[one.pk]), {"way": "protects"}),
        lambda: client.get(reverse("selfwork:edit_tie", args=[tie.pk])),
        lambda: client.post(reverse("selfwork:edit_tie", args=[tie.pk]), {"way": "quarrels"}),
        lambda: client.post(reverse("selfwork:untie", args=[tie.pk])),
    ]
    assert [attempt().status_code for attempt in tries] == [404] * len(tries)
    joined = client.post(
        reverse("selfwork:tie", args=[mine.pk]), {"way": "protects", "other": one.pk}
    )
    assert joined.status_code == 422
    assert "Onethatwatches" not in text(joined)
    assert (look_of(one), ties_of(owner), ties_of(stranger)) == (
        before,
        [(one.pk, "protects", other.pk)],
        [],
    )


@pytest.mark.parametrize("part", ["x", "-1", "9" * 30, "²"])
def test_an_odd_number_of_a_part_is_not_there(part: str) -> None:
    assert signed_in(make_person()).get(MAP, {"part": part}).status_code == 404


def test_places_and_kinds_of_ties_are_sealed() -> None:
    owner = make_person()
    one, other = met(owner, "One", "Other")
    services.relate(part=one, other=other, way="quarrels", owner=owner)
    services.place_part(part=one, owner=owner, place=Place(-431, 287))
    tokens = sealed()
    for value in stored():
        assert value in tokens or not any(word in value for word in (b"quarrels", b"-431"))


# --- as a picture and in words ----------------------------------------------------------------


def test_the_map_says_in_words_what_it_draws() -> None:
    owner = make_person()
    shy = services.meet_part(owner=owner, name="Shy <b>", colour="sea", shape="star")
    (loud,) = met(owner, "Loud")
    services.relate(part=loud, other=shy, way="protects", owner=owner)
    services.set_aside(part=shy, owner=owner, is_aside=True)
    client = signed_in(owner)
    for address in (MAP, HOME):
        page = text(client.get(address))
        assert 'class="tie-line is-protects"' in page
        assert page.count("sea blue, star") == 2
        assert "Loud protects Shy &lt;b&gt;" in page
        assert "<b>" not in page
        assert "is-pale" in page


def test_parts_at_rest_can_be_left_out_and_the_others_stay() -> None:
    owner = make_person()
    parts = met(owner, "One", "Other", "Tired")
    services.set_aside(part=parts[2], owner=owner, is_aside=True)
    client = signed_in(owner)
    whole, without = text(client.get(MAP)), text(client.get(MAP, {"without": "resting"}))
    assert "?without=resting" in whole
    assert "Tired" not in without
    drawn = re.compile(r'transform="translate\([^"]+\)"')
    assert set(drawn.findall(without)) < set(drawn.findall(whole))


@pytest.mark.parametrize("many", [0, 1])
def test_with_fewer_than_two_there_is_no_map_yet(many: int) -> None:
    owner = make_person()
    met(owner, *["One"] * many)
    for address in (MAP, HOME):
        page = text(signed_in(owner).get(address))
        assert "data-parts-map" not in page
        assert reverse("selfwork:meet") in page


def test_long_odd_and_right_to_left_names_are_drawn_short() -> None:
    owner = make_person()
    met(owner, "ש" * 200, "W" * 200, "👩‍👩‍👧" * 60, "a part with a great many words in its name")
    page = text(signed_in(owner).get(MAP))
    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", page)
    assert len(lines) == 5
    assert max(map(len, lines)) <= 30
    assert sum(line.endswith("…") for line in lines) == 4
    assert "\u200d…" not in page
    # The whole name is there for those who listen.
    assert f'aria-label="{"ש" * 200}.' in page


@pytest.mark.parametrize("address", [HOME, MAP])
def test_the_pages_cost_the_same_for_few_and_many(address: str) -> None:
    owner = make_person()
    client = signed_in(owner)
    costs = []
    for more in (2, 10):
        parts = met(owner, *[str(number) for number in range(more)])
        for one, other in pairwise(parts):
            services.relate(part=one, other=other, way="protects", owner=owner)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_ties_are_taken_along_in_a_sentence() -> None:
    owner = make_person()
    one, other = met(owner, "One", "Other")
    services.relate(part=one, other=other, way="quarrels", owner=owner)
    kept = dict(walk(owner, services.vault_of(owner)))
    assert [row.title for row in kept["How they relate"]] == ["One quarrels with Other"]
