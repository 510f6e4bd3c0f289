"""The rule by which a programme falls on meetings."""

from hypothesis import given
from hypothesis import strategies as st

from practice.rules.taking_on import lay_out


@given(st.lists(st.booleans(), max_size=12), st.integers(0, 8))
def test_parts_fall_in_order_on_free_meetings_and_none_is_lost(free: list[bool], of: int) -> None:
    slots, left = lay_out(list(enumerate(free)), list(range(of)))
    laid = [slot.part for slot in slots if slot.part is not None]
    assert laid + left == list(range(of))
    assert [slot.meeting for slot in slots] == list(range(len(slots)))
    assert all((slot.part is not None) == free[slot.meeting] for slot in slots)
    assert not left or len(slots) == len(free)
    assert left or not slots or slots[-1].part is not None
