"""`manage.py propose`: an instance in, a result out, and clear words when something is wrong."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

PERSON: dict[str, Any] = {"slots": [3], "interests": [], "wishes": [], "met": [], "not_with": []}
PARTNER: dict[str, Any] = {
    "slots": [3],
    "languages": [],
    "wishes": [],
    "weeks_since": {},
    "not_with": [],
    "paired_with": [],
    "left_out_last_time": False,
}


def propose(folder: Path, instance: object, **options: Any) -> tuple[Any, str]:
    source, result, said = folder / "instance.json", folder / "result.json", StringIO()
    source.write_text(instance if isinstance(instance, str) else json.dumps(instance))
    call_command("propose", str(source), str(result), stdout=said, **options)
    return json.loads(result.read_text()), said.getvalue()


def test_crews(tmp_path: Path) -> None:
    people = [{"id": one} | PERSON for one in range(5)]
    result, said = propose(tmp_path, {"kind": "crews", "people": people})
    assert result == {"crews": [[0, 1, 2, 3, 4]]}
    assert said.startswith("1 crews for 5 of 5 people, 5120 points, in ")


def test_pairs(tmp_path: Path) -> None:
    people = [{"id": one} | PARTNER for one in range(2)]
    result, said = propose(tmp_path, {"kind": "pairs", "people": people})
    assert result == {"pairs": [[0, 1]]}
    assert said.startswith("1 pairs, 0 left out, 4440 points, in ")


@pytest.mark.parametrize(
    ("instance", "words"),
    [
        ("{", "is not JSON"),
        ("\x00\x01", "is not JSON"),
        ([], "holds no instance"),
        ({}, "is not an instance of crews or pairs"),
        ({"kind": "tables", "people": []}, "is not an instance of crews or pairs"),
        ({"kind": "crews", "people": 3}, "is not an instance of crews or pairs"),
        ({"kind": "crews", "people": [{"id": 1}]}, "KeyError"),
        ({"kind": "crews", "people": [{"id": 1} | PERSON] * 2}, "a whole number of their own"),
        ({"kind": "crews", "people": [{"id": 1} | PERSON | {"slots": 3}]}, "is not a list"),
        ({"kind": "pairs", "people": [{"id": 1} | PERSON]}, "KeyError"),
    ],
)
def test_what_is_no_instance_is_named(tmp_path: Path, instance: object, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        propose(tmp_path, instance)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_time_that_is_none(tmp_path: Path, seconds: float) -> None:
    with pytest.raises(CommandError, match="--seconds"):
        propose(tmp_path, {"kind": "crews", "people": []}, seconds=seconds)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("propose", str(tmp_path / "none.json"), str(tmp_path / "result.json"))
    source = tmp_path / "instance.json"
    source.write_text('{"kind": "crews", "people": []}')
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("propose", str(source), str(tmp_path / "none" / "result.json"))
