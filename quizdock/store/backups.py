"""Copies of the database, taken while it may be in use: whole, checked, on the disk before they have their names."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import msg
from quizdock.store.database import APPLICATION_ID, FAILURES, DamagedError, Database, readable
from quizdock.store.store import FOLDER

_DAILY, _BEFORE = "daily-", "before-version-"


class Copy(NamedTuple):
    """A copy of the database, as its file tells it."""

    path: Path
    made: float
    """Seconds since 1970, UTC."""
    size: int
    """Bytes."""

    @property
    def is_daily(self) -> bool:
        """Whether it is one of those that come and go by themselves."""
        return self.path.name.startswith(_DAILY)


class Contents(NamedTuple):
    """What a sound database holds: its version, its learners with how many events each has, its exams."""

    version: int
    learners: dict[str, int]
    events: int
    exams: int
    last: int | None
    """When the last event happened, in milliseconds since 1970, UTC."""


class Backups:
    """The copies of one database, all in one folder."""

    def __init__(self, database: Path) -> None:
        """Keep them beside this file."""
        self.folder = database.parent / FOLDER

    def all(self) -> list[Copy]:
        """Every copy, the latest first; what looks like none is left out."""
        found = []
        with suppress(OSError):
            for path in self.folder.glob("*.db"):
                with suppress(OSError):
                    state = path.stat()
                    found.append(Copy(path, state.st_mtime, state.st_size))
        return sorted(found, key=lambda copy: (copy.made, copy.path.name), reverse=True)

    def sound(self, newest_version: int) -> Iterator[tuple[Copy, Contents]]:
        """Those that are whole and that this version can read, the latest first, looked at one by one."""
        for copy in self.all():
            with suppress(QuizDockError):
                yield copy, contents(copy.path, newest_version)

    def before_version(self, database: Database, version: int) -> Path:
        """The copy that is made before a migration; one that an earlier, failed migration left is made anew."""
        return self._make(database, self.folder / f"{_BEFORE}{version}.db")

    def named(self, database: Database, name: str) -> Path:
        """A copy of this name, without its ending; with a number behind it where there is one already."""
        return self._make(database, free_file(self.folder, name))

    def daily(self, database: Database, day: int) -> Path | None:
        """The copy of a study day, unless there is one; lets go of those that are old enough (see `core.rotation`)."""
        from quizdock.core.days import as_date

        path = self.folder / f"{_DAILY}{as_date(day).isoformat()}.db"
        if path.exists():
            return None
        self._make(database, path)
        self._let_go()
        return path

    def _let_go(self) -> None:
        from quizdock.core.rotation import kept

        days = {day: copy.path for copy in self.all() if copy.is_daily and (day := _day_of(copy.path)) is not None}
        for day in days.keys() - kept(days):
            with suppress(OSError):  # it is let go another day
                days[day].unlink()

    def _make(self, database: Database, path: Path) -> Path:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        return make_copy(database, path)


def free_file(folder: Path, name: str) -> Path:
    """A file of this name in the folder, or with the first number behind it that is not taken."""
    stems = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(
        folder / f"{stem}.db"
        for stem in stems
        if not any(os.path.lexists(folder / f"{stem}.db{end}") for end in ("", "-wal", "-shm"))
    )


def make_copy(database: Database, path: Path) -> Path:
    """Copy the database to a file, which has its name only once it is whole, sound and on the disk; returns the path.

    Raises QuizDockError where it cannot be written, and where the database turns out to be damaged.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.unlink(missing_ok=True)
        database.copy_to(partial)
        _check(partial)
        _sync(partial)
        partial.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        for left in (partial, *(partial.with_name(f"{partial.name}{end}") for end in ("-wal", "-shm", "-journal"))):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return path


def contents(path: Path, newest_version: int) -> Contents:
    """What is in a copy, which is only read. Raises QuizDockError for what is damaged, another program's or newer."""
    try:
        with closing(sqlite3.connect(_as_uri(path), uri=True)) as connection:
            return _contents(connection, path, newest_version)
    except FAILURES as error:
        raise readable(error, path) from error


def _as_uri(path: Path) -> str:
    """For reading alone, beside no other file; one with a log beside it cannot be read without that."""
    log = path.with_name(f"{path.name}-wal")
    reads_log = log.exists() and log.stat().st_size > 0
    return path.absolute().as_uri() + ("?mode=rw" if reads_log else "?mode=ro&immutable=1")


def _contents(connection: sqlite3.Connection, path: Path, newest_version: int) -> Contents:
    def value(sql: str) -> int:
        found: int = connection.execute(sql).fetchone()[0]
        return found

    if value("PRAGMA application_id") != APPLICATION_ID:
        raise QuizDockError(msg("{path}: this is no database of QuizDock's", path=path))
    version = value("PRAGMA user_version")
    if version > newest_version:
        raise QuizDockError(
            msg("{path}: this database was written by a newer version of QuizDock", path=path),
            msg("Update QuizDock. Nothing was changed."),
        )
    wrong = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if wrong != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedError(msg("{path}: this database is damaged", path=path))
    learners = dict(
        connection.execute(
            "SELECT name, (SELECT count(*) FROM event WHERE learner = learner.id) FROM learner"
            " WHERE name NOT GLOB char(31) || '*' ORDER BY name"
        ).fetchall()
    )
    events, last = connection.execute("SELECT count(*), max(at) FROM event").fetchone()
    exams = value("SELECT count(*) FROM attempt WHERE finished IS NOT NULL")
    return Contents(version, learners, events, exams, last)


def _check(path: Path) -> None:
    with closing(Database(path)) as copy:
        found = copy.value("PRAGMA quick_check(1)")
        if found != "ok":
            raise DamagedError(
                msg("the database is damaged: {reason}", reason=found),
                msg("No copy was made, and the earlier ones are as they were. See: quizdock doctor"),
            )


def _day_of(path: Path) -> int | None:
    from datetime import date

    try:
        return date.fromisoformat(path.stem.removeprefix(_DAILY)).toordinal()
    except ValueError:
        return None


def _sync(path: Path) -> None:
    """Have the disk written out; a folder too, where the system knows how."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> QuizDockError:
    return QuizDockError(
        msg("{path}: {reason}", path=path, reason=reason_of(error)),
        msg("Free some space, or check the folder's permissions. The database itself is as it was."),
    )
