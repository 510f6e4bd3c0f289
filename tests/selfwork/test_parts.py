"""What is known of a part, and how it looks."""

import pytest
from django.urls import reverse

from selfwork import services
from selfwork.looks import looks_of
from selfwork.models import Colour, Part, Shape
from selfwork.showing.parts import parts_of
from tests.factories import make_person
from tests.selfwork.quiet import sealed, signed_in, stored, text

pytestmark = pytest.mark.django_db

KNOWN = {
    "name": "The one at the gate 🚪",
    "body_place": "in the jaw",
    "does_for_me": "keeps watch",
    "fears": "a knock at night",
    "needs": "an hour off, שלום",
    "shows_up": "before the telephone rings",
    "colour": "plum",
    "shape": "star",
}


def test_all_that_is_known_of_a_part_is_read_on_its_page_and_taken_along() -> None:
    client = signed_in(make_person())
    address = client.post(reverse("selfwork:meet"), KNOWN)["Location"]
    page, along = text(client.get(address)), text(client.get(reverse("selfwork:export")))
    words = [word for name, word in KNOWN.items() if name not in {"colour", "shape"}]
    for word in (*words, "plum purple, star"):
        assert word in page
        assert word in along


def test_editing_keeps_everything() -> None:
    owner = make_person()
    part = services.meet_part(owner=owner, **KNOWN)
    before = looks_of(owner, services.vault_of(owner))[part.pk]
    client = signed_in(owner)
    edit = reverse("selfwork:edit", args=[part.pk])
    form = client.get(edit).context["form"]
    assert {name: form[name].value() for name in KNOWN} == KNOWN
    client.post(edit, {**KNOWN, "shape": "drop"})
    (shown,) = parts_of(owner)
    assert {name: getattr(shown, name) for name in KNOWN} == {**KNOWN, "shape": "drop"}
    assert shown.look.place == before.place


def test_a_colour_nobody_named_is_chosen_and_one_that_is_not_named_anew_stays() -> None:
    owner = make_person()
    for number in range(3):
        services.meet_part(owner=owner, name=str(number))
    shown = parts_of(owner)
    assert len({part.colour for part in shown}) == 3
    client = signed_in(owner)
    client.post(reverse("selfwork:edit", args=[shown[0].pk]), {"name": "Anew"})
    assert parts_of(owner)[0].colour == shown[0].colour


@pytest.mark.parametrize("wrong", [{"colour": "infrared"}, {"shape": "x" * 200_000}])
def test_only_colours_and_shapes_that_there_are(wrong: dict[str, str]) -> None:
    client = signed_in(make_person())
    response = client.post(reverse("selfwork:meet"), {**KNOWN, **wrong})
    assert response.status_code == 422
    assert KNOWN["needs"] in text(response)
    assert not Part.objects.exists()


def test_two_hundred_kilobytes_are_kept_on_the_page_and_explained() -> None:
    client = signed_in(make_person())
    many = "ü" * 200_000
    response = client.post(reverse("selfwork:meet"), {**KNOWN, "shows_up": many})
    assert response.status_code == 422
    assert many in text(response)


def test_colour_shape_and_place_are_sealed() -> None:
    services.meet_part(owner=make_person(), **KNOWN)
    tokens = sealed()
    for value in stored():
        assert value in tokens or not any(
            word.encode() in value for word in (*KNOWN.values(), '"at"')
        )
    assert Shape.STAR.value in KNOWN.values()
    assert Colour.PLUM.value in KNOWN.values()
