"""Two who write at once: what each of them changed is kept, and a clash is told."""

from hypothesis import given
from hypothesis import strategies as st

from crews.rules.agreements import FIELDS, Texts, mark, merge

words = st.sampled_from(["", "On time.", "Late is fine.", "We stay.\nWe go."])
texts = st.builds(Texts, words, words, words)


@given(texts, texts)
def test_whoever_writes_alone_gets_what_they_wrote(before: Texts, mine: Texts) -> None:
    merged = merge(before, mine, before.marks)
    assert merged.texts == mine
    assert merged.clashes == ()


@given(texts, texts, texts)
def test_of_two_nothing_that_either_wrote_is_lost_in_silence(
    before: Texts, theirs: Texts, mine: Texts
) -> None:
    merged = merge(theirs, mine, before.marks)
    for name in FIELDS:
        was, other, own = (getattr(one, name) for one in (before, theirs, mine))
        kept = getattr(merged.texts, name)
        if name in merged.clashes:
            assert was not in {other, own}
            assert other != own
        elif own != was:
            assert kept == own
        else:
            assert kept == other


@given(texts)
def test_nothing_changed_is_no_clash(before: Texts) -> None:
    assert merge(before, before, {}).texts == before


def test_how_a_browser_ends_its_lines_is_no_change() -> None:
    assert mark("We stay.\r\nWe go. \r\n") == mark("We stay.\nWe go.")
    assert mark("We stay.") != mark("We go.")
