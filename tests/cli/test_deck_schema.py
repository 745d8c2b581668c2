"""`quizdock deck schema`."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., CompletedProcess[str]]

SHIPPED = Path(__file__).parents[2] / "content" / "deck.schema.json"


def test_the_schema_is_printed_as_it_ships(quizdock: Run) -> None:
    ended = quizdock("deck", "schema")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == SHIPPED.read_text(encoding="utf-8")


def test_it_is_the_same_in_every_language_and_opens_no_database(process: Run, home: Path) -> None:
    assert process("deck", "schema", QUIZDOCK_LANG="fr").stdout == SHIPPED.read_text(encoding="utf-8")
    assert [entry.name for entry in home.iterdir()] == ["content"]


def test_it_lists_the_kinds_of_notes(quizdock: Run) -> None:
    keys = list(json.loads(quizdock("deck", "schema").stdout)["properties"])
    assert keys[:3] == ["format", "deck", "topic"]
    assert {"flashcard", "cloze", "question", "table", "machine", "analogy", "list", "steps"} <= set(keys)
