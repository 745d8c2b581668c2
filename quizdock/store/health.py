"""Whether the database is as it should be. Reads only."""

from pathlib import Path
from shutil import disk_usage
from typing import NamedTuple

from quizdock.store.backups import Backups, Copy
from quizdock.store.database import Database

ABSURD = (
    "kind NOT BETWEEN 1 AND 10 OR seq < 1 OR day NOT BETWEEN 1 AND 3652059"
    " OR at NOT BETWEEN -62135596800000 AND 253402300799999"
    " OR (kind IN (1, 2, 9) AND grade IS NULL) OR (kind = 3 AND of_seq IS NULL) OR (kind = 8 AND to_card IS NULL)"
)
"""The SQL condition that an event cannot have happened: see `core.journal.Kind`."""
MOST_TOLD = 5
"""Problems that SQLite lists."""


class Stray(NamedTuple):
    """Rows of a table that name rows of another table which are not there."""

    table: str
    parent: str
    rows: int


class Room(NamedTuple):
    """Bytes that the database takes, and that are free where it is."""

    taken: int
    free: int


class Health:
    """SQLite's own checks, and how its files are kept."""

    def __init__(self, database: Database) -> None:
        """Read through the database."""
        self._database = database

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file, in its own words; nothing where all is well."""
        found = [text for (text,) in self._database.rows(f"PRAGMA integrity_check({MOST_TOLD})")]
        return [] if found == ["ok"] else found

    def open_to_others(self) -> list[Path]:
        """The files that other users of the machine may read; that they may list the folder tells them nothing."""
        path = self._database.path
        files = [path.with_name(f"{path.name}{end}") for end in ("", "-wal", "-shm")]
        return [each for each in files if each.exists() and each.stat().st_mode & 0o077]

    def room(self) -> Room:
        """How much more could be written."""
        path = self._database.path
        return Room(path.stat().st_size, disk_usage(path.parent).free)

    def copies(self) -> list[Copy]:
        """The copies of the database, the latest first."""
        return Backups(self._database.path).all()

    def absurd(self) -> int:
        """How many events of the journal cannot have happened."""
        count: int = self._database.value(f"SELECT count(*) FROM event WHERE {ABSURD}")
        return count

    def strays(self) -> list[Stray]:
        """The references that lead nowhere."""
        found: dict[tuple[str, str], int] = {}
        for table, _row, parent, _key in self._database.rows("PRAGMA foreign_key_check"):
            found[table, parent] = found.get((table, parent), 0) + 1
        return [Stray(*names, rows) for names, rows in sorted(found.items())]
