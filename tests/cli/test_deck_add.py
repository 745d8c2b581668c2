"""`quizdock deck add` and `quizdock deck remove`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]

TINY = """\
format = 1
deck = { id = "tiny", title = "A tiny deck", lang = "en" }

[[flashcard]]
id = "one"
front = "?"
back = "!"
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A deck file that is not in the home."""
    path = tmp_path / "tiny.toml"
    path.write_text(TINY, encoding="utf-8")
    return path


def decks(quizdock: Run) -> list[str]:
    return [deck["id"] for deck in json.loads(quizdock("deck", "list", "--json").stdout)]


def test_a_deck_is_added_and_can_be_studied(quizdock: Run, home: Path, tiny: Path) -> None:
    ended = quizdock("deck", "add", str(tiny))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"Added: {home}/content/tiny.toml, 1 card.\nTo study it: quizdock study tiny\n"
    assert "tiny" in decks(quizdock)
    again = quizdock("deck", "add", str(tiny))
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.startswith(f"It is there already: {home}/content/tiny.toml, 1 card.\n")


def test_a_link_follows_its_file(quizdock: Run, home: Path, tiny: Path) -> None:
    assert quizdock("deck", "add", str(tiny), "--link").returncode == 0
    tiny.write_text(TINY.replace("A tiny deck", "Edited since"), encoding="utf-8")
    assert "Edited since" in quizdock("deck", "list").stdout


def test_an_empty_home_gets_its_folder(quizdock: Run, tmp_path: Path, tiny: Path) -> None:
    assert quizdock("--home", str(tmp_path / "new"), "deck", "add", str(tiny)).returncode == 0
    assert (tmp_path / "new" / "content" / "tiny.toml").is_file()


def test_a_deck_with_problems_is_refused_with_each_of_them(quizdock: Run, home: Path, tiny: Path) -> None:
    tiny.write_text(TINY.replace("front", "fornt"), encoding="utf-8")
    ended = quizdock("deck", "add", str(tiny))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"{tiny}:6: flashcard[1].fornt: unknown key (did you mean front?)\n"
        f"Error: {tiny}: 1 problem\n"
        f"Run: quizdock deck check {tiny}\n"
    )
    assert [path.name for path in (home / "content").iterdir()] == ["small.toml"]


def test_nothing_is_overwritten(quizdock: Run, home: Path, tiny: Path) -> None:
    small = tiny.with_name("small.toml")
    small.write_text(TINY, encoding="utf-8")
    before = (home / "content" / "small.toml").read_bytes()
    ended = quizdock("deck", "add", str(small))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"Error: {home}/content/small.toml is there already, and is not this deck's\n")
    assert (home / "content" / "small.toml").read_bytes() == before


def test_a_new_version_takes_the_place_of_the_older_one_only_where_that_is_asked_for(
    quizdock: Run, home: Path, tiny: Path
) -> None:
    quizdock("deck", "add", str(tiny))
    old = tiny.read_bytes()
    tiny.write_text(TINY.replace("A tiny deck", "Edited since"), encoding="utf-8")
    refused = quizdock("deck", "add", str(tiny))
    assert refused.returncode == 1
    assert f"quizdock deck add --replace {tiny}" in refused.stderr
    ended = quizdock("deck", "add", "--replace", str(tiny))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (home / "content" / "tiny.toml").read_bytes() == tiny.read_bytes()
    assert (home / "data" / "removed-decks" / "tiny.toml").read_bytes() == old


def test_a_file_that_is_not_there_is_said(quizdock: Run) -> None:
    ended = quizdock("deck", "add", "no.toml")
    assert (ended.returncode, ended.stderr) == (1, "Error: no.toml: No such file or directory\n")


def test_a_removed_deck_keeps_its_file_and_its_progress(quizdock: Run, home: Path) -> None:
    quizdock("study", "small", "--plain", "--new", "1", typed="\n4\n")
    ended = quizdock("deck", "remove", "small", "--yes")
    kept = home / "data" / "removed-decks" / "small.toml"
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        f"Removed: {home}/content/small.toml. The file is kept as {kept}\n"
        "Learners' progress is kept, and comes back if the deck does:\n"
        f"  quizdock deck add {kept}\n"
    )
    assert decks(quizdock) == ["docker-conteneurs", "docker-containers"]
    quizdock("deck", "add", str(kept))
    assert json.loads(quizdock("due", "--json").stdout)["new"] == 4


def test_removing_is_asked_about(quizdock: Run, home: Path) -> None:
    for typed in ("n\n", "", "perhaps\nno\n"):
        ended = quizdock("deck", "remove", "small", typed=typed)
        assert ended.returncode == 1
        assert ended.stdout.startswith(f"Take {home}/content/small.toml out of the home? (y/n):\n")
        assert ended.stderr == "Error: nothing was removed\nTo remove without a question: --yes\n"
    assert quizdock("deck", "remove", "small", typed="y\n").returncode == 0
    assert "small" not in decks(quizdock)


def test_on_a_terminal_it_is_asked_about_too(home: Path) -> None:
    program = pexpect.spawn(
        sys.executable,
        ["-m", "quizdock", "--lang", "en", "deck", "remove", "small"],
        encoding="utf-8",
        dimensions=(30, 400),  # a temporary folder may have a long name
        timeout=20,
    )
    program.expect(r"\(y/n\)")
    program.send("y\r")
    program.expect("Removed")
    program.expect(pexpect.EOF)
    program.close()
    assert program.exitstatus == 0
    assert not (home / "content" / "small.toml").exists()


def test_a_shipped_deck_stays(quizdock: Run) -> None:
    ended = quizdock("deck", "remove", "docker-conteneurs", "--yes")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "Error: docker-conteneurs is shipped with QuizDock, and cannot be removed\n"
        "To leave it out of your sessions, follow others: quizdock deck follow DECK\n"
    )


def test_without_the_homes_own_deck_the_shipped_one_is_back(quizdock: Run, home: Path, tiny: Path) -> None:
    own = tiny.with_name("own.toml")
    own.write_text(TINY.replace('"tiny"', '"docker-conteneurs"'), encoding="utf-8")
    quizdock("deck", "add", str(own))
    assert "docker-conteneurs  en" in quizdock("deck", "list").stdout
    ended = quizdock("deck", "remove", "docker-conteneurs", "--yes")
    assert ended.stdout.splitlines()[1].startswith("The deck docker-conteneurs now comes from ")
    assert "docker-conteneurs  fr" in quizdock("deck", "list").stdout


def test_an_unknown_deck_is_named_with_the_nearest(quizdock: Run) -> None:
    ended = quizdock("deck", "remove", "smal", "--yes")
    assert (ended.returncode, ended.stderr) == (1, "Error: there is no deck called smal\nDid you mean small?\n")
