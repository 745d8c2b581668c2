"""Whether the database is as it should be. Reads only."""

from typing import NamedTuple

from quizdock.store.database import Database

MOST_TOLD = 5
"""Problems that SQLite lists."""


class Stray(NamedTuple):
    """Rows of a table that name rows of another table which are not there."""

    table: str
    parent: str
    rows: int


class Health:
    """SQLite's own checks."""

    def __init__(self, database: Database) -> None:
        """Read through the database."""
        self._database = database

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file, in its own words; nothing where all is well."""
        found = [text for (text,) in self._database.rows(f"PRAGMA integrity_check({MOST_TOLD})")]
        return [] if found == ["ok"] else found

    def strays(self) -> list[Stray]:
        """The references that lead nowhere."""
        found: dict[tuple[str, str], int] = {}
        for table, _row, parent, _key in self._database.rows("PRAGMA foreign_key_check"):
            found[table, parent] = found.get((table, parent), 0) + 1
        return [Stray(*names, rows) for names, rows in sorted(found.items())]
