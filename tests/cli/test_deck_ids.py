"""`quizdock deck ids`."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., CompletedProcess[str]]


def test_cards_are_listed_by_their_ids(quizdock: Run) -> None:
    ended = quizdock("deck", "ids", "small")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "small/image\nsmall/shared\nsmall/list\nsmall/kernel\nsmall/isolated\n"


def test_a_file_need_not_be_in_the_home(quizdock: Run, tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text(
        'format = 1\ndeck = { id = "o", title = "O", lang = "en" }\n'
        '[[flashcard]]\nid = "f"\nfront = "F"\nback = "B"\nreverse = true\n',
        encoding="utf-8",
    )
    assert quizdock("deck", "ids", str(file)).stdout == "o/f\no/f#reverse\n"


def test_the_ids_as_json_tell_what_each_card_asks(quizdock: Run) -> None:
    ended = quizdock("deck", "ids", "small", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)[2] == {
        "id": "small/list",
        "note": "list",
        "topic": "containers",
        "form": "text",
        "prompt": "Which command lists the running containers?",
    }


def test_without_a_deck_those_that_are_followed_are_listed(quizdock: Run) -> None:
    quizdock("deck", "follow", "small")
    assert quizdock("deck", "ids").stdout.splitlines()[0] == "small/image"


def test_an_unknown_deck_is_named_with_the_nearest(quizdock: Run) -> None:
    ended = quizdock("deck", "ids", "smal")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "small" in ended.stderr
