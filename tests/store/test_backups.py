"""Copies of the database: whole, checked, kept as long as they are worth it."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizdock.core.card import Deck
from quizdock.core.errors import QuizDockError
from quizdock.core.journal import Answer
from quizdock.store import Store, open_store
from quizdock.store.backups import Backups, contents
from quizdock.store.database import DamagedError, Database
from quizdock.store.journal import Moment
from quizdock.store.schema import VERSION

DAY = 739_944  # 2026-11-24


@pytest.fixture
def backups(store: Store) -> Backups:
    return Backups(store.database.path)


@pytest.fixture
def studied(store: Store, deck_of: Callable[..., Deck]) -> Store:
    """A store in which Ada has answered three cards, and Bob none."""
    store.catalogue.put(deck_of("one", first="a b c"), "one.toml", b"")
    ada = store.learners.add("Ada")
    store.learners.add("Bob")
    for card in (1, 2, 3):
        store.journal.answer(ada, Answer(card, 4, None, 500, 7), Moment(card, DAY))
    return store


def test_a_copy_is_one_file_for_its_owner_alone_with_everything_in_it(studied: Store, backups: Backups) -> None:
    path = backups.named(studied.database, "mine")
    assert path == studied.database.path.parent / "backups" / "mine.db"
    assert [each.name for each in path.parent.iterdir()] == ["mine.db"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert contents(path, VERSION) == (VERSION, {"Ada": 3, "Bob": 0}, 3, 0, 3)
    with closing(open_store(path, "elsewhere")) as copy:
        assert copy.journal.rebuild().wrong == 0


def test_a_copy_is_made_while_another_connection_writes(studied: Store, backups: Backups) -> None:
    with closing(open_store(studied.database.path, "other")) as other, other.database.transaction():
        other.database.execute("DELETE FROM event")
        path = backups.named(studied.database, "mine")
        other.database.connection.rollback()
        other.database.execute("BEGIN")
    assert contents(path, VERSION).events == 3


def test_no_copy_takes_the_place_of_another(studied: Store, backups: Backups) -> None:
    names = [backups.named(studied.database, "mine").name for _ in range(3)]
    assert names == ["mine.db", "mine-2.db", "mine-3.db"]


def test_the_days_copy_is_made_once(studied: Store, backups: Backups) -> None:
    path = backups.daily(studied.database, DAY)
    assert path is not None
    assert path.name == "daily-2026-11-24.db"
    assert backups.daily(studied.database, DAY) is None
    assert backups.daily(studied.database, DAY + 1) is not None


def test_old_days_are_let_go_and_nothing_else(studied: Store, backups: Backups) -> None:
    kept = backups.named(studied.database, "mine")
    for day in range(DAY, DAY + 30):
        backups.daily(studied.database, day)
    daily = sorted(copy.path.stem.removeprefix("daily-") for copy in backups.all() if copy.is_daily)
    assert daily == [
        *("2026-11-30", "2026-12-06", "2026-12-13", "2026-12-17", "2026-12-18"),
        *("2026-12-19", "2026-12-20", "2026-12-21", "2026-12-22", "2026-12-23"),
    ]
    assert kept.exists()


def test_a_damaged_database_is_not_copied_over_what_is_sound(studied: Store, backups: Backups) -> None:
    backups.daily(studied.database, DAY)
    studied.close()
    size = studied.database.path.stat().st_size
    with studied.database.path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xa5" * (size // 2))
    with closing(Database(studied.database.path)) as damaged, pytest.raises(DamagedError, match="damaged"):
        backups.daily(damaged, DAY + 1)
    assert [copy.path.name for copy in backups.all()] == ["daily-2026-11-24.db"]


def test_copies_that_cannot_be_made_are_a_readable_error_and_leave_nothing(studied: Store, backups: Backups) -> None:
    backups.folder.write_bytes(b"")
    with pytest.raises(QuizDockError, match="backups: "):
        backups.named(studied.database, "mine")
    backups.folder.unlink()
    (backups.folder / "daily-2026-11-24.db").mkdir(parents=True)
    assert backups.daily(studied.database, DAY) is None, "its name is taken"
    assert backups.all() == [] or not backups.all()[0].path.is_file()


def test_of_several_copies_the_sound_ones_are_told_the_latest_first(studied: Store, backups: Backups) -> None:
    first, second, third = (backups.named(studied.database, name) for name in "abc")
    third.write_bytes(third.read_bytes()[:5000])
    (backups.folder / "none.db").write_bytes(b"not at all")
    assert [copy.path for copy, _contents in backups.sound(VERSION)] == [second, first]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("PRAGMA application_id = 7", "no database of QuizDock's"),
        ("PRAGMA user_version = 99", "a newer version"),
        ("UPDATE event SET learner = 77", "damaged"),
    ],
)
def test_what_is_no_sound_copy_is_refused_with_its_reason(
    studied: Store, backups: Backups, statement: str, reason: str
) -> None:
    path = backups.named(studied.database, "mine")
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute(statement)
    before = path.read_bytes()
    with pytest.raises(QuizDockError, match=reason):
        contents(path, VERSION)
    assert path.read_bytes() == before


def test_an_emptied_database_is_not_taken_for_a_new_one(studied: Store, backups: Backups, path: Path) -> None:
    backups.daily(studied.database, DAY)
    studied.close()
    path.write_bytes(b"")
    with pytest.raises(DamagedError, match="this file is empty, and was not"):
        open_store(path, "x")
    assert path.read_bytes() == b""
