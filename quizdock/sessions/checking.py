"""Checking deck files, and putting in the ids that they lack."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizdock.core.card import Deck
from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import NOTHING, Message, msg
from quizdock.sessions.shelf import replace

if TYPE_CHECKING:
    from quizdock.deck.missing_ids import NewId
    from quizdock.deck.problems import Located


class Checked(NamedTuple):
    """What was found in a file, in its order: only warnings where it has a usable deck, else only errors.

    `unreadable` says why it could not be opened at all.
    """

    path: Path
    deck: Deck | None = None
    found: "Sequence[Located]" = ()
    unreadable: Message = NOTHING


def checked(path: Path) -> Checked:
    """Check one file."""
    from quizdock.deck.lint import warnings
    from quizdock.deck.problems import DeckError
    from quizdock.deck.reader import parse, read_bytes

    try:
        read = parse(read_bytes(path), str(path))
    except DeckError as error:
        return Checked(path, found=error.problems)
    except QuizDockError as error:
        return Checked(path, unreadable=error.message)
    return Checked(path, read.deck, warnings(read, str(path)))


def put_in_ids(path: Path) -> "list[NewId]":
    """Write the ids that the file lacks, and nothing else; returns them. What cannot be read stays as it is.

    Raises QuizDockError if it cannot be written.
    """
    from quizdock.deck.missing_ids import with_ids
    from quizdock.deck.reader import read_bytes

    try:
        mended = with_ids(read_bytes(path), str(path))
    except QuizDockError:  # the check that follows says what is wrong
        return []
    if mended.ids:
        try:
            replace(path, mended.data)
        except OSError as error:
            raise QuizDockError(msg("{path}: {reason}", path=path, reason=reason_of(error))) from error
    return mended.ids
