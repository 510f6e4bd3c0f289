"""Why two are a pair, as facts for words: one account for stewards, another for the two.

Nothing here reads whom anybody would rather not be with. That two people are or were a dyad is
nobody else's business, so stewards read of having met only what the congregation's crews show;
and of wishes nothing, since of two people even their number would say who had them.
"""

from dataclasses import dataclass

from dyads.rules.pairing import Seeker


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for a pair. `languages` are codes, `hours` slots of the week.

    `knew_from_crew` is for stewards. For a reader who is one of the two: `weeks` since they last
    met, None for never; whether they wished for the other. Whether the other wished for them is
    told to nobody: by wishing one could else find out.
    """

    hours: tuple[int, ...]
    languages: tuple[str, ...]
    knew_from_crew: bool = False
    # Both say what they speak, and no language is the same.
    speak_apart: bool = False
    weeks: int | None = None
    wished: bool = False


def explain(one: Seeker, other: Seeker, *, knew_from_crew: bool) -> Explanation:
    """For stewards."""
    hours, languages = _shared(one, other)
    apart = bool(one.languages and other.languages) and not languages
    return Explanation(hours, languages, knew_from_crew=knew_from_crew, speak_apart=apart)


def explain_to(reader: Seeker, other: Seeker) -> Explanation:
    """For one of the two."""
    return Explanation(
        *_shared(reader, other),
        weeks=reader.weeks_since.get(other.id),
        wished=other.id in reader.wishes,
    )


def _shared(one: Seeker, other: Seeker) -> tuple[tuple[int, ...], tuple[str, ...]]:
    hours = tuple(sorted(one.slots & other.slots))
    return hours, tuple(sorted(str(code) for code in one.languages & other.languages))
