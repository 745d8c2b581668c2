"""The home's shelf: the deck files in its `content/` folder, and how they come in and go out."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizdock.core.cleaning import is_text
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.store.catalogue import Catalogue

if TYPE_CHECKING:
    from quizdock.core.card import Deck

SUFFIX = ".toml"


class Added(NamedTuple):
    """A deck on the shelf, its file there, and whether that is new."""

    deck: "Deck"
    file: Path
    new: bool


class Removed(NamedTuple):
    """What was taken from the shelf, and where it is now: a link's file stays where it always was."""

    file: Path
    kept: Path


def deck_file(catalogue: Catalogue, root: Path, name: str) -> Path:
    """A deck's file: by its path, by the deck's id, or else the file in `content` that is called so.

    `root` is the home's folder. A file that never could be read is no deck yet, but people call it by its name.
    Raises QuizDockError with the nearest id for a deck that is not there.
    """
    named = path_of(root, name)
    if named is not None:
        return named
    unread = root / "content" / f"{name}{SUFFIX}"
    if name not in {deck.name for deck in catalogue.decks()} and unread.is_file():
        return unread
    return Path(catalogue.deck(name).file or "")


def path_of(root: Path, name: str) -> Path | None:
    """The path that was typed, in the current folder or else in the home; None for what may be a deck's id."""
    path = Path(name)
    if not path.is_file() and os.sep not in name and not name.endswith(SUFFIX):
        return None
    return path if path.exists() or not (root / path).exists() else root / path


def files_with_id(catalogue: Catalogue, deck: str, folder: Path) -> list[Path]:
    """The files of the folder that have this deck id: one at most, unless somebody made a mistake."""
    found = (Path(file.path) for file in catalogue.files().values() if file.deck == deck)
    return sorted(path for path in found if path.parent == folder)


def add(catalogue: Catalogue, folder: Path, source: Path, *, link: bool = False, replaced: Path | None = None) -> Added:
    """Put a deck file on the shelf: a copy, or a link to it. What is there already stays as it is.

    Where a folder `replaced` is given, the deck's older version is kept there. Raises DeckError with every
    problem of a deck that cannot be used, and QuizDockError where its name or its id is taken by another file, or
    where it cannot be read or written.
    """
    from quizdock.deck.reader import parse_deck, read_bytes

    expect_suffix(source)
    data = read_bytes(source)
    deck = parse_deck(data, str(source))
    target = folder / source.name
    if _is_same(target, data) and (target.is_symlink() or not link):
        return Added(deck, target, new=False)
    older = files_with_id(catalogue, deck.id, folder)
    if older and replaced is None:
        raise _older(deck.id, older[0], source)
    if os.path.lexists(target) and target not in older:
        raise _name_taken(target)
    if source.resolve() in [file.resolve() for file in older]:
        raise QuizDockError(msg("{path} is in the home already", path=source), msg("Edit it where it is."))
    folder.mkdir(parents=True, exist_ok=True)
    if older and replaced is not None:
        _put_in_place_of(older, target, source.absolute() if link else data, replaced)
    elif link:
        target.symlink_to(source.absolute())
    else:
        write_new(target, data)
    return Added(deck, target, new=True)


def _put_in_place_of(older: Sequence[Path], target: Path, new: Path | bytes, replaced: Path) -> None:
    """Write a file, or a link, and take the older ones out; at every moment one or the other is there."""
    for file in older:
        if not file.is_symlink():
            write_new(_free_name(replaced / file.name), file.read_bytes())
    half = _half(target)
    try:
        if isinstance(new, Path):
            half.symlink_to(new)
        else:
            _write(half, new)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    for file in older:
        if file != target:
            file.unlink()


def remove(catalogue: Catalogue, folder: Path, name: str, removed: Path) -> Removed:
    """Move the deck's file from the shelf to the folder `removed`, under a name that is free there.

    Raises QuizDockError for a deck that is unknown, or not of this shelf.
    """
    file = own_file(catalogue, folder, name)
    if file.is_symlink():
        kept = file.resolve()
        file.unlink()
        return Removed(file, kept)
    import shutil

    removed.mkdir(parents=True, exist_ok=True)
    kept = _free_name(removed / file.name)
    shutil.move(file, kept)
    return Removed(file, kept)


def own_file(catalogue: Catalogue, folder: Path, name: str) -> Path:
    """The file that the deck has on this shelf, or else the file of this name: it need not be a usable deck.

    Raises QuizDockError for one that is unknown, or of another folder.
    """
    files = {deck.name: Path(deck.file or "") for deck in catalogue.decks()}
    if name not in files:
        named = folder / f"{name.removesuffix(SUFFIX)}{SUFFIX}"
        if named.parent == folder and os.path.lexists(named):
            return named
    file = files.get(name) or Path(catalogue.deck(name).file or "")
    if file.parent != folder:
        raise QuizDockError(
            msg("{deck} is shipped with QuizDock, and cannot be removed", deck=name),
            msg("To leave it out of your sessions, follow others: quizdock deck follow DECK"),
        )
    return file


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all, with its folder. Raises QuizDockError if it is there."""
    if os.path.lexists(path):
        raise is_there(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = _half(path)
    try:
        _write(half, data)
        _name(half, path)
    finally:
        half.unlink(missing_ok=True)


def replace(path: Path, data: bytes) -> None:
    """Write a file anew, whole or not at all; its owner and permissions stay, and a link goes on leading to it."""
    target = path.resolve()
    half = _half(target)
    try:
        _write(half, data)
        status = target.stat()
        with suppress(OSError):  # only the superuser gives files to others
            os.chown(half, status.st_uid, status.st_gid)
        half.chmod(status.st_mode & 0o7777)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _half(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.half")


def _write(half: Path, data: bytes) -> None:
    with half.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _name(half: Path, path: Path) -> None:
    """Give the file its name, unless another has it by now."""
    try:
        path.hardlink_to(half)
    except FileExistsError as error:
        raise is_there(path) from error
    except OSError:  # a file system without hard links
        _claim(path)
        half.replace(path)


def _claim(path: Path) -> None:
    try:
        path.touch(exist_ok=False)
    except FileExistsError as error:
        raise is_there(path) from error


def expect_suffix(path: Path) -> None:
    """Raises QuizDockError for a name that QuizDock would never look at."""
    if not path.name.endswith(SUFFIX):
        raise QuizDockError(
            msg("{path}: the name of a deck file ends with .toml", path=path), msg("Give it such a name.")
        )
    if not is_text(path.name):
        raise QuizDockError(msg("{path}: this name is not UTF-8", path=path), msg("Rename the file."))


def id_taken(deck: str, file: Path) -> QuizDockError:
    """The error for a deck id that another file of the shelf has."""
    return QuizDockError(
        msg("{file} already has the id “{deck}”", file=file, deck=deck),
        msg("Give the new deck another id, or take the other one out: quizdock deck remove {deck}", deck=deck),
    )


def _older(deck: str, older: Path, source: Path) -> QuizDockError:
    """The error for a deck that is on the shelf already, in another version or another file."""
    return QuizDockError(
        msg("{file} already has the id “{deck}”", file=older, deck=deck),
        msg(
            "A new version of that deck: quizdock deck add --replace {source}. Another deck: give it an id of its own.",
            source=source,
        ),
    )


def is_there(path: Path) -> QuizDockError:
    """The error for a file that would have to be replaced."""
    return QuizDockError(
        msg("{path} is there already, and stays as it is", path=path), msg("Choose another name or id.")
    )


def _name_taken(target: Path) -> QuizDockError:
    return QuizDockError(
        msg("{path} is there already, and is not this deck's", path=target),
        msg("Give yours another name, or take that one out: quizdock deck remove {name}", name=target.name),
    )


def _is_same(target: Path, data: bytes) -> bool:
    return target.is_file() and target.read_bytes() == data


def _free_name(path: Path) -> Path:
    """The path itself, or else the first of `name-2.toml`, `name-3.toml`, … that is free."""
    free, number = path, 1
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
