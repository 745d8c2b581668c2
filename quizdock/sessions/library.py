"""Keeping the catalogue of cards in step with the deck files."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from quizdock.core.cleaning import is_text
from quizdock.core.compiler import COMPILER
from quizdock.core.message import Message, msg, nmsg
from quizdock.store.catalogue import Catalogue, DeckFile

if TYPE_CHECKING:
    from quizdock.core.card import Deck

UNREAD = -1
"""The modification time to remember of a file that could not be read, so that it is looked at again each time."""


def refresh(catalogue: Catalogue, folders: Sequence[Path]) -> list[Message]:
    """Compile what changed in the folders' `*.toml` files; returns what the learner should know.

    Of two files with the same deck id, the one in the earlier folder wins, and that is said once; within one folder
    it is a mistake, said until it is mended. A file that cannot be read leaves
    the deck's last good version in use; a file that has gone makes its cards orphans. Unchanged files (same
    size and modification time, or else the same bytes) are not read.
    """
    known = catalogue.files()
    found, unnamed = _scan(folders)
    for path in known.keys() - found.keys():
        catalogue.forget_file(path)
    files: dict[str, DeckFile] = {}
    loaded: dict[str, Deck] = {}
    unread: list[Message] = []
    for path, (size, mtime) in found.items():
        before = known.get(path)
        if before is not None and before.compiler != COMPILER:
            before = None  # an update derives other cards
        if before is None or (before.size, before.mtime) != (size, mtime):
            files[path] = _look(path, size, mtime, before, loaded, unread)
            catalogue.remember_file(files[path])
        else:
            files[path] = before
    return [*unnamed, *unread, *_broken(files), *_settle(catalogue, files, loaded)]


def _scan(folders: Sequence[Path]) -> tuple[dict[str, tuple[int, int]], list[Message]]:
    """Every deck file's size and modification time by its path, folder after folder, in alphabetical order.

    A file whose name is no text cannot be remembered: it is left out, with a word.
    """
    found: dict[str, tuple[int, int]] = {}
    unnamed = []
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                toml = [entry for entry in entries if entry.name.endswith(".toml") and entry.is_file()]
        except OSError:  # a home without content/ has only the shipped decks
            continue
        for entry in sorted(toml, key=lambda entry: entry.name):
            if is_text(entry.path):
                with suppress(FileNotFoundError):  # it may go while we look
                    status = entry.stat()
                    found[entry.path] = (status.st_size, status.st_mtime_ns)
            else:
                unnamed.append(msg("{path}: this name is not UTF-8: rename the file, or its folder", path=entry.path))
    return found, unnamed


def _look(
    path: str, size: int, mtime: int, before: DeckFile | None, loaded: dict[str, "Deck"], unread: list[Message]
) -> DeckFile:
    """The file's new state; its deck goes into `loaded`, or what keeps the file from being read into `unread`."""
    from hashlib import blake2b

    from quizdock.core.errors import QuizDockError
    from quizdock.deck.problems import DeckError
    from quizdock.deck.reader import parse_deck, read_bytes

    claimed = before.deck if before else None
    try:
        data = read_bytes(Path(path))
    except QuizDockError as error:
        unread.append(error.message)
        return DeckFile(path, size, UNREAD, b"", claimed, 1)
    digest = blake2b(data, digest_size=16, salt=str(COMPILER).encode()).digest()
    if before is not None and before.digest == digest:
        return before._replace(mtime=mtime)
    try:
        loaded[path] = parse_deck(data, path)
    except DeckError as error:
        return DeckFile(path, size, mtime, digest, claimed, len(error.problems))
    return DeckFile(path, size, mtime, digest, loaded[path].id, 0)


def _broken(files: dict[str, DeckFile]) -> list[Message]:
    return [
        nmsg(
            "{path}: {count} problem; its last good version, if any, is used. Run: quizdock deck check {path}",
            "{path}: {count} problems; its last good version, if any, is used. Run: quizdock deck check {path}",
            file.problems,
            path=file.path,
        )
        for file in files.values()
        if file.problems and file.mtime != UNREAD
    ]


def _settle(catalogue: Catalogue, files: dict[str, DeckFile], loaded: dict[str, "Deck"]) -> list[Message]:
    """Bring every deck to the file that wins its id; withdraw decks that no file claims any more."""
    winners: dict[str, DeckFile] = {}
    notices = []
    for file in files.values():
        if file.deck is None:
            continue
        winner = winners.setdefault(file.deck, file)
        if winner is file:
            continue
        if Path(file.path).parent == Path(winner.path).parent:
            notices.append(same_id(file.deck, winner.path, file.path))
        elif file.path in loaded or winner.path in loaded:
            notices.append(
                msg("deck {deck}: {path} is used instead of {other}", deck=file.deck, path=winner.path, other=file.path)
            )
    decks = {deck.name: deck for deck in catalogue.decks()}
    for name, file in winners.items():
        deck = decks.get(name)
        if file.problems or (deck and (deck.file, deck.digest) == (file.path, file.digest)):
            continue
        catalogue.put(loaded.get(file.path) or _read(file.path), file.path, file.digest)
    for name in decks.keys() - winners.keys():
        catalogue.withdraw(name)
    return notices


def same_id(deck: str, used: str, other: str) -> Message:
    """Two files of one folder claim to be the same deck."""
    return msg(
        "{other}: its id “{deck}” is that of {used}: give one of the two another", deck=deck, used=used, other=other
    )


def _read(path: str) -> "Deck":
    from quizdock.deck.reader import read_deck

    return read_deck(Path(path))
