"""`quizdock where`."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def quizdock(anew: Run) -> Run:
    """In a home where QuizDock has never been started."""
    return anew


CHECKOUT = Path(__file__).parents[2]


def test_every_place_is_printed_and_nothing_is_created(quizdock: Run, home: Path) -> None:
    ended = quizdock("where")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        f"Home (QUIZDOCK_HOME)  {home}\n"
        f"Your decks            {home}/content\n"
        f"Shipped decks         {CHECKOUT}/content\n"
        f"Database              {home}/data/quizdock.db\n"
        f"Settings              {home}/data/settings.toml\n"
        "Learner               alice\n"
        "Language              en\n"
    )
    assert [entry.name for entry in home.iterdir()] == ["content"]


def test_json_has_the_same_places(quizdock: Run, home: Path) -> None:
    ended = quizdock("where", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout) == {
        "home": str(home),
        "content": f"{home}/content",
        "shipped": f"{CHECKOUT}/content",
        "database": f"{home}/data/quizdock.db",
        "settings": f"{home}/data/settings.toml",
        "learner": "alice",
        "lang": "en",
    }


def test_the_reason_for_the_home_is_told(quizdock: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    assert quizdock("where", "--home", str(other)).stdout.startswith(f"Home (--home)  {other}\n")
    monkeypatch.delenv("QUIZDOCK_HOME")
    assert quizdock("where").stdout.startswith(f"Home (this checkout)  {CHECKOUT}\n")
    assert not other.exists()


def test_a_home_that_does_not_exist_yet_is_made_by_the_first_command_that_needs_it(
    quizdock: Run, tmp_path: Path
) -> None:
    new = tmp_path / "a" / "new one"
    assert quizdock("--home", str(new), "due").stdout == "0 cards to repeat, 10 new ones\n"
    assert (new / "data" / "quizdock.db").is_file()
    assert (new / "data" / "quizdock.db").stat().st_mode & 0o077 == 0, "only its owner may read it"


def test_a_tilde_and_a_relative_folder_become_whole_paths(
    quizdock: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for written in ("~/there", "there", "./x/../there"):
        told = json.loads(quizdock("--home", written, "where", "--json").stdout)
        assert told["home"] == f"{tmp_path}/there"


def test_it_works_where_no_other_command_can(quizdock: Run, home: Path) -> None:
    """It is what one types to find the file that is in the way."""
    (home / "data").mkdir()
    (home / "data" / "quizdock.db").write_text("no database")
    (home / "data" / "settings.toml").write_text("no settings")
    assert quizdock("due").returncode == 1
    assert quizdock("where").returncode == 0


def test_it_does_not_depend_on_the_current_folder(process: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = process("where", "--json")
    monkeypatch.chdir(home / "content")
    assert process("where", "--json").stdout == first.stdout
