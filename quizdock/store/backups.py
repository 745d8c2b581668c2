"""Copies of the database, taken while it may be in use."""

from pathlib import Path

from quizdock.store.database import Database


def back_up(database: Database) -> Path:
    """Copy the database beside itself, named after the version that it is about to leave behind; returns the path."""
    version = database.value("PRAGMA user_version")
    path = database.path.with_name(f"{database.path.stem}-before-version-{version + 1}.db")
    database.copy_to(path)
    return path
