"""Whoever hosted least hosts next: the rule alone."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from practice.rules.hosting import Evening, share_out

tables = st.lists(st.integers(1, 20), min_size=1, max_size=6, unique=True)


def evenings(people: list[int], count: int) -> list[Evening]:
    return [Evening(people) for _ in range(count)]


@given(tables, st.integers(1, 40), st.data())
def test_with_the_same_people_turns_never_differ_by_more_than_one(
    people: list[int], count: int, data: st.DataObject
) -> None:
    """Also when somebody was down for an evening before, which then may change."""
    down = st.sampled_from([None, *people])
    run = [replace(one, host=data.draw(down)) for one in evenings(people, count)]
    hosts = share_out(run)
    for so_far in range(1, count + 1):
        turns = [hosts[:so_far].count(one) for one in people]
        assert max(turns) - min(turns) <= 1


@given(tables, st.integers(1, 30))
def test_it_goes_round_in_the_order_of_the_seats(people: list[int], count: int) -> None:
    hosts = share_out(evenings(people, count))
    assert hosts == [people[number % len(people)] for number in range(count)]


@given(tables, st.integers(1, 30), st.integers(1, 30))
def test_whoever_comes_later_hosts_no_more_than_the_others_from_then_on(
    people: list[int], before: int, after: int
) -> None:
    newcomer = 99
    hosts = share_out([*evenings(people, before), *evenings([*people, newcomer], after)])
    turns = Counter(hosts[before:])
    assert hosts[before] != newcomer or len(people) == 0
    assert all(turns[newcomer] <= turns[one] + 1 for one in people)
    # Nor do they sit by for ever.
    assert turns[newcomer] >= after // (len(people) + 1) - 1


@given(tables, st.integers(0, 20), st.data())
def test_whoever_cannot_come_is_passed_and_comes_next(
    people: list[int], before: int, data: st.DataObject
) -> None:
    if len(people) < 2:
        return
    run = evenings(people, before + 3)
    due = share_out(run)[before]
    assert due is not None
    run[before] = Evening(people, away={due})
    hosts = share_out(run)
    assert hosts[before] != due
    assert hosts[before + 1] == due
    assert len(set(hosts[before : before + 2])) == 2


@given(st.lists(st.integers(1, 20), min_size=3, max_size=6, unique=True), st.integers(1, 15))
def test_a_month_elsewhere_is_not_paid_back_with_a_month_of_hosting(
    people: list[int], gone: int
) -> None:
    away = people[0]
    run = [*(Evening(people, away={away}) for _ in range(gone)), *evenings(people, 2 * len(people))]
    hosts = share_out(run)[gone:]
    assert share_out(run)[:gone].count(away) == 0
    assert hosts.count(away) <= 3
    assert (away, away) not in list(pairwise(hosts))


@given(tables, st.lists(st.integers(0, 5), max_size=6))
def test_what_was_chosen_by_hand_stays_and_the_others_catch_up(
    people: list[int], chosen: list[int]
) -> None:
    by_hand = [Evening(people, host=people[one % len(people)], is_settled=True) for one in chosen]
    rest = evenings(people, len(chosen) * len(people))
    hosts = share_out([*by_hand, *rest])
    assert hosts[: len(chosen)] == [one.host for one in by_hand]
    turns = [hosts.count(one) for one in people]
    assert max(turns) - min(turns) <= 1


@given(tables, st.integers(2, 12), st.data())
def test_one_who_cannot_come_changes_as_little_as_can_be(
    people: list[int], count: int, data: st.DataObject
) -> None:
    before = share_out(evenings(people, count))
    down = [Evening(people, host=host) for host in before]
    assert share_out(down) == before
    missed = data.draw(st.integers(0, count - 1))
    down[missed] = replace(down[missed], away={before[missed] or 0})
    after = share_out(down)
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    assert changed <= 3


def test_who_left_is_forgotten_and_comes_back_as_a_newcomer() -> None:
    both, alone = Evening([1, 2]), Evening([2])
    assert share_out([both, alone, alone, alone, both, both, both]) == [1, 2, 2, 2, 1, 2, 1]


def test_where_nobody_can_come_nobody_hosts() -> None:
    assert share_out([Evening([1, 2], away={1, 2}), Evening([1, 2])]) == [None, 1]
    assert share_out([Evening([])]) == [None]
