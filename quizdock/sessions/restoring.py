"""Bringing a database back: from a copy, or a damaged one from what is left of it and the latest sound copy."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import msg
from quizdock.store import open_store
from quizdock.store.backups import Backups, Contents, Copy, contents
from quizdock.store.database import DamagedError
from quizdock.store.rescue import Salvaged, salvage
from quizdock.store.schema import VERSION


class Rescue(NamedTuple):
    """A database made of what is left of a damaged one: a file of its own, not in place yet."""

    file: Path
    base: Copy | None
    """The copy that it began with."""
    found: Salvaged


def state_of(database: Path) -> Contents | None:
    """What is in the database; None where it is damaged, emptied, or not there.

    Raises QuizDockError for what is no damage: one that is another program's, newer, or in use.
    """
    if not database.exists():
        return None
    try:
        with closing(open_store(database, os.urandom(8).hex())) as store:
            return None if store.health.absurd() else contents(database, VERSION)
    except DamagedError:
        return None


def copy_at(path: Path) -> Contents:
    """What is in a copy. Raises QuizDockError where it cannot be restored."""
    if not path.is_file():
        raise QuizDockError(
            msg("{path}: there is no such file", path=path), msg("To see all copies: quizdock backup --list")
        )
    return contents(path, VERSION)


@contextmanager
def rescued(database: Path, backups: Backups) -> Iterator[Rescue]:
    """What can be had of a damaged database, in a file that is gone afterwards. Raises QuizDockError."""
    base = next((copy for copy, _contents in backups.sound(VERSION)), None)
    try:
        with TemporaryDirectory(dir=database.parent, prefix=".rescue-") as folder:
            file = Path(folder) / "quizdock.db"
            if base is not None:
                shutil.copy(base.path, file)
            found = _made(database, file, is_new=base is None)
            contents(file, VERSION)  # raises where that is not sound
            yield Rescue(file, base, found)
    except OSError as error:
        raise QuizDockError(msg("{path}: {reason}", path=database.parent, reason=reason_of(error))) from error


def _made(database: Path, file: Path, *, is_new: bool) -> Salvaged:
    with closing(open_store(file, os.urandom(8).hex())) as store:
        if is_new:
            store.database.execute("DELETE FROM device")  # its own name is worth more, if it can be read
        found = salvage(database, store.database)
        store.journal.rebuild()
        return found
