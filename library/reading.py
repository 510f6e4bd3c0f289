"""Reading a practice from its text file: pure, strict, with errors that name the line.

A file begins with lines `key: value` between two lines of `---`; then a paragraph or more on
how it works, an optional `## Caution`, and `## Steps`, one on a line:

    - 10 min · case giver · The case: one person tells what they struggle with.
    - 2 min silent · Silence: let the story sink.
    - 2 min each · Check-in: how do you come?

A step may name one of the roles, whose turn it then is. A silent step is one in which nobody
speaks. A step for each is a turn of so many minutes for everyone at the table; the head's
minutes count it for as many people as the practice takes at most. A role that ends in
"(all others)" is whoever has no other.
"""

import re
from dataclasses import dataclass

KEYS = ("title", "scale", "purpose", "people", "minutes", "roles", "source")
SCALES = ("self", "dyad", "crew", "congregation")
STEP = re.compile(r"^- (\d+) min(?: (each|silent))? · (?:([^:·]+) · )?([^:·]+): (.+)$")
ALL_OTHERS = " (all others)"
RANGE = re.compile(r"^(\d+)(?: to (\d+))?$")


class PracticeTextError(ValueError):
    """What is wrong with a practice's file, and where."""


@dataclass(frozen=True, slots=True)
class TextStep:
    """One step as written. `who` is a role or "", `kind` "talk", "each" or "silent"."""

    title: str
    words: str
    minutes: int
    kind: str = "talk"
    who: str = ""

    def minutes_for(self, people: int) -> int:
        """How long it takes at a table of so many."""
        return self.minutes * (people if self.kind == "each" else 1)


@dataclass(frozen=True, slots=True)
class PracticeText:
    """A practice as written, before it is stored."""

    title: str
    scale: str
    purpose: str
    opening: str
    caution: str
    people_least: int
    people_most: int
    minutes: int
    roles: tuple[str, ...]
    # The role of whoever has no other, or "".
    others: str
    source: str
    steps: tuple[TextStep, ...]


def read(text: str) -> PracticeText:
    """The practice in a file's text. Raises PracticeTextError."""
    head, body = _split(text)
    opening, parts = _sections(body)
    steps = tuple(_step(line) for line in parts.get("Steps", "").splitlines() if line.strip())
    least, most = _range(head["people"], "people")
    minutes = _range(head["minutes"], "minutes")[0]
    if head["scale"] not in SCALES:
        raise PracticeTextError(f"scale is one of {', '.join(SCALES)}, not {head['scale']!r}")
    if not steps:
        raise PracticeTextError("a practice needs at least one step under '## Steps'")
    roles, others = _roles(head["roles"])
    if strangers := {step.who for step in steps} - {"", others, *roles}:
        raise PracticeTextError(f"a step names a role the head lacks: {', '.join(strangers)}")
    if (total := sum(step.minutes_for(most) for step in steps)) != minutes:
        raise PracticeTextError(f"the steps take {total} minutes, the head says {minutes}")
    return PracticeText(
        title=head["title"],
        scale=head["scale"],
        purpose=head["purpose"],
        opening=opening,
        caution=parts.get("Caution", ""),
        people_least=least,
        people_most=most,
        minutes=minutes,
        roles=roles,
        others=others,
        source=head["source"],
        steps=steps,
    )


def _split(text: str) -> tuple[dict[str, str], str]:
    parts = re.split(r"^---\s*$", text.lstrip("\ufeff"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise PracticeTextError("the file begins with 'key: value' lines between two '---'")
    head: dict[str, str] = {}
    for line in parts[1].strip().splitlines():
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in KEYS:
            raise PracticeTextError(f"not a line of the head: {line!r}")
        head[key.strip()] = value.strip()
    if missing := [key for key in KEYS if not head.get(key) and key != "roles"]:
        raise PracticeTextError(f"the head lacks {', '.join(missing)}")
    head.setdefault("roles", "")
    return head, parts[2]


def _sections(body: str) -> tuple[str, dict[str, str]]:
    opening, *rest = re.split(r"^## ", body, flags=re.MULTILINE)
    parts: dict[str, str] = {}
    for section in rest:
        name, _, words = section.partition("\n")
        if name.strip() not in {"Caution", "Steps"}:
            raise PracticeTextError(f"unknown section {name.strip()!r}")
        parts[name.strip()] = words.strip()
    return _flowing(opening), {**parts, "Caution": _flowing(parts.get("Caution", ""))}


def _flowing(text: str) -> str:
    """Paragraphs as one line each, whatever the file's line width."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs).strip()


def _step(line: str) -> TextStep:
    if not (match := STEP.match(line)):
        raise PracticeTextError(f"a step reads '- 10 min · Title: words', not {line!r}")
    minutes, kind, who, title, words = match.groups()
    if int(minutes) == 0:
        raise PracticeTextError(f"a step takes at least a minute: {line!r}")
    return TextStep(
        title=title.strip(),
        words=words.strip(),
        minutes=int(minutes),
        kind=kind or "talk",
        who=(who or "").strip(),
    )


def _roles(value: str) -> tuple[tuple[str, ...], str]:
    named = [role.strip() for role in value.split(",") if role.strip()]
    others = [role.removesuffix(ALL_OTHERS) for role in named if role.endswith(ALL_OTHERS)]
    if len(others) > 1:
        raise PracticeTextError(f"only one role can be that of all others: {value!r}")
    return tuple(role for role in named if not role.endswith(ALL_OTHERS)), "".join(others)


def _range(value: str, key: str) -> tuple[int, int]:
    if not (match := RANGE.match(value)):
        raise PracticeTextError(f"{key} is a number or '3 to 6', not {value!r}")
    least = int(match[1])
    most = int(match[2] or match[1])
    if not 1 <= least <= most:
        raise PracticeTextError(f"{key} runs from the smaller to the larger number: {value!r}")
    return least, most
