"""Propose crews or pairs for an instance in a file, with the functions that the product uses."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crews.rules import points as crews
from crews.rules.proposing import propose
from dyads.rules import pairing as dyads


class Command(BaseCommand):
    help = "Read people from INSTANCE (JSON), propose crews or pairs, write RESULT (JSON)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instance", type=Path)
        parser.add_argument("result", type=Path)
        parser.add_argument("--seconds", type=float, default=10, help="at most, for crews (10)")
        parser.add_argument("--seed", type=int, default=1, help="the same, the same answer (1)")

    def handle(
        self, *args: Any, instance: Path, result: Path, seconds: float, seed: int, **options: Any
    ) -> None:
        if not 0 < seconds < float("inf"):
            raise CommandError("--seconds must be more than 0.")
        asked = _read(instance)
        began = time.monotonic()
        try:
            kind, rows = asked["kind"], asked["people"]
            ways = {"crews": _crews, "pairs": _pairs}
            answer, news = ways[kind](rows, seconds, seed)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CommandError(
                f"{instance} is not an instance of crews or pairs: {type(error).__name__}: {error}"
            ) from error
        try:
            result.write_text(json.dumps(answer))
        except OSError as error:
            raise CommandError(f"{result} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{news}, in {time.monotonic() - began:.1f} seconds.")


def _read(path: Path) -> dict[str, Any]:
    try:
        asked = json.loads(path.read_text())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}.") from error
    if not isinstance(asked, dict):
        raise CommandError(f"{path} holds no instance: an object with “kind” and “people”.")
    return asked


def _crews(rows: list[dict[str, Any]], seconds: float, seed: int) -> tuple[dict[str, Any], str]:
    proposal = propose([crew_seeker(row) for row in _once(rows)], seed=seed, seconds=seconds)
    placed = len(rows) - len(proposal.unplaced)
    news = f"{len(proposal.crews)} crews for {placed} of {len(rows)} people"
    return {"crews": proposal.crews}, f"{news}, {proposal.points} points"


def _pairs(rows: list[dict[str, Any]], seconds: float, seed: int) -> tuple[dict[str, Any], str]:
    found = dyads.pair([dyad_seeker(row) for row in _once(rows)], seed=seed)
    news = f"{len(found.pairs)} pairs, {len(found.left_out)} left out"
    return {"pairs": found.pairs}, f"{news}, {found.points} points"


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [row["id"] for row in rows]
    if len(set(ids)) < len(ids) or not all(isinstance(one, int) for one in ids):
        raise ValueError("each of the people needs a whole number of their own as id")
    return rows


def crew_seeker(row: dict[str, Any]) -> crews.Seeker:
    """Somebody of an instance of crews."""
    keys = ("slots", "interests", "wishes", "met", "not_with")
    return crews.Seeker(row["id"], **{key: _set(row, key) for key in keys})


def dyad_seeker(row: dict[str, Any]) -> dyads.Seeker:
    """Somebody of an instance of pairs."""
    keys = ("slots", "languages", "wishes", "not_with", "paired_with")
    return dyads.Seeker(
        row["id"],
        **{key: _set(row, key) for key in keys},
        weeks_since={int(other): int(weeks) for other, weeks in row["weeks_since"].items()},
        left_out_last_time=bool(row["left_out_last_time"]),
    )


def _set(row: dict[str, Any], key: str) -> frozenset[Any]:
    if not isinstance(row[key], list):
        raise TypeError(f"“{key}” of {row['id']} is not a list")
    return frozenset(row[key])
