"""Checking files on disk, and mending their ids."""

import os
from pathlib import Path

import pytest

from quizdock.core.errors import QuizDockError
from quizdock.sessions.checking import checked, put_in_ids

GOOD = 'format = 1\ndeck = { id = "d", title = "D", lang = "en" }\n[[flashcard]]\nid = "f"\nfront = "F"\nback = "B"\n'
BARE = GOOD.replace('id = "f"\n', "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A deck whose one note has no id."""
    path = tmp_path / "deck.toml"
    path.write_text(BARE, encoding="utf-8")
    return path


def test_a_sound_file_gives_its_deck_and_its_warnings(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    seen = checked(file)
    assert seen.deck is not None
    assert seen.deck.id == "d"
    assert [(each.line, str(each.message), each.is_warning) for each in seen.found] == [(3, "has no explanation", True)]


def test_a_file_with_problems_gives_them_and_no_deck(file: Path) -> None:
    seen = checked(file)
    assert seen.deck is None
    assert [(each.line, str(each.message), each.is_warning) for each in seen.found] == [(3, "is missing", False)]


def test_a_file_that_is_not_there_is_reported_rather_than_raised(tmp_path: Path) -> None:
    seen = checked(tmp_path / "none.toml")
    assert (seen.deck, list(seen.found)) == (None, [])
    assert str(seen.unreadable) == f"{tmp_path / 'none.toml'}: No such file or directory"


def test_ids_are_written_and_the_files_permissions_stay(file: Path) -> None:
    file.chmod(0o640)
    assert [tuple(new) for new in put_in_ids(file)] == [("flashcard[1]", "f")]
    assert file.read_text(encoding="utf-8") == GOOD
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in file.parent.iterdir()] == ["deck.toml"]


def test_a_link_goes_on_leading_to_its_file(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    put_in_ids(link)
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == GOOD


def test_a_file_that_needs_no_id_is_not_written(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert put_in_ids(file) == []
    assert file.stat().st_mtime_ns == 1


@pytest.mark.parametrize("source", ["[[flashcard]\n", "", "\0"])
def test_a_file_that_is_no_deck_stays_as_it_is(file: Path, source: str) -> None:
    file.write_text(source, encoding="utf-8")
    assert put_in_ids(file) == []
    assert file.read_text(encoding="utf-8") == source


def test_where_nothing_can_be_written_the_file_stays_whole_and_nothing_is_left_behind(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(QuizDockError, match="No space left on device"):
        put_in_ids(file)
    assert file.read_text(encoding="utf-8") == BARE
    assert [each.name for each in file.parent.iterdir()] == ["deck.toml"]
