"""What differs between two editions, line by line: pure."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from library.reading import PracticeText
from library.writing import write


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line of both editions ("same"), of the new one only ("new"), or of the old ("gone")."""

    words: str
    kind: str


def compare(before: PracticeText, after: PracticeText) -> list[ComparedLine]:
    """The lines of both files in order; what stayed is told only next to what changed."""
    old, new = _lines(before), _lines(after)
    found: list[ComparedLine] = []
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            continue
        if old_from:
            _add(found, ComparedLine(old[old_from - 1], "same"))
        found += [ComparedLine(line, "gone") for line in old[old_from:old_to]]
        found += [ComparedLine(line, "new") for line in new[new_from:new_to]]
    return found


def _add(found: list[ComparedLine], line: ComparedLine) -> None:
    """Not twice where two changes lie next to each other."""
    if not found or found[-1].words != line.words:
        found.append(line)


def _lines(text: PracticeText) -> list[str]:
    """The file without the fences of its head and without empty lines."""
    lines = write(text).splitlines()[1:]
    lines.remove("---")
    return list(filter(None, lines))
