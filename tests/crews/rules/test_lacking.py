"""Why somebody has no seat, in words that no refusal changes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crews.rules.lacking import Reason, lacking
from crews.rules.points import Seeker
from crews.rules.proposing.starting import greedy
from tests.crews.rules.instances import TORN, congregation


def at(one: int, *hours: int) -> Seeker:
    return Seeker(one, frozenset(hours))


def crew(first: int, many: int, *hours: int) -> list[Seeker]:
    return [at(one, *hours) for one in range(first, first + many)]


@pytest.mark.parametrize(
    ("person", "tables", "reason"),
    [
        (at(1), {1: crew(10, 5, 3)}, Reason.NO_HOURS),
        (at(1, 9), {1: crew(10, 5, 3)}, Reason.NOBODY_SHARES),
        (at(1, 9), {1: [*crew(10, 4, 3), at(14, 3, 9)]}, Reason.TOO_FEW_SHARE),
        (at(1, 3), {1: crew(10, 6, 3)}, Reason.NO_ROOM),
        (at(1, 9), {1: [*crew(10, 2, 3), *crew(12, 2, 3, 9)]}, Reason.NO_ROOM),
        (at(1, 3), {1: crew(10, 4, 3)}, Reason.DID_NOT_WORK_OUT),
    ],
)
def test_reasons(person: Seeker, tables: dict[int, list[Seeker]], reason: Reason) -> None:
    assert lacking([person], tables)[1].reason is reason


def test_one_more_hour_opens_tables() -> None:
    tables = {1: crew(10, 5, 3), 2: crew(20, 4, 3, 4), 3: crew(30, 6, 5)}
    unplaced = [at(1, 9), at(2, 4, 6), at(3, 6)]
    first, second, third = lacking(unplaced, tables)[1].help
    assert (first.slot, first.tables, first.opens) == (3, (1, 2), 2)
    assert (second.slot, second.companions, second.opens) == (6, 2, 1)
    assert (third.slot, third.tables, third.companions) == (4, (2,), 1)


def test_three_without_a_seat_who_could_meet_did_not_work_out() -> None:
    """As when two of them would not sit together: the third hears the same."""
    answers = lacking(crew(1, 3, 3), {})
    assert {one.reason for one in answers.values()} == {Reason.DID_NOT_WORK_OUT}
    assert {one.help for one in answers.values()} == {()}


@settings(max_examples=20)
@given(st.integers(0, 999), st.data())
def test_whatever_anybody_refused_the_answer_is_the_same(seed: int, data: st.DataObject) -> None:
    seekers = congregation(24, TORN, seed)
    ids = [one.id for one in seekers]
    others = {one: data.draw(st.frozensets(st.sampled_from(ids), max_size=5)) for one in ids}
    changed = {one.id: replace(one, not_with=others[one.id]) for one in seekers}
    crews = greedy(seekers, seed=1)
    seated = {one.id for crew in crews for one in crew}
    unplaced = [one for one in seekers if one.id not in seated] + list(crews[-1])
    tables = dict(enumerate(crews[:-1]))
    assert lacking(unplaced, tables) == lacking(
        [changed[one.id] for one in unplaced],
        {key: [changed[one.id] for one in crew] for key, crew in tables.items()},
    )
