"""What two people say to each other is found at no address by anybody else."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, reverse
from time_machine import Traveller

from circles.models import Circle
from circles.services import take_seat
from dyads import services
from dyads.models import Dyad, LookBackAnswer, MirrorAnswer
from dyads.models.mirror import Mirror
from people.models import Person
from people.services import delete_account
from practice import services as practice
from practice.models import PracticeSession
from tests.dyads.ending import SOON, make_pair, meet, people_of, say, signed_in, text, tick
from tests.factories import make_congregation, make_person

pytestmark = pytest.mark.django_db

SECRET = "quietwater"


def full_pair(congregation: Circle) -> Dyad:
    """A dyad of a congregation in which everything that can hold words holds the secret."""
    dyad = make_pair(parent=congregation)
    one, other = people_of(dyad)
    services.change(dyad=dyad, by=one, intention=f"{SECRET} 1", agreements=f"{SECRET} 2")
    (first, *_) = meet(dyad, SOON, place=f"{SECRET} 3")
    practice.write_note(session=first, by=one, words=f"{SECRET} 4")
    practice.answer(session=first, by=other, choice="yes", word=f"{SECRET} 5")
    look_back = services.ask_look_back(dyad=dyad, by=one)
    say(look_back, 0, "continue", received=f"{SECRET} 6", word=f"{SECRET} 7")
    say(look_back, 1, "continue", received=f"{SECRET} 8")
    mirror = Mirror.objects.create(dyad=dyad)
    MirrorAnswer.objects.create(
        mirror=mirror, person=one, decisions=1, care=1, disagreeing=1, needs=1, would_try=SECRET
    )
    services.allow_to_be_seen(dyad=dyad, by=one, allows=True)
    return dyad


def addresses(dyad: Dyad, congregation: Circle) -> list[str]:
    """Every page of the dyad, of its meetings, and of its people."""
    session = PracticeSession.objects.filter(circle=dyad).earliest("starts_at")
    look_back = dyad.look_backs.get()
    found = [reverse(name) for name in ("home:today", "dyads:index", "dyads:begin")]
    parts = {"number": look_back.pk}
    for pattern in patterns("dyads"):
        keys = set(pattern.pattern.converters)
        if "pk" in keys and "token" not in keys:
            values = {key: parts.get(key, dyad.mirrors.get().pk) for key in keys}
            found.append(reverse(f"dyads:{pattern.name}", kwargs={**values, "pk": dyad.pk}))
    found += [session.get_absolute_url(), f"{session.get_absolute_url()}notes/"]
    found += [reverse("practice:calendar"), congregation.get_absolute_url()]
    found += [reverse("congregation:people", args=[congregation.pk])]
    found += [
        reverse("congregation:person", args=[congregation.pk, one.pk]) for one in people_of(dyad)
    ]
    found += [reverse("people:my_data"), reverse("circles:people_and_i")]
    return sorted(set(found))


def patterns(space: str, within: Sequence[Any] | None = None) -> list[URLPattern]:
    """Every address of an app, also in what it includes."""
    if within is None:
        within = get_resolver().namespace_dict[space][1].url_patterns
    found: list[URLPattern] = []
    for one in within:
        found += [one] if isinstance(one, URLPattern) else patterns(space, one.url_patterns)
    return found


def lists_of_the_panel() -> list[str]:
    """The panel's first page, and every list in it."""
    names = {one.name or "" for one in patterns("admin")}
    lists = [reverse(f"admin:{name}") for name in sorted(names) if name.endswith("_changelist")]
    return [reverse("admin:index"), *lists]


def test_not_by_a_neighbour_a_steward_or_who_looks_after_the_installation(
    clock: Traveller,
) -> None:
    steward = make_person("Steward")
    congregation = make_congregation(by=steward)
    member, operator = make_person("Member"), make_person("Operator", is_staff=True)
    take_seat(circle=congregation, person=member)
    dyad = full_pair(congregation)
    neighbour = make_congregation(name="Delta").created_by
    assert SECRET in text(signed_in(people_of(dyad)[0]).get(dyad.get_absolute_url()))
    inside, panel = addresses(dyad, congregation), lists_of_the_panel()
    assert len(inside) > 20
    assert len(panel) > 3
    for reader in (steward, member, operator, neighbour):
        client = signed_in(reader)
        for url in inside if reader in {member, neighbour} else inside + panel:
            words = text(client.get(url))
            assert SECRET not in words, (reader, url)
            assert dyad.name not in words, (reader, url)
            assert f"/dyads/{dyad.pk}/" not in words, (reader, url)


def test_my_data_has_ones_own_and_nothing_of_the_others(clock: Traveller) -> None:
    dyad = full_pair(make_congregation())
    one, other = people_of(dyad)
    mine, theirs = (everything(person) for person in (one, other))
    assert f"{SECRET} 6" in mine
    assert f"{SECRET} 8" not in mine
    assert f"{SECRET} 8" in theirs
    assert f"{SECRET} 6" not in theirs
    assert "dyads the congregation may know of" in mine


def everything(person: Person) -> str:
    return text(signed_in(person).get(reverse("people:my_data")))


def test_a_deleted_account_takes_its_words_and_leaves_the_others(clock: Traveller) -> None:
    dyad = full_pair(make_congregation())
    one, other = people_of(dyad)
    url = dyad.look_backs.get().get_absolute_url()
    delete_account(person=one)
    tick(clock)
    assert [said.person for said in LookBackAnswer.objects.all()] == [other]
    assert f"{SECRET} 8" in text(signed_in(other).get(url))
    assert f"{SECRET} 6" not in text(signed_in(other).get(url))
    assert f"{SECRET} 8" in everything(other)
    page = text(signed_in(other).get(dyad.get_absolute_url()))
    assert "This dyad has come to its end." in page
    for path in ("/dyads/", "/today/", f"{dyad.get_absolute_url()}no-contact/"):
        assert signed_in(other).get(path).status_code == 200
