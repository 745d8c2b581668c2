"""`quizdock backup` and `quizdock restore`."""

import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quizdock.store import open_store

Run = Callable[..., CompletedProcess[str]]
ANSWER = '{"response": null}\n{"grade": 4}\n'


@pytest.fixture
def studied(quizdock: Run, home: Path) -> Run:
    """Alice has answered a card, of which the day's copy was made, and then another one."""
    quizdock("study", "small", "--note", "image", "--json", typed=ANSWER)
    quizdock("study", "small", "--note", "kernel", "--json", typed='{"response": 0}\n{"grade": 4}\n')
    return quizdock


def events(quizdock: Run) -> int:
    return int(re.findall(r"journal makes of its (\d+) event", quizdock("doctor").stdout)[0])


def test_the_first_session_of_a_day_leaves_a_copy(studied: Run, home: Path, at: Callable[[str], None]) -> None:
    assert [each.name for each in (home / "data" / "backups").iterdir()] == ["daily-2026-11-23.db"]
    at("2026-11-24T20:15")
    studied("study", "small", "--json", typed=ANSWER)
    assert sorted(each.name for each in (home / "data" / "backups").iterdir()) == [
        *("daily-2026-11-23.db", "daily-2026-11-24.db")
    ]


def test_a_copy_that_cannot_be_made_is_told_and_ends_nothing(quizdock: Run, home: Path) -> None:
    (home / "data" / "backups").write_bytes(b"")
    ended = quizdock("study", "small", "--note", "image", "--json", typed=ANSWER)
    assert ended.returncode == 0
    assert ended.stderr.startswith(f"Today's copy of the database could not be made: {home}/data/backups: ")


def test_copies_are_made_and_listed(studied: Run, home: Path) -> None:
    ended = studied("backup")
    assert ended.stdout == f"Copied: {home}/data/backups/2026-11-23T20-15-00.db\n  2 events, 0 exams\n"
    assert studied("backup", str(home / "mine.db")).stdout.startswith(f"Copied: {home}/mine.db\n")
    again = studied("backup", str(home / "mine.db"))
    assert (again.returncode, again.stderr) == (1, f"Error: {home}/mine.db is there already\nName another file.\n")
    listed = json.loads(studied("backup", "--list", "--json").stdout)
    assert {Path(each["path"]).name for each in listed} == {"2026-11-23T20-15-00.db", "daily-2026-11-23.db"}
    assert len(studied("backup", "--list").stdout.splitlines()) == 2


def test_going_back_to_a_copy_says_what_changes_and_keeps_what_was_there(studied: Run, home: Path) -> None:
    refused = studied("restore", "daily-2026-11-23", typed="n\n")
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (1, "Error: nothing was restored")
    assert events(studied) == 2
    ended = studied("restore", "daily-2026-11-23", typed="y\n")
    aside = home / "data" / "set-aside" / "2026-11-23T20-15-00.db"
    assert ended.stdout.splitlines() == [
        *("The copy holds 1 event, 0 exams.", "Now there are 2 events, 0 exams.", "  alice: 2 events → 1 event"),
        *("Put this in the database's place? What is there is set aside. (y/n):", "Restored."),
        f"What was there before: {aside}",
    ]
    assert events(studied) == 1
    assert studied("restore", str(aside), "--yes").returncode == 0
    assert events(studied) == 2
    assert len(list(aside.parent.iterdir())) == 2, "nothing that was set aside is overwritten"


def test_a_sound_database_is_left_alone_and_the_copies_are_listed(studied: Run) -> None:
    ended = studied("restore")
    assert ended.returncode == 0
    assert ended.stdout.startswith("The database is sound. To go back to a copy: quizdock restore COPY\n")
    assert "daily-2026-11-23.db" in ended.stdout


@pytest.mark.parametrize("left", [0, 5000])
def test_a_damaged_database_is_mended_from_its_copy(studied: Run, home: Path, left: int) -> None:
    path = home / "data" / "quizdock.db"
    path.write_bytes(path.read_bytes()[:left])
    damaged = path.read_bytes()
    refused = studied("due")
    assert refused.returncode == 1
    assert "quizdock restore" in refused.stderr
    assert "quizdock restore" in studied("doctor").stdout
    ended = studied("restore", "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Can be had: 1 event, 0 exams. 1 of them is only in the copy." in ended.stdout
    assert Path(ended.stdout.splitlines()[-1].partition(": ")[2]).read_bytes() == damaged
    assert events(studied) == 1
    assert studied("doctor").returncode == 0


def test_a_damaged_database_without_a_copy_is_mended_as_far_as_it_can_be_read(studied: Run, home: Path) -> None:
    (home / "data" / "backups" / "daily-2026-11-23.db").unlink()
    path = home / "data" / "quizdock.db"
    with closing(open_store(path, "x")) as store:
        page = store.database.value("SELECT rootpage FROM sqlite_master WHERE name = 'daily'")
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    ended = studied("restore", "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "There is no sound copy of it." in ended.stdout
    assert "Can be had: 2 events, 0 exams." in ended.stdout
    assert events(studied) == 2
    with closing(open_store(path, "x")) as store:
        assert store.learners.names() == ["alice"]


def test_a_database_that_was_deleted_comes_back_from_its_copy(studied: Run, home: Path) -> None:
    (home / "data" / "quizdock.db").unlink()
    assert "Can be had: 1 event" in studied("restore", "--yes").stdout
    assert events(studied) == 1


def test_nothing_can_be_restored_where_there_was_nothing(anew: Run, home: Path) -> None:
    ended = anew("restore")
    assert (ended.returncode, ended.stderr) == (
        1,
        f"Error: {home}/data/quizdock.db: there is no database, and no copy of one\nTo begin: quizdock study\n",
    )
    assert not (home / "data").exists()


@pytest.mark.parametrize("kind", ["missing", "none", "folder"])
def test_what_is_no_copy_is_refused(studied: Run, home: Path, kind: str) -> None:
    file = home / "copy.db"
    if kind == "none":
        file.write_text("not at all", encoding="utf-8")
    elif kind == "folder":
        file.mkdir()
    before = (home / "data" / "quizdock.db").read_bytes()
    ended = studied("restore", str(file), "--yes")
    assert ended.returncode in (1, 2)
    assert ended.stderr != ""
    assert (home / "data" / "quizdock.db").read_bytes() == before


def test_a_database_that_somebody_has_open_is_not_replaced(studied: Run, home: Path) -> None:
    with closing(open_store(home / "data" / "quizdock.db", "x")) as store:
        assert store.learners.names() == ["alice"]
        ended = studied("restore", "daily-2026-11-23", "--yes")
    assert ended.returncode == 1
    assert "another QuizDock has it open" in ended.stderr
    assert events(studied) == 2


def test_a_newer_database_is_no_damage(studied: Run, home: Path) -> None:
    with closing(open_store(home / "data" / "quizdock.db", "x")) as store:
        store.database.execute("PRAGMA user_version = 99")
    ended = studied("restore", "--yes")
    assert ended.returncode == 1
    assert "a newer version of QuizDock" in ended.stderr
