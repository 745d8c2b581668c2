"""`quizdock doctor`: a home examined."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def spoil(home: Path) -> Callable[[str], None]:
    """Changes the database behind QuizDock's back."""

    def execute(statement: str) -> None:
        with closing(sqlite3.connect(home / "data" / "quizdock.db", isolation_level=None)) as connection:
            connection.execute(statement)

    return execute


@pytest.fixture
def studied(quizdock: Run) -> Run:
    """Alice has answered `image`."""
    quizdock("study", "small", "--note", "image", "--json", typed='{"response": null}\n{"grade": 4}\n')
    return quizdock


def test_a_home_without_fault_is_well(studied: Run, home: Path) -> None:
    ended = studied("doctor")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        f"Home: {home}",
        "✓ The database is sound.",
        "✓ All references lead somewhere.",
        "✓ The schedules are what the journal makes of its 1 event.",
        "✓ 3 deck files without a problem.",
        "✓ The cards are as they were stored.",
        "✓ Every card that somebody has progress on is in a deck.",
        "✓ Nobody else on this machine can read your answers.",
        f"✓ 1 copy of the database: {home}/data/backups/daily-2026-11-23.db",
        "All is well. All places: quizdock where",
    ]


def test_what_is_wrong_is_told_with_what_to_type(studied: Run, home: Path, spoil: Callable[[str], None]) -> None:
    spoil("UPDATE schedule SET interval = 77")
    (home / "content" / "bad.toml").write_text("format = 1\n", encoding="utf-8")
    ended = studied("doctor")
    assert ended.returncode == 1
    assert ended.stdout.splitlines()[3:9] == [
        "✗ 1 row is not as the journal says.",
        "    quizdock rebuild",
        f"✗ {home}/content/bad.toml: 1 problem",
        f"    quizdock deck check {home}/content/bad.toml",
        "✓ The cards are as they were stored.",
        "✓ Every card that somebody has progress on is in a deck.",
    ]
    assert ended.stdout.splitlines()[-1] == "Something is wrong. All places: quizdock where"


def test_the_doctor_changes_nothing(studied: Run, spoil: Callable[[str], None]) -> None:
    spoil("UPDATE schedule SET interval = 77")
    assert studied("doctor").stdout == studied("doctor").stdout
    assert studied("rebuild").stdout == "1 event replayed, 1 schedule: 1 row was corrected.\n"
    assert studied("doctor").returncode == 0


def test_an_orphan_is_a_notice(studied: Run, home: Path) -> None:
    file = home / "content" / "small.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('id = "image"', 'id = "picture"'), encoding="utf-8")
    ended = studied("doctor")
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[6:] == [
        "! 1 card with progress is in no deck any more. Nothing is lost: it waits to come back, or for another id.",
        "    quizdock card relink small/image small/picture",
        "✓ Nobody else on this machine can read your answers.",
        f"✓ 1 copy of the database: {home}/data/backups/daily-2026-11-23.db",
        "Nothing is wrong; one thing to look at. All places: quizdock where",
    ]


def test_findings_are_data(studied: Run, home: Path, spoil: Callable[[str], None]) -> None:
    spoil("UPDATE schedule SET interval = 77")
    ended = studied("doctor", "--json")
    data = json.loads(ended.stdout)
    assert (ended.returncode, data["well"], data["places"]["home"]) == (1, False, str(home))
    assert [(each["check"], each["level"]) for each in data["findings"]] == [
        ("database", "fine"),
        ("references", "fine"),
        ("journal", "wrong"),
        ("decks", "fine"),
        ("cards", "fine"),
        ("orphans", "fine"),
        ("files", "fine"),
        ("copies", "fine"),
    ]
    assert data["findings"][2]["commands"] == ["quizdock rebuild"]


def test_a_database_that_cannot_be_opened_is_a_finding(anew: Run, home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / "quizdock.db").write_bytes(b"no database at all" * 100)
    ended = anew("doctor")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.splitlines()[1] == f"✗ {home}/data/quizdock.db: this is not an SQLite database"


def test_wrong_settings_are_a_finding_and_the_rest_is_examined(studied: Run, home: Path) -> None:
    (home / "data" / "settings.toml").write_text("rollover = 77\n", encoding="utf-8")
    ended = studied("doctor")
    assert ended.returncode == 1
    assert ended.stdout.splitlines()[1].startswith(f"✗ {home}/data/settings.toml:1: ")
    assert "✓ The database is sound." in ended.stdout
