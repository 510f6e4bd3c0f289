"""Reading a practice from its text file: pure, strict, with errors that name the line.

A file begins with lines `key: value` between two lines of `---`; then a paragraph or more on
how it works, an optional `## Caution`, and `## Steps`, one on a line:

    - 10 min · case giver · The case: one person tells what they struggle with.
    - 2 min silent · Silence: let the story sink.
    - 2 min each · Check-in: how do you come?

A step may name one of the roles, whose turn it then is. A silent step is one in which nobody
speaks. A step for each is a turn of so many minutes for everyone at the table; the head's
minutes count it for as many people as the practice takes at most. A role that ends in
"(all others)" is whoever has no other. A step's words may go on in lines that are indented; a
paragraph that begins with "#" has a backslash before it. `library.writing` is the inverse.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from circles.scales import LAWS, Scale

SCALES = tuple(LAWS)
KEYS = ("title", "scale", "purpose", "people", "minutes", "roles", "source")
# In letters. The database's columns and the forms' fields have the same bounds.
LONGEST = {
    "title": 120,
    "purpose": 300,
    "opening": 10_000,
    "caution": 2_000,
    "role": 60,
    "source": 300,
    "step": 120,
    "words": 1_000,
}
MOST_STEPS = 60
MOST_ROLES = 12
# As long as a meeting can be.
MOST_MINUTES = 480
STEP = re.compile(r"^- ([0-9]{1,3}) min(?: (each|silent))? · (?:([^:·]+) · )?([^:·]+): (.+)$")
ALL_OTHERS = " (all others)"
RANGE = re.compile(r"^([0-9]{1,3})(?: to ([0-9]{1,3}))?$")
ESCAPED = re.compile(r"^\\+#")
# Signs that the format itself needs, and so no name in it can have.
NOT_IN_NAMES = re.compile(r"[:·]")
NOT_IN_ROLES = re.compile(r"[:·,]")

Line = tuple[int, str]


class PracticeTextError(ValueError):
    """What is wrong with a practice's file, and where; `str()` of it is for the reader.

    `line` counts from 1; 0 stands for the whole file.
    """

    def __init__(self, says: str, line: int = 0) -> None:
        super().__init__(says)
        self.says, self.line = says, line

    def __str__(self) -> str:
        if not self.line:
            return self.says
        return _("Line {line}: {says}").format(line=self.line, says=self.says)


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

    @property
    def all_roles(self) -> list[str]:
        """Every role, that of all others last."""
        return [*self.roles, *([self.others] if self.others else [])]

    @property
    def scale_word(self) -> str:
        """For how many, in the reader's language."""
        return str(Scale(self.scale).label)


def read(text: str) -> PracticeText:
    """The practice in a file's text. Raises PracticeTextError."""
    head_lines, body = _split(text)
    head = _head(head_lines)
    opening, caution, step_lines = _sections(body)
    scale = _scale(head["scale"])
    least, most = _people(head["people"], scale)
    roles, others = _roles(head["roles"])
    steps = _steps(step_lines, {"", others, *roles})
    minutes = _minutes(head["minutes"], sum(step.minutes_for(most) for step in steps))
    return PracticeText(
        title=_short(head["title"], "title"),
        scale=scale,
        purpose=_short(head["purpose"], "purpose"),
        opening=_flowing(opening, "opening"),
        caution=_flowing(caution, "caution"),
        people_least=least,
        people_most=most,
        minutes=minutes,
        roles=roles,
        others=others,
        source=_short(head["source"], "source"),
        steps=steps,
    )


def on_one_line(text: str) -> str:
    """Without line breaks and double spaces."""
    return " ".join(text.split())


def flowing(text: str) -> str:
    """Paragraphs as one line each, whatever the line width, with an empty line between."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n\n".join(filter(None, map(on_one_line, paragraphs)))


def _split(text: str) -> tuple[list[Line], list[Line]]:
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = list(enumerate(plain.split("\n"), start=1))
    fences = [at for at, (_number, line) in enumerate(lines) if line.rstrip() == "---"]
    if len(fences) < 2 or any(line.strip() for _number, line in lines[: fences[0]]):
        raise PracticeTextError(
            _("the file begins with lines such as “title: Troika”, between two lines of “---”"), 1
        )
    return lines[fences[0] + 1 : fences[1]], lines[fences[1] + 1 :]


def _head(lines: Sequence[Line]) -> dict[str, Line]:
    head: dict[str, Line] = {}
    last = 1
    for number, line in lines:
        last = number
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in KEYS:
            raise PracticeTextError(
                _("not a line of the head: “{line}”").format(line=_quoted(line)), number
            )
        head[key.strip()] = number, on_one_line(value)
    head.setdefault("roles", (last, ""))
    if missing := [key for key in KEYS if not head.get(key, (0, ""))[1] and key != "roles"]:
        raise PracticeTextError(
            _("the head lacks {keys}").format(keys=", ".join(missing)),
            head.get(missing[0], (last, ""))[0],
        )
    return head


def _sections(body: Iterable[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    parts: dict[str, list[Line]] = {"": [], "Caution": [], "Steps": []}
    here = ""
    for number, line in body:
        if not line.startswith("## "):
            parts[here].append((number, line))
            continue
        here = line.removeprefix("## ").strip()
        if here not in {"Caution", "Steps"}:
            raise PracticeTextError(
                _("unknown section “{name}”; there are “Caution” and “Steps”").format(
                    name=_quoted(here)
                ),
                number,
            )
    return parts[""], parts["Caution"], parts["Steps"]


def _flowing(lines: Sequence[Line], name: str) -> str:
    text = flowing("\n".join(line for _number, line in lines))
    paragraphs = [
        paragraph[1:] if ESCAPED.match(paragraph) else paragraph for paragraph in text.split("\n\n")
    ]
    first = next((number for number, line in lines if line.strip()), 0)
    return _short((first, "\n\n".join(paragraphs)), name)


def _steps(lines: Iterable[Line], roles: set[str]) -> tuple[TextStep, ...]:
    rows: list[Line] = []
    for number, line in lines:
        if line.startswith("  ") and line.strip() and rows:
            rows[-1] = rows[-1][0], f"{rows[-1][1]} {line}"
        elif line.strip():
            rows.append((number, line))
    if not rows:
        raise PracticeTextError(_("a practice needs at least one step under “## Steps”"))
    if len(rows) > MOST_STEPS:
        raise PracticeTextError(
            _("that is more than {most} steps").format(most=MOST_STEPS), rows[MOST_STEPS][0]
        )
    return tuple(_step(number, on_one_line(line), roles) for number, line in rows)


def _step(number: int, line: str, roles: set[str]) -> TextStep:
    if not (match := STEP.match(line)):
        raise PracticeTextError(
            _("a step reads “- 10 min · Title: words”, not “{line}”").format(line=_quoted(line)),
            number,
        )
    minutes, kind, who, title, words = match.groups()
    if int(minutes) == 0:
        raise PracticeTextError(_("a step takes at least a minute"), number)
    who = (who or "").strip()
    if who not in roles:
        raise PracticeTextError(
            _("“{role}” is not among the roles in the head").format(role=_quoted(who)), number
        )
    return TextStep(
        title=_short((number, title.strip()), "step"),
        words=_short((number, words.strip()), "words"),
        minutes=int(minutes),
        kind=kind or "talk",
        who=who,
    )


def _scale(line: Line) -> str:
    number, scale = line
    if scale not in SCALES:
        raise PracticeTextError(
            _("scale is one of {scales}, not “{scale}”").format(
                scales=", ".join(SCALES), scale=_quoted(scale)
            ),
            number,
        )
    return scale


def _roles(line: Line) -> tuple[tuple[str, ...], str]:
    number, value = line
    named = [role.strip() for role in value.split(",") if role.strip()]
    others = [role.removesuffix(ALL_OTHERS) for role in named if role.endswith(ALL_OTHERS)]
    roles = [role for role in named if not role.endswith(ALL_OTHERS)]
    if len(others) > 1:
        raise PracticeTextError(_("only one role can be that of all others"), number)
    if len({*roles, *others}) < len(named):
        raise PracticeTextError(_("a role is named twice"), number)
    if len(named) > MOST_ROLES:
        raise PracticeTextError(_("that is more than {most} roles").format(most=MOST_ROLES), number)
    for role in [*roles, *others]:
        _short((number, role), "role")
        if NOT_IN_ROLES.search(role):
            raise PracticeTextError(_("a role’s name has no “:” and no “·”"), number)
    return tuple(roles), "".join(others)


def _people(line: Line, scale: str) -> tuple[int, int]:
    number, value = line
    if not (match := RANGE.match(value)):
        raise PracticeTextError(
            _("people is a number or “3 to 6”, not “{value}”").format(value=_quoted(value)), number
        )
    least = int(match[1])
    most = int(match[2] or match[1])
    if not 1 <= least <= most:
        raise PracticeTextError(_("people runs from the smaller to the larger number"), number)
    if most > LAWS[scale].most:
        raise PracticeTextError(
            _("at this scale there are never more than {most} people").format(
                most=LAWS[scale].most
            ),
            number,
        )
    return least, most


def _minutes(line: Line, total: int) -> int:
    number, value = line
    if not value.isdecimal() or len(value) > 3:
        raise PracticeTextError(
            _("minutes is a number, not “{value}”").format(value=_quoted(value)), number
        )
    if int(value) != total:
        raise PracticeTextError(
            _("the steps take {total} minutes, the head says {minutes}").format(
                total=total, minutes=int(value)
            ),
            number,
        )
    if total > MOST_MINUTES:
        raise PracticeTextError(
            _("a meeting has at most {most} minutes").format(most=MOST_MINUTES), number
        )
    return total


def _short(line: Line, name: str) -> str:
    number, value = line
    if len(value) > LONGEST[name]:
        raise PracticeTextError(
            _("that is {letters} letters; there is room for {most}").format(
                letters=len(value), most=LONGEST[name]
            ),
            number,
        )
    return value


def _quoted(value: str) -> str:
    """Enough of it to be found again."""
    return value.strip() if len(value) <= 80 else f"{value.strip()[:80]}…"
