"""Where a note is written."""

from pathlib import Path

import pytest

from quizdock.sessions.place import place_of

DECK = """\
format = 1
deck = { id = "d", title = "D", lang = "en" }

[[flashcard]]
id = "first"
front = "a"
back = "b"

[[question]]
id = "second"
ask = 7
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "deck.toml"
    path.write_text(DECK, encoding="utf-8")
    return str(path)


def test_a_note_is_where_its_table_begins(file: str) -> None:
    assert place_of(file, "first") == 4


def test_a_note_with_problems_has_its_place_too(file: str) -> None:
    assert place_of(file, "second") == 9


@pytest.mark.parametrize("note", ["third", "d", ""])
def test_a_note_that_is_not_there_has_none(file: str, note: str) -> None:
    assert place_of(file, note) is None


@pytest.mark.parametrize("text", [b"", b"no toml", b"\xff", b"flashcard = 3\n", b"flashcard = [1]\n"])
def test_a_file_that_says_nothing_of_notes_has_none(file: str, text: bytes) -> None:
    Path(file).write_bytes(text)
    assert place_of(file, "first") is None


@pytest.mark.parametrize("path", ["/not/there.toml", "/", "\0"])
def test_a_file_that_cannot_be_read_has_none(path: str) -> None:
    assert place_of(path, "first") is None
