"""A copy put in the place of the database, and a damaged database read as far as it can be.

Nothing is ever deleted: what is replaced is set aside, in a folder of its own beside the database.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import msg
from quizdock.store.backups import free_file, make_copy
from quizdock.store.database import FAILURES, Database, Row
from quizdock.store.health import ABSURD

ASIDE = "set-aside"
"""The folder beside the database."""
_BESIDE = ("", "-wal", "-shm")
_FAR = 2**62
"""Beyond every key."""
_FARTHEST = 40
"""How often a jump over what cannot be read is doubled."""
_TABLES = (
    *("device", "learner", "deck", "topic", "topic_after", "card", "follow", "event"),
    *("attempt", "attempt_deck", "attempt_question", "attempt_event"),
)
"""All but the caches; each after those that it names."""
# What can be put for a row that is lost, so that others which name it need not go as well.
_STAND_INS = {
    "device": "INSERT INTO device (id, name) VALUES (?1, 'lost-' || ?1)",
    "learner": "INSERT INTO learner (id, name) VALUES (?1, 'lost-' || ?1)",
    "deck": "INSERT INTO deck (id, name, title, lang, source, description) VALUES (?1, 'lost-' || ?1, '', '', '', '')",
}


class Salvaged(NamedTuple):
    """What was made of a damaged database."""

    events: int
    """Of the journal, all in all."""
    from_copy: int
    """Of them, those that only the copy still had."""
    lost: int
    """Those that are missing, by the numbers around them."""
    exams: int


def _free(database: Path, name: str) -> Path:
    """A file of this name for what is set aside. Raises OSError."""
    folder = database.parent / ASIDE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return free_file(folder, name)


def _set_aside(database: Path, name: str) -> Path:
    """Move the database, with what is beside it, out of the way; returns where it is. Raises QuizDockError."""
    with _readably(database):
        aside = _free(database, name)
        for end in reversed(_BESIDE):  # the database last: until then nobody takes its place for free
            with suppress(FileNotFoundError):
                os.rename(f"{database}{end}", f"{aside}{end}")  # noqa: PTH104 - of names with endings
    return aside


def copied_aside(database: Path, name: str) -> Path:
    """Copy the database and its log, which stay as they are; returns where the copies are. Raises QuizDockError."""
    with _readably(database):
        aside = _free(database, name)
        for end in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copy(f"{database}{end}", f"{aside}{end}")
    return aside


@contextmanager
def _readably(database: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        folder = database.parent / ASIDE
        raise QuizDockError(msg("{path}: {reason}", path=folder, reason=reason_of(error))) from error


def put_in_place(database: Path, copy: Path, name: str) -> Path | None:
    """Make the database what the copy is; returns what was there before, set aside under this name.

    A database that can be opened is overwritten in one transaction, alone: who has it open is asked to end first. Any
    other is moved. None where there was none. Raises QuizDockError; then nothing has changed.
    """
    if not database.exists():
        _put(copy, database)
        return None
    if database.stat().st_size > 0:  # SQLite would take an empty file for a new one
        try:
            return _overwrite(database, copy, name)
        except FAILURES as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise QuizDockError(
                    msg("{path}: {reason}", path=database, reason=msg("another QuizDock has it open")),
                    msg("End the other session, then try again. Nothing was changed."),
                ) from error
    aside = _set_aside(database, name)
    _put(copy, database)
    return aside


def _overwrite(database: Path, copy: Path, name: str) -> Path:
    with closing(Database(database)) as live:
        live.connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # kept beyond the transaction, until it is closed
        live.connection.execute("BEGIN IMMEDIATE")
        live.connection.execute("COMMIT")
        if live.connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")
        aside = make_copy(live, _free(database, name))
        with closing(sqlite3.connect(copy)) as source:
            source.backup(live.connection)
    return aside


def _put(copy: Path, database: Path) -> None:
    with closing(Database(copy)) as source:
        make_copy(source, database)


def salvage(damaged: Path, into: Database) -> Salvaged:
    """Put into a sound database, a copy or a new one, whatever of a damaged one can be read and it does not have.

    Caches are left to be made anew. The damaged files are only read.
    """
    found = 0
    into.execute("PRAGMA foreign_keys = OFF")
    with _reading(damaged) as source, into.transaction():
        for table in _TABLES:
            rows = _pour(source, into.connection, table)
            found += rows if table == "event" else 0
        into.execute(f"DELETE FROM event WHERE {ABSURD}")
        for table in _TABLES:
            _settle_references(into, table)
    into.execute("PRAGMA foreign_keys = ON")
    events = into.value("SELECT count(*) FROM event")
    lost = into.value(
        "SELECT coalesce(sum(gaps), 0) FROM (SELECT max(seq) - count(*) AS gaps FROM event GROUP BY device)"
    )
    exams = into.value("SELECT count(*) FROM attempt WHERE NOT gone")
    return Salvaged(events, max(0, events - found), lost, exams)


@contextmanager
def _reading(damaged: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the damaged files, as reading a log may write."""
    with TemporaryDirectory(dir=damaged.parent) as folder:
        copy = Path(folder) / "damaged.db"
        for end in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copy(f"{damaged}{end}", f"{copy}{end}")
        with closing(sqlite3.connect(copy, isolation_level=None)) as source:
            source.text_factory = lambda data: data.decode("utf-8", "replace")
            yield source


def _pour(source: sqlite3.Connection, into: sqlite3.Connection, table: str) -> int:
    """Add the rows that can be read; returns how many could."""
    wanted = into.execute(f"PRAGMA table_info({table})").fetchall()
    keys = [
        name
        for _place, name, kind, _null, _default, key in sorted(wanted, key=lambda each: each[5])
        if key and kind == "INTEGER"
    ]
    try:
        there = {name for _place, name, *_rest in source.execute(f"PRAGMA table_info({table})")}
    except FAILURES:
        there = set()
    columns = [name for _place, name, *_rest in wanted if name in there]
    if not {*keys} <= {*columns}:
        return 0
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    count = 0
    for row in _readable(source, table, columns, keys):
        count += 1
        with suppress(sqlite3.IntegrityError):  # a value that its column cannot have
            into.execute(insert, row)
    return count


def _readable(source: sqlite3.Connection, table: str, columns: Sequence[str], keys: Sequence[str]) -> Iterator[Row]:
    """The rows that can be read, from the first one on and from the last one back, each once."""
    seen: set[Row] = set()
    for sign in (1, -1):
        for key, row in _one_way(source, table, columns, keys, sign):
            if key not in seen:
                seen.add(key)
                yield row


def _one_way(
    source: sqlite3.Connection, table: str, columns: Sequence[str], keys: Sequence[str], sign: int
) -> Iterator[tuple[Row, Row]]:
    """Keys and rows, in their order; behind those that cannot be read, longer and longer jumps find the next."""
    names, places = ", ".join(keys), [columns.index(key) for key in keys]
    order = ", ".join(f"{key} {'ASC' if sign > 0 else 'DESC'}" for key in keys)
    beyond = f"FROM {table} WHERE ({names}) {'>' if sign > 0 else '<'} ({', '.join('?' * len(keys))}) ORDER BY {order}"
    last: Row | None = (-sign * _FAR,) * len(keys)
    while last is not None:
        try:
            for row in source.execute(f"SELECT {', '.join(columns)} {beyond}", last):
                key = tuple(row[place] for place in places)
                if not all(isinstance(part, int) for part in key):
                    continue
                if (key > last) == (sign > 0):
                    last = key  # never back: a damaged page may hold what belongs elsewhere
                yield key, row
            return
        except FAILURES:
            last = _behind(source, f"SELECT {names} {beyond} LIMIT 1", last, sign)


def _behind(source: sqlite3.Connection, query: str, last: Row, sign: int) -> Row | None:
    """A key from which on something can be read again; None where there is none."""
    if abs(last[-1]) >= _FAR:  # nothing was read yet: rows are numbered from 1 on, so the way back finds them
        return None
    for doubled in range(_FARTHEST):
        jump = (*last[:-1], last[-1] + sign * 2**doubled)
        with suppress(*FAILURES):
            return None if source.execute(query, jump).fetchone() is None else jump
    return None


def _settle_references(into: Database, table: str) -> None:
    """No row names one that is not there: a stand-in is put for it, or the name is taken out, or the row goes."""
    optional = {name for _place, name, _kind, needed, *_rest in into.rows(f"PRAGMA table_info({table})") if not needed}
    for _id, _seq, parent, column, *_rest in into.rows(f"PRAGMA foreign_key_list({table})"):
        missing = f"{column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {parent})"
        if parent in _STAND_INS:
            for (number,) in into.rows(f"SELECT DISTINCT {column} FROM {table} WHERE {missing}"):
                into.execute(_STAND_INS[parent], [number])
        elif column in optional and table != "event":
            into.execute(f"UPDATE {table} SET {column} = NULL WHERE {missing}")
        else:
            into.execute(f"DELETE FROM {table} WHERE {missing}")
