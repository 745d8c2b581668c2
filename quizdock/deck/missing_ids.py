"""Ids for what has none, put into a deck file without touching anything else.

They are inserted as text, where `openings_of` says, so that every other character stays: comments, spaces, line ends.
"""

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
    for path in sorted(ids, key=lambda path: openings[path].offset, reverse=True):
        source = _inserted(source, openings[path], ids[path])
    mended = source.encode()
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
    taken: dict[Path, set[str]] = {}
    ids: dict[Path, str] = {}
    for path in missing:
        scope = _scope(path)
        if scope not in taken:
            taken[scope] = set(_ids_in(tree, scope))
        ids[path] = _free(_id_of(_at(tree, path)) or str(path[-1 if len(path) == 1 else -2]), taken[scope])
        taken[scope].add(ids[path])
    return ids


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


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _inserted(source: str, opening: Opening, name: str) -> str:
    before, behind = source[: opening.offset], source[opening.offset :]
    if not opening.is_line:
        comma = "" if behind.lstrip().startswith("}") else ","
        return f'{before} id = "{name}"{comma}{behind}'
    line_end = "\r\n" if "\r\n" in source else "\n"
    line_begins = "" if before.endswith("\n") else line_end
    return f'{before}{line_begins}id = "{name}"{line_end}{behind}'


def _with(tree: dict[str, Any], ids: dict[Path, str]) -> dict[str, Any]:
    for path, name in ids.items():
        _at(tree, path)["id"] = name
    return tree
