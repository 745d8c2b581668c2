"""Copies of the database, taken while it may be in use."""

import sqlite3
from pathlib import Path

from quizdock.store.database import Database


def back_up(database: Database) -> Path:
    """Copy the database beside itself, named after its version; returns the copy's path.

    SQLite's online backup takes a consistent copy even while another process writes.
    """
    version = database.value("PRAGMA user_version")
    path = database.path.with_name(f"{database.path.stem}-before-version-{version + 1}.db")
    with sqlite3.connect(path) as copy:
        database.connection.backup(copy)
    copy.close()
    path.chmod(0o600)
    return path
