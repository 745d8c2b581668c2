"""Keeping the catalogue of cards in step with the deck files."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizdock.core.cleaning import is_text
from quizdock.core.compiler import COMPILER
from quizdock.core.errors import reason_of
from quizdock.core.message import Message, msg, nmsg
from quizdock.store.catalogue import Catalogue, DeckFile

if TYPE_CHECKING:
    from quizdock.core.card import Deck

UNREAD = -1
"""The modification time to remember of a file that could not be read, so that it is looked at again each time."""
LARGE = 2_000_000
"""Bytes of decks that take about a quarter of a second to compile."""


def refresh(
    catalogue: Catalogue, folders: Sequence[Path], tell: Callable[[Message], None] = lambda message: None
) -> list[Message]:
    """Compile what changed in the folders' `*.toml` files; returns what the learner should know.

    Of two files with the same deck id, the one in the earlier folder wins, and that is said once; within one folder
    it is a mistake, said until it is mended. A file that cannot be read leaves
    the deck's last good version in use; a file that has gone makes its cards orphans. Unchanged files (same
    size and modification time, or else the same bytes) are not read. `tell` is called before what takes a while:
    LARGE bytes or more that changed.
    """
    known = catalogue.files()
    found, left_out = _scan(folders)
    for path in known.keys() - found.keys():
        catalogue.forget_file(path)
    current = {path: file for path, file in known.items() if file.compiler == COMPILER}  # an update derives other cards
    changed = {path for path, state in found.items() if path not in current or _state_of(current[path]) != state}
    if sum(found[path].size for path in changed) >= LARGE:
        tell(nmsg("Reading {count} new or changed deck…", "Reading {count} new or changed decks…", len(changed)))
    library = _Library(catalogue)
    for path, state in found.items():
        if path in changed:
            library.look(path, state, current.get(path))
        else:
            library.settle(current[path])
    library.withdraw_the_others()
    return [*left_out, *library.unread, *library.broken, *library.contested]


class _State(NamedTuple):
    """A file's size in bytes and modification time in nanoseconds: while both are the same, the file is."""

    size: int
    mtime: int


def _state_of(file: DeckFile) -> _State:
    return _State(file.size, file.mtime)


def _scan(folders: Sequence[Path]) -> tuple[dict[str, _State], list[Message]]:
    """Every deck file's state by its path, folder after folder, in alphabetical order.

    A file whose name is no text cannot be remembered: it is left out, with a word; and so is a link to itself.
    """
    found: dict[str, _State] = {}
    left_out = []
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                toml = [entry for entry in entries if entry.name.endswith(".toml")]
        except OSError:  # a home without content/ has only the shipped decks
            continue
        for entry in sorted(toml, key=lambda entry: entry.name):
            try:
                status = entry.stat() if entry.is_file() else None
            except FileNotFoundError:  # it may go while we look
                continue
            except OSError as error:
                left_out.append(msg("{path}: {reason}", path=entry.path, reason=reason_of(error)))
                continue
            if status is not None and is_text(entry.path):
                found[entry.path] = _State(status.st_size, status.st_mtime_ns)
            elif status is not None:
                left_out.append(msg("{path}: this name is not UTF-8: rename the file, or its folder", path=entry.path))
    return found, left_out


class _Library:
    """Brings the files' decks into the catalogue, one after the other: no more than one is in memory.

    What the learner should know gathers in `unread`, `broken` and `contested`.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Begin with what the catalogue has."""
        self._catalogue = catalogue
        self._sources = catalogue.sources()
        self._winners: dict[str, DeckFile] = {}
        self._compiled: set[str] = set()
        self.unread: list[Message] = []
        self.broken: list[Message] = []
        self.contested: list[Message] = []

    def look(self, path: str, state: _State, before: DeckFile | None) -> None:
        """Read and settle a file that is new or has changed since `before`."""
        from quizdock.core.collector import paused_collector

        with paused_collector():
            file, deck = self._read(path, state, before)
            self._catalogue.remember_file(file)
            self.settle(file, deck)

    def settle(self, file: DeckFile, deck: "Deck | None" = None) -> None:
        """Bring its deck to the file if it is the first that claims it; `deck` is what was just read from it."""
        if file.problems and file.mtime != UNREAD:
            self.broken.append(_broken(file))
        if file.deck is None:
            return
        winner = self._winners.setdefault(file.deck, file)
        if winner is not file:
            self._contest(winner, file)
        elif not file.problems and self._sources.get(file.deck) != (file.path, file.digest):
            self._catalogue.put(deck or _read(file.path), file.path, file.digest)

    def withdraw_the_others(self) -> None:
        """Withdraw the decks that no file claims any more."""
        for name in self._sources.keys() - self._winners.keys():
            self._catalogue.withdraw(name)

    def _read(self, path: str, state: _State, before: DeckFile | None) -> "tuple[DeckFile, Deck | None]":
        """The file's new state, and its deck if that was compiled."""
        from hashlib import blake2b

        from quizdock.core.errors import QuizDockError
        from quizdock.deck.problems import DeckError
        from quizdock.deck.reader import parse_deck, read_bytes

        claimed = before.deck if before else None
        try:
            data = read_bytes(Path(path))
        except QuizDockError as error:
            self.unread.append(error.message)
            return DeckFile(path, state.size, UNREAD, b"", claimed, 1), None
        digest = blake2b(data, digest_size=16, salt=str(COMPILER).encode()).digest()
        if before is not None and before.digest == digest:
            return before._replace(mtime=state.mtime), None
        try:
            deck = parse_deck(data, path)
        except DeckError as error:
            return DeckFile(path, *state, digest, claimed, len(error.problems)), None
        self._compiled.add(path)
        return DeckFile(path, *state, digest, deck.id, 0), deck

    def _contest(self, winner: DeckFile, file: DeckFile) -> None:
        """Say that two files claim one deck."""
        deck = file.deck or ""
        if Path(file.path).parent == Path(winner.path).parent:
            self.contested.append(same_id(deck, winner.path, file.path))
        elif not self._compiled.isdisjoint((file.path, winner.path)):
            self.contested.append(
                msg("deck {deck}: {path} is used instead of {other}", deck=deck, path=winner.path, other=file.path)
            )


def _broken(file: DeckFile) -> Message:
    return nmsg(
        "{path}: {count} problem; its last good version, if any, is used. Run: quizdock deck check {path}",
        "{path}: {count} problems; its last good version, if any, is used. Run: quizdock deck check {path}",
        file.problems,
        path=file.path,
    )


def same_id(deck: str, used: str, other: str) -> Message:
    """Two files of one folder claim to be the same deck."""
    return msg(
        "{other}: its id “{deck}” is that of {used}: give one of the two another", deck=deck, used=used, other=other
    )


def _read(path: str) -> "Deck":
    from quizdock.deck.reader import read_deck

    return read_deck(Path(path))
