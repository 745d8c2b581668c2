"""`quizdock rebuild`: the journal replayed."""

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


def test_without_an_answer_there_is_nothing_to_replay(quizdock: Run) -> None:
    ended = quizdock("rebuild")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "0 events replayed, 0 schedules: all were already right.\n"


def test_one_is_singular(quizdock: Run, spoil: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed="\n4\n")
    assert quizdock("rebuild").stdout == "1 event replayed, 1 schedule: all were already right.\n"
    spoil("DELETE FROM daily")
    assert quizdock("rebuild").stdout == "1 event replayed, 1 schedule: 1 row was corrected.\n"


def test_cards_that_damage_has_changed_are_read_anew(quizdock: Run, spoil: Callable[[str], None]) -> None:
    quizdock("study", "small", "--note", "image", "--plain", typed="\n4\n")
    spoil("UPDATE card SET body = replace(body, 'What is an image?', 'What is an xmage?')")
    told = quizdock("doctor")
    assert told.returncode == 1
    assert "✗ 1 card is not as its deck has it.\n    quizdock rebuild\n" in told.stdout
    assert quizdock("rebuild").stdout.endswith("already right.\n1 card was read anew from its deck.\n")
    assert quizdock("doctor").returncode == 0
    assert "What is an image?" in quizdock("card", "show", "small/image").stdout


def test_a_row_that_was_changed_counts_once(quizdock: Run, spoil: Callable[[str], None]) -> None:
    quizdock("study", "small", "--plain", typed="\n4\n")
    spoil("UPDATE daily SET reviews = 7")
    assert quizdock("rebuild").stdout == "1 event replayed, 1 schedule: 1 row was corrected.\n"


def test_reviews_drills_and_undos_are_events(quizdock: Run) -> None:
    quizdock("study", "small", "--plain", "--limit", "2", typed="\n2\n:u\n\n3\nt\n\n\n4\n")
    assert quizdock("rebuild").stdout == "5 events replayed, 2 schedules: all were already right.\n"


def test_spoilt_schedules_are_put_right_and_study_goes_on_as_it_should(
    quizdock: Run, spoil: Callable[[str], None], at: Callable[[str], None]
) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n\n")
    spoil("UPDATE schedule SET due = due + 1000, ease = 130")
    at("2026-11-24T08:00")
    assert quizdock("due").stdout == "0 cards to repeat, 3 new ones\n"
    assert quizdock("rebuild").stdout == "2 events replayed, 2 schedules: 2 rows were corrected.\n"
    assert quizdock("due").stdout == "2 cards to repeat, 3 new ones\n"
    assert quizdock("rebuild").stdout == "2 events replayed, 2 schedules: all were already right.\n"


def test_every_learner_is_rebuilt(quizdock: Run, spoil: Callable[[str], None]) -> None:
    quizdock("learner", "add", "bob")
    for name in ("alice", "bob"):
        quizdock("study", "small", "--plain", "--learner", name, typed="\n4\n")
    spoil("DELETE FROM schedule")
    assert quizdock("rebuild").stdout == "2 events replayed, 2 schedules: 2 rows were corrected.\n"


def test_cards_whose_deck_has_gone_keep_their_schedules(quizdock: Run, home: Path) -> None:
    quizdock("study", "small", "--plain", typed="\n4\nt\n\n")
    (home / "content" / "small.toml").unlink()
    assert quizdock("rebuild").stdout == "2 events replayed, 2 schedules: all were already right.\n"
