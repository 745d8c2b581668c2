"""Ids for what has none, put into a deck file without touching anything else.

They are inserted as text, where `openings_of` says, so that every other character stays: comments, spaces, line ends.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any, NamedTuple

from pydantic import ValidationError

from quizdock.core.message import msg
from quizdock.deck.lines import Opening, openings_of
from quizdock.deck.notes import KINDS
from quizdock.deck.problems import DeckError, Path, Problem, written
from quizdock.deck.reader import Document, decoded, located, parsed
from quizdock.deck.template import suggested_id

LONGEST = 40
"""Characters of an id that is made of a text."""
_SPOKEN = ("label", "title", "front", "ask", "concept", "text")
"""The keys whose text an id is made of: the first one that is there."""


_CLOSING = re.compile(r"\s*\}")

_WRITE_THEM = Problem((), msg("its ids cannot be put in safely"), msg("write them yourself"))


class NewId(NamedTuple):
    """An id that was put in, and into what, as a written key path."""

    where: str
    id: str


class Mended(NamedTuple):
    """The file's new bytes, and the ids that it got."""

    data: bytes
    ids: list[NewId]


def with_ids(data: bytes, file: str) -> Mended:
    """The file with an id wherever one is required and missing.

    Raises DeckError for a file that is no TOML, and where there is no place for an id (a table made by dotted keys).
    """
    tree = parsed(decoded(data, file), file)
    ids = _chosen(tree)
    source = data.decode()
    openings = openings_of(source, ids)
    homeless = [
        Problem(path, msg("has no id, and no place for one"), msg("write it as a table, with id = “…”"))
        for path in ids
        if path not in openings
    ]
    if homeless:
        raise DeckError(file, located(file, source, homeless))
    mended = _inserted(source, {openings[path]: name for path, name in ids.items()}).encode()
    if parsed(decoded(mended, file), file) != _with(tree, ids):
        raise DeckError(file, located(file, source, [_WRITE_THEM]))
    return Mended(mended, [NewId(written(path), name) for path, name in ids.items()])


def _chosen(tree: dict[str, Any]) -> dict[Path, str]:
    """An id for each table of the deck that lacks one, unique among its neighbours."""
    try:
        Document.model_validate(tree)
    except ValidationError as error:
        details = error.errors(include_url=False)
    else:
        return {}
    missing = [detail["loc"][:-1] for detail in details if (detail["type"], detail["loc"][-1]) == ("missing", "id")]
    names: dict[Path, _Names] = {}
    ids: dict[Path, str] = {}
    for path in missing:
        scope = _scope(path)
        if scope not in names:
            names[scope] = _Names(_ids_in(tree, scope))
        ids[path] = names[scope].free(_id_of(_at(tree, path)) or str(path[-1 if len(path) == 1 else -2]))
    return ids


class _Names:
    """The ids of one scope, each given once."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, count[int]] = {}

    def free(self, name: str) -> str:
        """The name, or else the name with the first number from 2 on that makes it a new one. It is taken then."""
        numbers = self._numbers.setdefault(name, count(2))  # none is tried twice, however many share the name
        free = name
        while free in self._taken:
            free = f"{name}-{next(numbers)}"
        self._taken.add(free)
        return free


def _scope(path: Path) -> Path:
    """What an id must be unique in: all notes of the file, or else its own list."""
    return () if path[0] in KINDS and len(path) == 2 else path[:-1]


def _ids_in(tree: dict[str, Any], scope: Path) -> list[str]:
    lists = [tree.get(kind) for kind in KINDS] if scope == () else [_at(tree, scope)]
    tables = [table for each in lists if isinstance(each, list) for table in each if isinstance(table, dict)]
    return [table["id"] for table in tables if isinstance(table.get("id"), str)]


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _id_of(table: dict[str, Any]) -> str:
    """Whole words of its text, LONGEST characters at most; empty where it has no text."""
    text = next((table[key] for key in _SPOKEN if isinstance(table.get(key), str)), "")
    name = suggested_id(text)
    return name if len(name) <= LONGEST else name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]


def _inserted(source: str, ids: Mapping[Opening, str]) -> str:
    """The source with each id where its table opens, put together once however many there are."""
    line_end = "\r\n" if "\r\n" in source else "\n"
    pieces: list[str] = []
    done = 0
    for opening, name in sorted(ids.items()):
        pieces += [source[done : opening.offset], _key(source, opening, name, line_end)]
        done = opening.offset
    return "".join([*pieces, source[done:]])


def _key(source: str, opening: Opening, name: str, line_end: str) -> str:
    if not opening.is_line:
        return f' id = "{name}"{"" if _CLOSING.match(source, opening.offset) else ","}'
    line_begins = "" if source.endswith("\n", 0, opening.offset) else line_end
    return f'{line_begins}id = "{name}"{line_end}'


def _with(tree: dict[str, Any], ids: dict[Path, str]) -> dict[str, Any]:
    for path, name in ids.items():
        _at(tree, path)["id"] = name
    return tree
