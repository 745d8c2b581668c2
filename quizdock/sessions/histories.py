"""Learners' whole histories, taken in from files."""

from collections.abc import Iterator
from pathlib import Path

from quizdock.core.collector import paused_collector
from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.history_file import LARGEST, LONGEST_LINE, read
from quizdock.core.message import msg
from quizdock.deck.files import opened
from quizdock.store import Store
from quizdock.store.histories import Imported


def take_in(store: Store, path: Path, name: str | None, fresh: str) -> tuple[str, Imported]:
    """Make the history in a file that of a new learner; returns the learner's name, and how much came.

    The name is the one in the file, unless another is given; `fresh` is what this device is called if it has to begin
    a new journal. Raises QuizDockError, which names the file, for one that is too large or not sound, and for what is
    here already: then nothing has changed.
    """
    try:
        with paused_collector():
            found = read(_lines(path))
            learner = name or found.learner
            return learner, store.histories.take_in(found, learner, fresh)
    except QuizDockError as error:
        raise QuizDockError(msg("{path}: {reason}", path=path, reason=error.message), error.hint) from error


def _lines(path: Path) -> Iterator[bytes]:
    """The file's lines, one after the other; of one that is too long only as much as tells so."""
    left = LARGEST
    try:
        with opened(path) as file:
            while line := file.readline(LONGEST_LINE + 1):
                left -= len(line)
                if left < 0:
                    raise QuizDockError(msg("larger than {limit} MB", limit=LARGEST >> 20))
                yield line
    except OSError as error:
        raise QuizDockError(reason_of(error)) from error
