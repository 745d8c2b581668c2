"""Where each key, element and table of a TOML text is written.

tomli gives positions for syntax errors only. When what a deck says is wrong, its text is scanned a second
time here. The text must be one that tomli has read: nothing is checked again.
"""

import re
from collections.abc import Collection, Generator, Iterable, Iterator
from itertools import count
from typing import NamedTuple

Path = tuple[str | int, ...]

# Inner repeats are possessive, so that a string of a megabyte is one straight run with nothing to go back to.
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')"""
_KEY = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*"
_BLANKS = r"(?:[ \t\r\n\ufeff,]++|#[^\n]*+)*+"
_STRING = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r"""|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'"""
)
_BARE = r"""[^\s,\[\]{}#"'=]++(?:[ ]\d[^\s,\[\]{}#]*+)?"""  # the space is the one inside a date and time

_STATEMENT = re.compile(rf"{_BLANKS}(?:(?P<open>\[\[?)[ \t]*+(?P<table>{_KEY})[ \t]*+\]\]?|(?P<key>{_KEY})[ \t]*+=)")
_TOKEN = re.compile(
    rf"{_BLANKS}(?:(?P<close>[\]}}])|(?P<key>{_KEY})[ \t]*+=|(?P<value>(?P<open>[\[{{])|{_STRING}|{_BARE}))",
    re.DOTALL,
)
_INLINE_TABLE = re.compile(rf"(?:{_KEY}[ \t]*+=[ \t]*+)?\{{")
_PARTS = re.compile(_PART)
_ESCAPE = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.)")
_ESCAPED = dict(zip('btnfre"\\', '\b\t\n\f\r\x1b"\\', strict=True))


class _Mark(NamedTuple):
    """A path, and the offset where it is written; `is_header` when that is the path's own table header."""

    path: Path
    offset: int
    is_header: bool = False


class Opening(NamedTuple):
    """The offset where a first key can be put into a table: on a line of its own, or behind an inline table's brace."""

    offset: int
    is_line: bool


class _Container(NamedTuple):
    """An open array, with the indices its next elements will have, or an open inline table, with None."""

    path: Path
    indices: Iterator[int] | None


def lines(source: str) -> dict[Path, int]:
    """The 1-based line of every path written in a valid TOML text; the empty path, the whole text, is line 1.

    A table is where its own header is, or else where it is first named: by a longer header or a dotted key.
    """
    return _by_path(source, _marks(source))


def line_of(source: str, path: Path) -> int:
    """The 1-based line where `path` is written in a valid TOML text.

    That is the key's line for a key, the element's for an array element, the header's for a table. A path
    that is not in the text gets the line of its longest prefix that is: a missing key points at its table.
    """
    return lines_of(source, [path])[path]


def lines_of(source: str, paths: Collection[Path]) -> dict[Path, int]:
    """The line of each of `paths`, as `line_of` gives it, for a single scan of the text."""
    wanted = {prefix for path in paths for prefix in _prefixes(path)}
    found = _by_path(source, (mark for mark in _marks(source) if mark.path in wanted))
    return {path: next(found[prefix] for prefix in _prefixes(path) if prefix in found) for path in paths}


def openings_of(source: str, tables: Collection[Path]) -> dict[Path, Opening]:
    """Where each of these tables opens; a table that only longer headers or dotted keys name is left out."""
    found: dict[Path, Opening] = {}
    for path, offset, is_header in _marks(source):
        if path not in tables:
            continue
        if is_header:
            end = source.find("\n", offset)
            found[path] = Opening(len(source) if end < 0 else end + 1, is_line=True)
        elif inline := _INLINE_TABLE.match(source, offset):
            found[path] = Opening(inline.end(), is_line=False)
    return found


def _prefixes(path: Path) -> Iterator[Path]:
    """The path itself, then each shorter beginning of it, down to the empty path."""
    return (path[:length] for length in range(len(path), -1, -1))


def _by_path(source: str, marks: Iterable[_Mark]) -> dict[Path, int]:
    found: dict[Path, int] = {(): 1}
    line, seen = 1, 0
    for path, offset, is_header in marks:
        line += source.count("\n", seen, offset)
        seen = offset
        if is_header or path not in found:
            found[path] = line
    return found


def _marks(source: str) -> Iterator[_Mark]:
    """The marks of a text, by increasing offset; a table that several statements name has one from each."""
    table: Path = ()
    sizes: dict[Path, int] = {}
    end = 0
    while statement := _STATEMENT.match(source, end):
        end = statement.end()
        if statement["table"]:
            table = _table_path(_names(statement["table"]), sizes, is_element=statement["open"] == "[[")
            yield from _key_marks((), table[:-1], statement.start("table"))
            yield _Mark(table, statement.start("table"), is_header=True)
        else:
            path = table + _names(statement["key"])
            yield from _key_marks(table, path, statement.start("key"))
            end = yield from _value_marks(source, end, path)


def _table_path(names: Path, sizes: dict[Path, int], *, is_element: bool) -> Path:
    """The path a header opens, through the last element of each array of tables on the way.

    `sizes` has the elements so far of each array of tables, and gets the one that the header adds.
    """
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in sizes:
            path = (*path, sizes[path] - 1)
    path = (*path, names[-1])
    if not is_element:
        return path
    sizes[path] = sizes.get(path, 0) + 1
    return (*path, sizes[path] - 1)


def _value_marks(source: str, end: int, path: Path) -> Generator[_Mark, None, int]:
    """The marks inside the value of `path`, which starts at the offset `end`; returns the offset after it.

    The open containers are a list rather than calls, so that depth cannot exhaust Python's stack.
    """
    containers: list[_Container] = []
    while token := _TOKEN.match(source, end):
        end = token.end()
        if token["close"]:
            containers.pop()
        elif token["key"]:
            path = containers[-1].path + _names(token["key"])
            yield from _key_marks(containers[-1].path, path, token.start("key"))
        else:
            if containers and containers[-1].indices is not None:
                path = (*containers[-1].path, next(containers[-1].indices))
                yield _Mark(path, token.start("value"))
            if token["open"]:
                containers.append(_Container(path, count() if token["open"] == "[" else None))
        if not containers:
            break
    return end


def _key_marks(table: Path, path: Path, offset: int) -> Iterator[_Mark]:
    """A mark for `path` and for each table that its key names on the way from `table`."""
    return (_Mark(path[:length], offset) for length in range(len(table) + 1, len(path) + 1))


def _names(key: str) -> tuple[str, ...]:
    """The names of a dotted key as written, without quotes and escapes."""
    return tuple(_name(part) for part in _PARTS.findall(key))


def _name(part: str) -> str:
    if part[0] == '"':
        return _ESCAPE.sub(_unescaped, part[1:-1])
    return part[1:-1] if part[0] == "'" else part


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[0][1:]
    return _ESCAPED[code] if len(code) == 1 else chr(int(code[1:], 16))
