"""Why somebody is left over, and which hour would help; and that no refusal is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dyads.rules.lacking import Help, Lack, Reason, lacking
from dyads.rules.pairing import Seeker, may_pair, pair


def people(*slots: Iterable[int], **fields: object) -> dict[int, Seeker]:
    return {
        one: Seeker(one, frozenset(mine), **fields)  # type: ignore[arg-type]
        for one, mine in enumerate(slots, start=1)
    }


def lack(one: int, all_: Mapping[int, Seeker], own: Iterable[int] = ()) -> Lack:
    return lacking([one], all_, {one: frozenset(own)})[one]


def test_the_only_one() -> None:
    assert lack(1, people({7})) == Lack(Reason.ALONE)


def test_somebody_without_hours_hears_which_would_meet_most() -> None:
    found = lack(1, people((), {7, 8}, {8}))
    assert found.reason is Reason.NO_HOURS
    assert found.help[:2] == (Help(8, 2), Help(7, 1))


def test_hours_that_nobody_shares_and_the_one_that_would_help_most() -> None:
    found = lack(1, people({1}, {7, 8}, {8}, {8, 2}))
    assert found.reason is Reason.NOBODY_SHARES
    assert found.help[0] == Help(8, 3)


def test_everybody_who_fits_is_theirs_already() -> None:
    found = lack(1, people({1}, {1}, {5}), own=[2])
    assert found.reason is Reason.ALL_YOURS
    assert found.help == (Help(5, 1),)


def test_an_odd_number_and_an_even_one() -> None:
    assert lack(1, people({1}, {1}, {1})).reason is Reason.ODD
    assert lack(1, people({1}, {1}, {1}, {1})).reason is Reason.DID_NOT_WORK_OUT


hours = st.frozensets(st.integers(0, 5), max_size=3)
twos = st.frozensets(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=10)


@settings(max_examples=60)
@given(st.lists(hours, min_size=2, max_size=7), twos, twos)
def test_what_is_told_is_the_same_function_whoever_refused_whom(
    slots: list[frozenset[int]],
    refused: frozenset[tuple[int, int]],
    own: frozenset[tuple[int, int]],
) -> None:
    """For the same hours, numbers and own dyads the same is told: with refusals and without."""
    free = people(*slots)
    torn = {
        one: replace(person, not_with=frozenset(b for a, b in refused if a == one != b))
        for one, person in free.items()
    }
    mine = {one: {b for a, b in own if a == one != b} for one in free}
    assert lacking(free, torn, mine) == lacking(free, free, mine)


@settings(max_examples=60)
@given(st.lists(hours, min_size=2, max_size=7), twos)
def test_who_is_left_over_by_a_refusal_reads_what_others_read_without_any(
    slots: list[frozenset[int]], refused: frozenset[tuple[int, int]]
) -> None:
    """Whoever shares an hour and has no dyads reads one of the two neutral sentences, which are
    also told where nobody refuses anybody; which of them, the number of people decides."""
    torn = {
        one: replace(person, not_with=frozenset(b for a, b in refused if a == one != b))
        for one, person in people(*slots).items()
    }
    neutral = Reason.ODD if len(torn) % 2 else Reason.DID_NOT_WORK_OUT
    left_out = pair(list(torn.values()), seed=1).left_out
    told = lacking(left_out, torn, {})
    for one in left_out:
        shares = any(torn[one].slots & other.slots for other in torn.values() if other.id != one)
        if shares:
            assert told[one].reason is neutral
        assert all(offer.slot not in torn[one].slots for offer in told[one].help)
    for one, other in ((a, b) for a in left_out for b in left_out if a < b):
        # Two left over who share an hour: only a refusal keeps them apart here.
        if torn[one].slots & torn[other].slots:
            assert not may_pair(torn[one], torn[other])
            assert told[one].reason is told[other].reason is neutral
