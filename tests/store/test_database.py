"""Everything that can be wrong with the file, as a person reads it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from quizdock.core.card import Deck
from quizdock.core.errors import QuizDockError
from quizdock.store import Store, open_store

OTHER_HOME = "Check the folder's permissions, or choose another home with --home."


def refusal(path: Path) -> tuple[str, str]:
    """The message (without the path before it) and the hint of the refusal to open a file."""
    with pytest.raises(QuizDockError) as caught:
        open_store(path, "this-machine")
    return split(caught.value, path)


def split(error: QuizDockError, path: Path) -> tuple[str, str]:
    where, _, reason = str(error).rpartition(": ")
    assert where == str(path)
    assert str(error) == str(error.message)
    return reason, str(error.hint)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("data", [b"Dear diary,\n", b"no database\n" * 1000], ids=["line", "pages"])
def test_a_file_that_is_not_sqlite_is_refused_untouched(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "quizdock.db"
    path.write_bytes(data)
    assert refusal(path) == (
        "this is not an SQLite database",
        "To get back what can be had: quizdock restore. To start anew: move that file away.",
    )
    assert contents(tmp_path) == {"quizdock.db": data}


def test_an_empty_file_becomes_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "quizdock.db"
    path.touch()
    with closing(open_store(path, "this-machine")) as store:
        assert store.learners.add("Ada") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["quizdock.db"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE bookmark (url TEXT)",
        "PRAGMA application_id = 42; CREATE TABLE bookmark (url TEXT)",
        "PRAGMA user_version = 1; CREATE TABLE learner (id INTEGER PRIMARY KEY, name TEXT)",
        "PRAGMA user_version = 99; CREATE TABLE bookmark (url TEXT)",
        "PRAGMA journal_mode = WAL; CREATE TABLE bookmark (url TEXT)",
        "PRAGMA application_id = 42",
    ],
    ids=["tables", "mark and tables", "same version", "later version", "write-ahead log", "mark alone"],
)
def test_another_programs_database_is_refused_untouched(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "quizdock.db"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.executescript(statement)
    before = contents(tmp_path)
    assert refusal(path) == (
        "this is another program's database",
        "Move that file away, or choose another home with --home.",
    )
    assert contents(tmp_path) == before


def test_a_database_of_a_newer_version_is_refused_untouched(path: Path) -> None:
    with closing(open_store(path, "this-machine")) as store:
        store.learners.add("Ada")
        store.database.execute("PRAGMA user_version = 6")
        store.database.execute("ALTER TABLE learner ADD COLUMN colour TEXT")
    before = contents(path.parent)
    assert refusal(path) == (
        "this database was written by a newer version of QuizDock",
        "Update QuizDock. Nothing was changed.",
    )
    assert contents(path.parent) == before


def test_a_folder_in_the_files_place_is_a_readable_error(tmp_path: Path) -> None:
    path = tmp_path / "quizdock.db"
    path.mkdir()
    assert refusal(path) == ("the file cannot be opened", OTHER_HOME)


def test_a_file_in_the_folders_place_is_a_readable_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("I am a file")
    assert refusal(tmp_path / "data" / "quizdock.db") == ("Not a directory", OTHER_HOME)


def test_a_file_further_up_the_path_is_a_readable_error(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("I am a file")
    assert refusal(tmp_path / "home" / "data" / "quizdock.db") == ("Not a directory", OTHER_HOME)


def test_a_file_name_that_is_too_long_is_a_readable_error(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("long" * 100)) == ("File name too long", OTHER_HOME)


def test_a_folder_that_may_not_be_created_is_a_readable_error(restricted: Path) -> None:
    restricted.chmod(0o500)
    assert refusal(restricted / "data" / "quizdock.db") == ("Permission denied", OTHER_HOME)


def test_a_file_that_may_not_be_read_is_a_readable_error(restricted: Path) -> None:
    path = restricted / "quizdock.db"
    open_store(path, "this-machine").close()
    path.chmod(0)
    assert refusal(path) == ("the file cannot be opened", OTHER_HOME)


def test_a_folder_that_may_not_be_written_is_a_readable_error(restricted: Path) -> None:
    path = restricted / "quizdock.db"
    open_store(path, "this-machine").close()
    restricted.chmod(0o500)
    with pytest.raises(QuizDockError) as caught, closing(open_store(path, "this-machine")) as store:
        store.learners.add("Ada")
    assert split(caught.value, path) in (
        ("the file cannot be opened", OTHER_HOME),
        (
            "the file or its folder may not be written",
            "Check the permissions of both, or choose another home with --home.",
        ),
    )


def test_writing_to_a_file_that_may_only_be_read_is_a_readable_error(restricted: Path) -> None:
    path = restricted / "quizdock.db"
    open_store(path, "this-machine").close()
    path.chmod(0o400)
    with pytest.raises(QuizDockError) as caught, closing(open_store(path, "this-machine")) as store:
        store.learners.add("Ada")
    assert split(caught.value, path) == (
        "the file or its folder may not be written",
        "Check the permissions of both, or choose another home with --home.",
    )


def test_writing_while_another_program_writes_is_a_readable_error(store: Store, path: Path) -> None:
    store.database.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(QuizDockError) as caught:
            store.learners.add("Ada")
        assert store.learners.names() == []
        other.execute("ROLLBACK")
    assert split(caught.value, path) == (
        "another program is writing to it",
        "Try again when the other QuizDock session has answered.",
    )
    store.learners.add("Ada")
    assert store.learners.names() == ["Ada"]


def test_writing_while_one_after_another_writes_comes_to_its_turn(store: Store, path: Path) -> None:
    """Whoever waits longest is not first with SQLite: with others at it without a pause, five seconds may not do."""
    store.database.execute("PRAGMA busy_timeout = 1")
    holds, enough = Event(), Event()

    def write_on_and_on() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            for number in count():
                other.execute("BEGIN IMMEDIATE")
                holds.set()
                other.execute("INSERT INTO learner (name) VALUES (?)", [f"learner {number}"])
                enough.wait(0.03)
                other.execute("COMMIT")
                if enough.wait(0.005):
                    return

    others = Thread(target=write_on_and_on)
    others.start()
    try:
        assert holds.wait(5)
        store.learners.add("Ada")
    finally:
        enough.set()
        others.join()
    assert "Ada" in store.learners.names()
    assert store.database.value("PRAGMA busy_timeout") == 1


def test_another_program_is_waited_for(store: Store) -> None:
    """Answers take milliseconds to save, so five seconds outlast any other session's."""
    assert store.database.value("PRAGMA busy_timeout") == 5000


def test_a_database_can_be_read_while_another_program_writes(path: Path, store: Store) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(open_store(path, "this-machine")) as reader:
            assert reader.learners.names() == []
        other.execute("ROLLBACK")


def test_a_full_disk_is_a_readable_error_and_loses_nothing(
    store: Store, path: Path, deck_of: Callable[..., Deck]
) -> None:
    """The limit on pages gives the very error of a full disk."""
    store.catalogue.put(deck_of(one="a b"), "deck.toml", b"1")
    store.database.execute(f"PRAGMA max_page_count = {store.database.value('PRAGMA page_count')}")
    many = " ".join(f"c{number}" for number in range(2000))
    with pytest.raises(QuizDockError) as caught:
        store.catalogue.put(deck_of(one=many), "deck.toml", b"2")
    assert split(caught.value, path) == (
        "the disk is full",
        "Free some space and try again: the answers shown as saved are safe.",
    )
    assert [(deck.cards, deck.digest) for deck in store.catalogue.decks()] == [(2, b"1")]
    store.database.execute("PRAGMA max_page_count = 1000000")
    store.catalogue.put(deck_of(one=many), "deck.toml", b"2")
    assert [(deck.cards, deck.digest) for deck in store.catalogue.decks()] == [(2000, b"2")]


def test_a_damaged_database_is_a_readable_error(path: Path, deck_of: Callable[..., Deck]) -> None:
    with closing(open_store(path, "this-machine")) as store:
        store.catalogue.put(deck_of(one=" ".join(f"c{number}" for number in range(500))), "deck.toml", b"")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xa5" * (size // 2))
    before = path.read_bytes()
    with pytest.raises(QuizDockError) as caught, closing(open_store(path, "this-machine")) as store:
        store.database.rows("SELECT body FROM card")
        store.database.rows("SELECT * FROM event")
        store.database.rows("PRAGMA integrity_check")
    assert split(caught.value, path) == (
        "the database is damaged",
        "To get back what can be had: quizdock restore. Nothing was changed.",
    )
    assert path.read_bytes() == before


def test_a_statement_that_fails_in_a_transaction_takes_the_whole_transaction_back(store: Store) -> None:
    with pytest.raises(QuizDockError), store.database.transaction():
        store.database.execute("INSERT INTO learner (name) VALUES ('Ada')")
        store.database.execute("INSERT INTO learner (name) VALUES ('Ada')")
    assert store.learners.names() == []


def test_an_interrupt_in_a_transaction_takes_the_whole_transaction_back(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.database.transaction():
        store.database.execute("INSERT INTO learner (name) VALUES ('Ada')")
        raise KeyboardInterrupt
    assert store.learners.names() == []
    store.learners.add("Bob")
    assert store.learners.names() == ["Bob"]


def test_a_value_without_a_row_is_none(store: Store) -> None:
    assert store.database.value("SELECT id FROM learner") is None
    assert store.database.row("SELECT id FROM learner") is None
    assert store.database.rows("SELECT id FROM learner") == []


@pytest.fixture
def holed(path: Path) -> Iterator[Store]:
    """A store of 5,000 days with a review of another card each; one page of days and one of cards are damaged."""
    with closing(open_store(path, "this-machine")) as store:
        database = store.database
        with database.transaction():
            store.learners.find_or_add("Ada")
            database.execute("INSERT INTO deck VALUES (1, 'd', 'D', 'en', '', '', NULL, NULL, '{}')")
            days = range(1, 5001)
            database.executemany(
                "INSERT INTO card (id, deck, name, exam, hash, body) VALUES (?1, 1, ?1, 1, 0, '{}')",
                [(day,) for day in days],
            )
            database.executemany(
                "INSERT INTO event (device, seq, learner, kind, at, day, card, grade)"
                " VALUES (1, ?1, 1, 1, 0, ?1, ?1, 4)",
                [(day,) for day in days],
            )
            database.executemany("INSERT INTO daily VALUES (1, ?, 1, 0, 1, 0, 0)", [(day,) for day in days])
        pages = [
            page
            for table in ("card", "daily")
            for (page,) in database.rows(
                "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path", [table]
            )[8:9]
        ]
        size = database.value("PRAGMA page_size")
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)
    with closing(open_store(path, "this-machine")) as store:
        yield store


@pytest.mark.parametrize(
    "read",
    [lambda store: list(store.journal.studied_days(1)), lambda store: store.journal.compare()],
    ids=["studied days", "replay"],
)
def test_damage_that_is_met_on_the_way_is_a_readable_error_too(
    holed: Store, path: Path, read: Callable[[Store], object]
) -> None:
    with pytest.raises(QuizDockError) as caught:
        read(holed)
    assert split(caught.value, path)[0] == "the database is damaged"


def test_a_transaction_that_cannot_be_committed_is_taken_back(store: Store) -> None:
    with pytest.raises(QuizDockError, match="FOREIGN KEY"), store.database.transaction():
        store.database.execute("PRAGMA defer_foreign_keys = ON")
        store.database.execute("INSERT INTO follow (learner, deck) VALUES (7, 7)")
    store.learners.add("Ada")
    assert store.database.rows("SELECT * FROM follow") == []
