"""Roles go round by themselves."""

from hypothesis import assume, given
from hypothesis import strategies as st

from practice.rules.roles import HOST, TIMEKEEPER, assign

CLINIC = ["case giver", TIMEKEEPER]
SPEAKING = frozenset({"case giver"})
tables = st.lists(st.integers(1, 20), min_size=1, max_size=6, unique=True)


def meetings(
    people: list[int], roles: list[str], count: int, *, hosts: bool
) -> list[dict[str, int]]:
    """What comes of a rule that only looks back, over so many meetings."""
    past: list[tuple[str, int]] = []
    found = []
    for number in range(count):
        host = people[number % len(people)] if hosts else None
        one = assign([HOST, *roles], people, host=host, past=past, speaking=SPEAKING)
        past = [*one.items(), *past]
        found.append(one)
    return found


@given(tables, st.booleans())
def test_in_as_many_meetings_as_people_everybody_has_each_role_once(
    people: list[int], hosts: bool
) -> None:
    for role in CLINIC:
        held = meetings(people, [role], len(people), hosts=hosts)
        assert {one[role] for one in held} == set(people)


@given(tables, st.integers(1, 30))
def test_two_roles_are_shared_out_fairly_over_time(people: list[int], count: int) -> None:
    assume(len(people) > 2)
    held = meetings(people, CLINIC, count * len(people), hosts=True)
    for role in CLINIC:
        had = [one[role] for one in held]
        assert max(map(had.count, people)) - min(map(had.count, people)) <= 2


@given(tables, st.lists(st.tuples(st.sampled_from(CLINIC), st.integers(1, 20))))
def test_nobody_has_two_roles_while_somebody_has_none(
    people: list[int], past: list[tuple[str, int]]
) -> None:
    found = assign(CLINIC, people, past=past, speaking=SPEAKING)
    if len(people) > 1:
        assert set(found) == set(CLINIC)
        assert len(set(found.values())) == 2
    else:
        assert list(found) == ["case giver"]


@given(st.lists(st.integers(1, 20), min_size=2, max_size=6, unique=True), st.data())
def test_where_hosting_counts_nobody_has_two_while_somebody_has_none(
    people: list[int], data: st.DataObject
) -> None:
    roles = ["case giver", TIMEKEEPER, "scribe", "carer"]
    host = data.draw(st.sampled_from(people))
    past = data.draw(st.lists(st.tuples(st.sampled_from(roles), st.sampled_from(people))))
    found = assign(
        [HOST, *roles], people, host=host, past=past, speaking=SPEAKING, hosting_counts=True
    )
    loads = [list(found.values()).count(one) for one in people]
    assert min(loads) >= 1 or max(loads) == 1
    assert found[HOST] == host


def test_the_first_meeting_goes_on_around_the_table_from_the_host() -> None:
    found = assign([HOST, "a", "b"], [1, 2, 3, 4], host=2)
    assert found == {HOST: 2, "a": 3, "b": 4}


def test_in_a_dyad_who_is_a_alternates_even_if_one_always_hosts() -> None:
    past: list[tuple[str, int]] = []
    first = []
    for _ in range(6):
        one = assign([HOST, "A", "B"], [1, 2], host=1, past=past)
        past = [*one.items(), *past]
        assert {one["A"], one["B"]} == {1, 2}
        first.append(one["A"])
    assert first == [2, 1, 2, 1, 2, 1]


def test_what_was_chosen_stands_and_the_others_make_room() -> None:
    chosen = {TIMEKEEPER: 3}
    found = assign(CLINIC, [1, 2, 3], host=2, chosen=chosen, speaking=SPEAKING)
    assert found == {"case giver": 1, TIMEKEEPER: 3}


def test_whoever_does_not_come_has_no_role_even_if_chosen_or_host() -> None:
    found = assign([HOST, *CLINIC], [1, 2], host=3, chosen={TIMEKEEPER: 3}, speaking=SPEAKING)
    assert set(found.values()) == {1, 2}


def test_more_roles_than_people_are_shared_but_nobody_times_their_own_case() -> None:
    roles = ["case giver", TIMEKEEPER, "note keeper", "door keeper"]
    found = assign(roles, [1, 2], speaking=SPEAKING)
    assert set(found) == set(roles)
    assert found["case giver"] != found[TIMEKEEPER]
    assert sorted(found.values()) == [1, 1, 2, 2]
    # In whatever order the practice names them.
    found = assign([TIMEKEEPER, "case giver"], [1], speaking=SPEAKING)
    assert found == {TIMEKEEPER: 1}


def test_a_role_never_had_comes_before_one_had_long_ago() -> None:
    past = [("case giver", 2), ("case giver", 1)]
    assert assign(["case giver"], [1, 2, 3], host=3, past=past) == {"case giver": 3}
    assert assign(["case giver"], [1, 2], host=2, past=past) == {"case giver": 1}


def test_at_an_empty_table_nobody_has_anything() -> None:
    assert assign(CLINIC, []) == {}
