"""The database as it is created, opened again, and migrated."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizdock.core.card import Deck
from quizdock.core.errors import QuizDockError
from quizdock.core.journal import Standing, State
from quizdock.core.marking import Rules
from quizdock.core.sm2 import Schedule
from quizdock.sessions.records import record_of
from quizdock.store import Store, open_store
from quizdock.store.catalogue import Scope
from quizdock.store.database import Database, prepare
from quizdock.store.schema import VERSION, migrate

TABLES = {
    "attempt",
    "attempt_deck",
    "attempt_event",
    "attempt_question",
    "card",
    "daily",
    "deck",
    "deck_file",
    "device",
    "event",
    "held",
    "follow",
    "frontier",
    "learner",
    "schedule",
    "topic",
    "topic_after",
}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_new_database_says_whose_it_is_and_which_version(store: Store) -> None:
    assert store.database.value("PRAGMA application_id") == 0x51444B31
    assert store.database.value("PRAGMA user_version") == 5


def test_a_new_database_knows_the_machine_that_writes_to_it(store: Store) -> None:
    assert store.database.rows("SELECT id, name FROM device") == [(1, "this-machine")]


def test_an_answer_shown_as_saved_survives_a_power_cut(store: Store) -> None:
    assert store.database.value("PRAGMA journal_mode") == "wal"
    assert store.database.value("PRAGMA synchronous") == 2


def test_the_promises_hold_for_a_database_that_was_there_already(store: Store, path: Path) -> None:
    with closing(open_store(path, "this-machine")) as again:
        assert again.database.value("PRAGMA journal_mode") == "wal"
        assert again.database.value("PRAGMA synchronous") == 2
        assert again.database.value("PRAGMA foreign_keys") == 1


def test_foreign_keys_are_enforced(store: Store) -> None:
    assert store.database.value("PRAGMA foreign_keys") == 1
    with pytest.raises(QuizDockError, match="FOREIGN KEY constraint failed"):
        store.database.execute("INSERT INTO follow (learner, deck) VALUES (7, 7)")


def test_every_table_is_strict(store: Store) -> None:
    tables = {
        name: strict
        for _, name, kind, _, _, strict in store.database.rows("PRAGMA table_list")
        if kind == "table" and not name.startswith(("sqlite_", "_sqlite_"))
    }
    assert tables == dict.fromkeys(TABLES, 1)


def test_a_strict_table_refuses_a_value_of_the_wrong_type(store: Store) -> None:
    with pytest.raises(QuizDockError, match="cannot store TEXT value in INTEGER column"):
        store.database.execute("INSERT INTO deck_file VALUES ('a.toml', 'large', 0, x'', NULL, 0, 1)")


def test_a_grade_outside_the_scale_is_refused(store: Store, deck_of: Callable[..., Deck]) -> None:
    store.catalogue.put(deck_of(one="a"), "deck.toml", b"")
    learner = store.learners.add("Ada")
    with pytest.raises(QuizDockError, match="CHECK constraint failed"):
        store.database.execute(
            "INSERT INTO event (device, seq, learner, kind, at, day, card, grade) VALUES (1, 1, ?, 1, 0, 1, 1, 6)",
            [learner],
        )


def test_the_database_and_its_folder_are_for_their_owner_alone(store: Store, path: Path) -> None:
    store.learners.add("Ada")
    assert mode(path.parent) == 0o700
    assert {file.name: mode(file) for file in path.parent.iterdir()} == {
        "quizdock.db": 0o600,
        "quizdock.db-wal": 0o600,
        "quizdock.db-shm": 0o600,
    }


def test_a_closed_database_is_a_single_file(path: Path) -> None:
    open_store(path, "this-machine").close()
    assert [file.name for file in path.parent.iterdir()] == ["quizdock.db"]


def test_opening_a_second_time_changes_nothing(path: Path) -> None:
    open_store(path, "this-machine").close()
    before, bytes_before = dump(path), path.read_bytes()
    open_store(path, "another-name").close()
    assert dump(path) == before
    assert path.read_bytes() == bytes_before
    assert [file.name for file in path.parent.iterdir()] == ["quizdock.db"]


def test_a_new_database_is_not_backed_up(store: Store, path: Path) -> None:
    assert not list(path.parent.glob("*-before-*"))


VERSIONS = Path(__file__).with_name("versions")


def laid(path: Path, version: int) -> Path:
    """A database as that version left it."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSIONS.joinpath(f"{version}.sql").read_text())
    return path


@pytest.fixture
def old(path: Path) -> Path:
    """A database as version 1 left it, with a learner and one answer."""
    return laid(path, 1)


def test_a_database_of_version_4_knows_where_new_cards_begin(path: Path) -> None:
    """Of three cards the first was answered and the second suspended."""
    with closing(open_store(laid(path, 4), "this-machine")) as store:
        assert store.database.value("PRAGMA user_version") == 5
        assert store.database.rows("SELECT learner, deck, position FROM frontier") == [(1, 1, 2)]
        assert [each.card for each in store.selection.new(1, Scope((1,)), 739_944)] == [3]
        assert [each.card for each in store.selection.due(1, Scope((1,)), 739_945)] == [1]
        assert store.journal.rebuild() == (2, 1, 0)
        assert store.database.value("PRAGMA integrity_check") == "ok"
        assert store.database.rows("PRAGMA foreign_key_check") == []


def test_a_database_of_version_3_is_brought_to_todays_with_its_exams_as_they_were(path: Path) -> None:
    """One was finished; one was left open, which that version could not go on with."""
    with closing(open_store(laid(path, 3), "this-machine")) as store:
        assert store.database.value("PRAGMA user_version") == 5
        (row,) = store.attempts.finished()
        assert (row.learner, row.decks, row.seed, row.percent, row.passed) == (
            "Ada",
            {"deck": "The deck"},
            7,
            50.0,
            False,
        )
        assert row.rules == Rules(62.5)
        assert store.attempts.open() == []
        record = record_of(store, row.id)
        assert [(each.question.id, each.given, each.mark.credit) for each in record.questions] == [
            ("deck/a", "right", 1.0),
            ("deck/b", "wrong", 0.0),
        ]
        assert [(place.title, score.points) for place, score in record.result.topics] == [
            ("About t", 1.0),
            ("The deck", 0.0),
        ]
        assert store.journal.rebuild() == (1, 1, 0)
        assert store.database.value("PRAGMA integrity_check") == "ok"
        assert store.database.rows("PRAGMA foreign_key_check") == []


def test_a_database_of_version_2_is_brought_to_todays_with_everything_in_it(path: Path) -> None:
    """One card was answered, and the answer to its sibling taken back."""
    with closing(open_store(laid(path, 2), "this-machine")) as store:
        assert store.database.value("PRAGMA user_version") == 5
        assert store.database.rows("SELECT name, siblings FROM card") == [("n#a", "n#a"), ("n#b", "n#b"), ("m", "m")]
        assert store.journal.standing(1, 1) == Standing(Schedule(1, 1, 250, 739_945), 739_944, None, 0)
        assert store.journal.state(1, 2) == State()
        assert store.journal.rebuild() == (3, 1, 0)
        assert store.database.value("PRAGMA integrity_check") == "ok"
        assert store.database.rows("PRAGMA foreign_key_check") == []


def test_a_database_of_version_1_is_brought_to_todays_with_everything_in_it(old: Path) -> None:
    with closing(open_store(old, "this-machine")) as store:
        assert store.database.value("PRAGMA user_version") == 5
        assert store.database.value("SELECT count(*) FROM topic_after") == 0
        assert store.learners.names() == ["Ada"]
        assert store.journal.rebuild() == (1, 1, 0)
        assert store.database.value("PRAGMA integrity_check") == "ok"


def test_a_database_with_data_is_backed_up_before_a_migration(old: Path) -> None:
    open_store(old, "this-machine").close()
    backup = old.parent / "backups" / "before-version-2.db"
    assert mode(backup) == 0o600
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT name FROM learner").fetchall() == [("Ada",)]


def test_a_backup_opens_as_a_store(old: Path) -> None:
    open_store(old, "this-machine").close()
    with closing(open_store(old.parent / "backups" / "before-version-2.db", "elsewhere")) as copy:
        assert copy.learners.names() == ["Ada"]
        assert copy.database.rows("SELECT name FROM device") == [("old-machine",)]


def test_a_backup_that_cannot_be_written_stops_the_migration_with_a_readable_error(old: Path) -> None:
    (old.parent / "backups" / "before-version-2.db").mkdir(parents=True)
    with pytest.raises(QuizDockError, match="Is a directory"):
        open_store(old, "this-machine")
    with closing(sqlite3.connect(old)) as untouched:
        assert untouched.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_disk_that_is_full_before_the_tables_are_there_is_a_readable_error_and_leaves_none(path: Path) -> None:
    """The limit on pages gives the very error of a full disk, inside the library that runs the migrations."""
    with closing(Database(path)) as database:
        database.execute("PRAGMA max_page_count = 20")
        with pytest.raises(QuizDockError, match="the disk is full"):
            prepare(database, VERSION, migrate)
        assert database.value("SELECT count(*) FROM sqlite_master") == 0
    with closing(open_store(path, "this-machine")) as store:
        assert store.learners.add("Ada") == 1
