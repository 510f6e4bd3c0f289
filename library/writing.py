"""Writing a practice as its text file: the inverse of `library.reading`."""

import re
from itertools import chain

from library.reading import ALL_OTHERS, PracticeText, TextStep

LIKE_A_HEADING = re.compile(r"^\\*#")


def write(text: PracticeText) -> str:
    """The file that `read` turns into this practice again."""
    head = {
        "title": text.title,
        "scale": text.scale,
        "purpose": text.purpose,
        "people": _people(text),
        "minutes": str(text.minutes),
        "roles": ", ".join([*text.roles, *([text.others + ALL_OTHERS] if text.others else [])]),
        "source": text.source,
    }
    parts = [
        "\n".join(["---", *(f"{key}: {value}" for key, value in head.items() if value), "---"]),
        _guarded(text.opening),
        *(["## Caution", _guarded(text.caution)] if text.caution else []),
        "## Steps",
        "\n".join(map(_step, text.steps)),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _people(text: PracticeText) -> str:
    if text.people_least == text.people_most:
        return str(text.people_least)
    return f"{text.people_least} to {text.people_most}"


def _guarded(words: str) -> str:
    """So that a paragraph beginning with "#" is not taken for a section."""
    return "\n\n".join(
        f"\\{paragraph}" if LIKE_A_HEADING.match(paragraph) else paragraph
        for paragraph in words.split("\n\n")
    )


def _step(step: TextStep) -> str:
    kind = "" if step.kind == "talk" else f" {step.kind}"
    pieces = chain([f"- {step.minutes} min{kind}"], [step.who] if step.who else [], [step.title])
    return f"{' · '.join(pieces)}: {step.words}"
