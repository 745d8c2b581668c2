"""One SQLite file: opened with its promises (durable, foreign keys, no silent waiting), errors made readable."""

import os
import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from errno import ENOTDIR
from pathlib import Path
from typing import Any

from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import Message, msg

APPLICATION_ID = 0x51444B31
"""Marks the file as QuizDock's ("QDK1")."""

BUSY_MILLISECONDS = 5000
"""How long SQLite waits for whoever writes. It asks ten times a second, and whoever comes in between is first."""
STUCK_SECONDS = 1.0
"""After that: how long nobody may have written before it is given up."""
CROWDED_SECONDS = 30.0
"""And how long at most, where one after another writes."""

Row = tuple[Any, ...]
Migrate = Callable[["Database", int], None]


FAILURES = (sqlite3.Error, UnicodeDecodeError)  # the second where a text, or the schema itself, is no text any more


class DamagedError(QuizDockError):
    """The database, or a copy of it, is not as SQLite wrote it."""


class Database:
    """A connection whose every error is a QuizDockError. Statements outside `transaction` commit by themselves."""

    def __init__(self, path: Path) -> None:
        """Open the file, creating it (and its folder) for its owner alone."""
        self.path = path
        try:
            _create_for_owner(path)
            self.connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
        except OSError as error:
            raise QuizDockError(
                msg("{path}: {reason}", path=path, reason=reason_of(error)),
                msg("Check the folder's permissions, or choose another home with --home."),
            ) from error
        except FAILURES as error:
            raise readable(error, path) from error

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    # Each method catches for itself: a context manager that all share would take as long as the statements do.

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement. Where it begins to write while many do, it comes to its turn."""
        try:
            return self.connection.execute(sql, parameters)
        except FAILURES as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY or self.connection.in_transaction:
                raise readable(error, self.path) from error
        try:
            return self._in_turn(sql, parameters)
        except FAILURES as error:
            raise readable(error, self.path) from error

    def _in_turn(self, sql: str, parameters: Sequence[Any]) -> sqlite3.Cursor:
        """Run a statement for which SQLite has waited in vain, asking often, as long as others come to their turn."""
        connection = self.connection
        (wait,) = connection.execute("PRAGMA busy_timeout").fetchone()
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            begun = written = time.monotonic()
            seen = connection.execute("PRAGMA data_version").fetchone()
            while True:
                try:
                    return connection.execute(sql, parameters)
                except sqlite3.Error as error:
                    now, last = time.monotonic(), seen
                    seen = connection.execute("PRAGMA data_version").fetchone()
                    written = now if seen != last else written
                    is_stuck = now - written > STUCK_SECONDS or now - begun > CROWDED_SECONDS
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or is_stuck:
                        raise
                time.sleep(0.001)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {wait}")

    def executemany(self, sql: str, rows: Iterable[Row]) -> None:
        """Run one statement for many rows."""
        try:
            self.connection.executemany(sql, rows)
        except FAILURES as error:
            raise readable(error, self.path) from error

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except FAILURES as error:
            raise readable(error, self.path) from error

    def each(self, sql: str, parameters: Sequence[Any] = ()) -> Generator[Row, None, None]:
        """The rows of a query one by one, read as they are used: whatever goes wrong on the way is readable too."""
        try:
            yield from self.connection.execute(sql, parameters)
        except FAILURES as error:
            raise readable(error, self.path) from error

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row of a query."""
        try:
            found: Row | None = self.connection.execute(sql, parameters).fetchone()
        except FAILURES as error:
            raise readable(error, self.path) from error
        return found

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None without a row."""
        row = self.row(sql, parameters)
        return row[0] if row else None

    def transaction(self) -> "_Transaction":
        """All or nothing, and alone in writing from the start: readers of old figures cannot overwrite new ones."""
        return _Transaction(self)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is one state of the file, whatever others write meanwhile."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            self.roll_back()

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """The bare connection, for a library that speaks to it: what goes wrong inside is as readable as elsewhere."""
        try:
            yield self.connection
        except sqlite3.Error as error:
            raise readable(error, self.path) from error

    def roll_back(self) -> None:
        """Leave nothing of what was done since the transaction began, where there still is one."""
        try:
            self.connection.rollback()
        except sqlite3.Error as error:
            raise readable(error, self.path) from error

    def write_ahead(self) -> None:
        """Keep a write-ahead log from now on: readers and the writer do not wait for each other.

        It cannot be set inside a transaction, and SQLite itself does not always wait for the file to be free.
        """
        patience = time.monotonic() + BUSY_MILLISECONDS / 1000
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.Error as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                    raise readable(error, self.path) from error
            time.sleep(0.01)

    def copy_to(self, path: Path) -> None:
        """Copy everything to another file, consistently even while another process writes (SQLite's online backup)."""
        with closing(Database(path)) as copy:
            try:
                self.connection.backup(copy.connection)
                copy.connection.execute("PRAGMA journal_mode = DELETE")  # all of it in one file
            except FAILURES as error:
                raise readable(error, self.path) from error


class _Transaction:
    """Committed at its end, rolled back by any error. A generator would take an answer 4 µs more."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, _error: object, _traceback: object) -> None:
        try:
            if kind is None:
                self._database.execute("COMMIT")
        finally:
            if self._database.connection.in_transaction:
                self._database.roll_back()


def _create_for_owner(path: Path) -> None:
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except FileExistsError as error:  # the folder's place is taken by a file
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR)) from error
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def prepare(database: Database, version: int, migrate: Migrate) -> None:
    """Check whose file it is and bring it to `version`; refuse any other program's, and any newer one, untouched."""
    with database.snapshot():  # another process may be creating it now
        found = database.value("PRAGMA user_version")
        owner = database.value("PRAGMA application_id")
        unmarked = owner == 0 and not database.value("SELECT count(*) FROM sqlite_master")
    if owner != APPLICATION_ID and not unmarked:
        raise QuizDockError(
            msg("{path}: this is another program's database", path=database.path),
            msg("Move that file away, or choose another home with --home."),
        )
    if found > version:
        raise QuizDockError(
            msg("{path}: this database was written by a newer version of QuizDock", path=database.path),
            msg("Update QuizDock. Nothing was changed."),
        )
    if found < version:
        migrate(database, found)
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA synchronous = FULL")


_CAUSES: tuple[tuple[str, Message, Message], ...] = (
    (
        "locked",
        msg("another program is writing to it"),
        msg("Try again when the other QuizDock session has answered."),
    ),
    (
        "readonly",
        msg("the file or its folder may not be written"),
        msg("Check the permissions of both, or choose another home with --home."),
    ),
    (
        "unable to open",
        msg("the file cannot be opened"),
        msg("Check the folder's permissions, or choose another home with --home."),
    ),
    (
        "not a database",
        msg("this is not an SQLite database"),
        msg("To get back what can be had: quizdock restore. To start anew: move that file away."),
    ),
    (
        "malformed",
        msg("the database is damaged"),
        msg("To get back what can be had: quizdock restore. Nothing was changed."),
    ),
    (
        "full",
        msg("the disk is full"),
        msg("Free some space and try again: the answers shown as saved are safe."),
    ),
    (
        "disk I/O",
        msg("the disk cannot be read or written as it should be"),
        msg("Check that it is still connected, and sound. Then try again: the answers shown as saved are safe."),
    ),
)


_DAMAGE = ("not a database", "malformed")


def readable(error: Exception, path: Path) -> QuizDockError:
    """SQLite's error, or that of a text which is none, as people understand it."""
    text = "malformed" if isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error) else str(error)
    for word, cause, hint in _CAUSES:
        if word in text:
            kind = DamagedError if word in _DAMAGE else QuizDockError
            return kind(msg("{path}: {reason}", path=path, reason=cause), hint)
    return QuizDockError(msg("{path}: {reason}", path=path, reason=text))
