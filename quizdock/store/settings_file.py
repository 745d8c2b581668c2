"""The settings file, `data/settings.toml`: read with the standard library, written with the user's comments kept."""

import os
import re
import stat
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from quizdock.core.errors import QuizDockError, reason_of
from quizdock.core.message import NOTHING, Message, msg, nmsg
from quizdock.core.setting_keys import Key, Problem, Value, read_tree

if TYPE_CHECKING:
    import tomlkit

MOST_BYTES = 64 * 1024
"""The size of a settings file at most."""

MOST_TOLD = 10
"""Problems of a file that an error lists."""

_BOM = "\ufeff"
_HOW_TO_MEND = msg("The file is kept as it is. To mend it: quizdock settings edit")


class Located(NamedTuple):
    """A problem with its line in the file, from 1; 0 where no line is known."""

    line: int
    problem: Problem


class SettingsFile(NamedTuple):
    """What a settings file says: its good values by whole keys, and all of its problems in the file's order."""

    path: Path
    values: Mapping[str, Value]
    problems: Sequence[Located] = ()

    def expect_good(self) -> None:
        """Raise SettingsError if there is any problem."""
        if self.problems:
            raise SettingsError(self.path, self.problems)


class SettingsError(QuizDockError):
    """A settings file that cannot be used as it is, with its problems at once."""

    def __init__(self, path: Path, problems: Sequence[Located]) -> None:
        """One line a problem: `file:line: what is wrong. How to mend it.`"""
        told = [_line(path, each) for each in problems[:MOST_TOLD]]
        more = len(problems) - len(told)
        if more:
            told.append(nmsg("… and {count} more problem", "… and {count} more problems", more))
        super().__init__(_lines(told), _HOW_TO_MEND)


def _line(path: Path, located: Located) -> Message:
    line, (_key, message, hint) = located
    place = msg("{path}:{line}", path=path, line=line) if line else msg("{path}", path=path)
    if hint is NOTHING:
        return msg("{place}: {message}", place=place, message=message)
    return msg("{place}: {message}. {hint}", place=place, message=message, hint=hint)


def _lines(lines: Sequence[Message]) -> Message:
    text, *others = lines
    for each in others:
        text = msg("{lines}\n{line}", lines=text, line=each)
    return text


def read_settings(path: Path) -> SettingsFile:
    """What the file says, nothing where there is none. Raises QuizDockError for one that cannot be read at all."""
    text = _read(path).removeprefix(_BOM)
    if not text:
        return SettingsFile(path, {})
    tree, trouble = _parsed(text)
    if trouble is not None:
        return SettingsFile(path, {}, [trouble])
    values, problems = read_tree(tree)
    lines = _lines_of_keys(text) if problems else {}
    located = [Located(_line_of(lines, problem.key), problem) for problem in problems]
    return SettingsFile(path, values, sorted(located, key=lambda each: each.line))


def _read(path: Path) -> str:
    """The file's text to the last character, with its mark of byte order; empty where there is no file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise QuizDockError(msg("{path}: this is not a file", path=path), msg("Move it away."))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise QuizDockError(
            msg("{path}: {reason}", path=path, reason=reason_of(error)), msg("Check the file's permissions.")
        ) from error
    if len(data) > MOST_BYTES:
        raise QuizDockError(
            msg("{path}: the file is larger than {most} KB", path=path, most=MOST_BYTES // 1024),
            msg("Settings need a few lines. Shorten it, or move it away."),
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise QuizDockError(
            msg("{path}:{line}: this is not UTF-8 text", path=path, line=line), msg("Save it as UTF-8.")
        ) from error


_AT_LINE = r" \(at line (\d+), column \d+\)$| \(at end of document\)$"


def _parsed(text: str) -> tuple[dict[str, Any], Located | None]:
    """The text's tree, or why it is no TOML."""
    import tomllib  # 10 ms, and most homes have no settings file

    try:
        return tomllib.loads(text), None
    except RecursionError:
        return {}, Located(0, Problem("", msg("this is not TOML: it is nested too deeply")))
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        place = re.search(_AT_LINE, str(error))
        line = int(place[1]) if place and place[1] else len(text.splitlines()) if place else 0
        reason = re.sub(_AT_LINE, "", str(error))
        hint = msg("A setting is written as new-per-day = 10, and a text in quotes.")
        return {}, Located(line, Problem("", msg("this is not TOML: {reason}", reason=reason), hint))


_HEADER = r"^\s*\[\s*([^\[\]]+?)\s*\]"
_PAIR = r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
_QUOTES = r"""\s*\.\s*|["']"""


def _line_of(lines: Mapping[str, int], key: str) -> int:
    """The line that sets a key, or else that of the table that holds it; 0 where it is written in another way."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 0)


def _lines_of_keys(text: str) -> dict[str, int]:
    """The lines on which keys, and tables with anything in them, are first named."""
    lines: dict[str, int] = {}
    for number, path in _keys_by_line(text):
        while path and path not in lines:
            lines[path] = number
            path = path.rpartition(".")[0]  # noqa: PLW2901 - up to the table
    return lines


def _keys_by_line(text: str) -> Iterator[tuple[int, str]]:
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(_HEADER, line):
            table = _bare(header[1])
            yield number, table
        elif pair := re.match(_PAIR, line):
            yield number, f"{table}.{_bare(pair[1])}" if table else _bare(pair[1])


def _bare(key: str) -> str:
    return re.sub(_QUOTES, lambda found: "." if "." in found[0] else "", key)


# Writing


def set_value(path: Path, key: Key, value: Value) -> None:
    """Write one value, durably, and leave everything else in the file as it is, comments too.

    Raises QuizDockError for a file that is no TOML, or that cannot be written.
    """
    before = _text_to_change(path)
    text = before.removeprefix(_BOM)
    values, wrong = _meaning(text)
    for change in (_uncommented, _with_value, _at_an_end):
        changed = change(text, key, value)
        values_then, wrong_then = _meaning(changed)
        if values_then == {**values, key.path: value} and wrong_then <= wrong - {key.path}:
            _replace(path, _formed(before, changed))
            return
    raise QuizDockError(
        msg("{path}: there is no place for {key}", path=path, key=key.path),
        msg("Write it there yourself: quizdock settings edit"),
    )


def _meaning(text: str) -> tuple[dict[str, Value], set[str]]:
    """The values that a text gives, and the keys that are wrong in it; none where it is no TOML."""
    values, problems = read_tree(_parsed(text)[0])
    return values, {problem.key for problem in problems}


def unset_value(path: Path, name: str) -> bool:
    """Take one key out of the file, known or not; returns whether it was there. Raises like `set_value`."""
    before = _text_to_change(path)
    text = before.removeprefix(_BOM)
    changed = _without(text, name)
    if changed is None:
        return False
    values, wrong = _meaning(text)
    if _meaning(changed) != ({each: values[each] for each in values if each != name}, wrong - {name}):
        raise QuizDockError(
            msg("{path}: {key} cannot be taken out alone", path=path, key=name),
            msg("Take it out yourself: quizdock settings edit"),
        )
    _replace(path, _formed(before, changed))
    return True


def create_from_template(path: Path, template: str) -> None:
    """Write the template where there is no file yet."""
    if not path.exists():
        _replace(path, template)


def _text_to_change(path: Path) -> str:
    text = _read(path)
    trouble = _parsed(text.removeprefix(_BOM))[1]
    if trouble is not None:
        raise SettingsError(path, [trouble])
    return text


def _uncommented(text: str, key: Key, value: Value) -> str:
    """The text with the template's commented line of this key made good; empty where there is none.

    A line that tomlkit appended would stand behind the template's example of a deck's table, and become
    that deck's own as soon as somebody uncommented the table.
    """
    if key.deck or any(path == key.path for _line, path in _keys_by_line(text)):
        return ""
    line = f"{key.name} = {_as_toml(value)}"
    before = re.split(r"(?m)^#? ?(?=\[)", text, maxsplit=1)[0]
    commented = rf"(?m)^# ?{re.escape(key.name)} = [^\n]*$"
    changed = re.sub(commented, lambda _found: line, before, count=1)
    return "" if changed == before else changed + text[len(before) :]


def _as_toml(value: Value) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)  # of a tidy name, TOML's basic strings are JSON's


def _with_value(text: str, key: Key, value: Value) -> str:
    """The text with the value in the place that tomlkit finds for it; empty where it finds none."""
    import tomlkit  # 30 ms
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        _table_of(document, key)[key.name] = value
        return document.as_string()
    except (TOMLKitError, TypeError, AttributeError):  # a value may stand where a table should
        return ""


def _table_of(document: "tomlkit.TOMLDocument", key: Key) -> Any:
    """The table that holds a key, made if it is not there."""
    import tomlkit
    from tomlkit.items import InlineTable

    if not key.deck:
        return document
    if "decks" not in document:
        document["decks"] = tomlkit.table(is_super_table=True)
    decks: Any = document["decks"]
    if not isinstance(decks.get(key.deck), MutableMapping):
        decks[key.deck] = tomlkit.inline_table() if isinstance(decks, InlineTable) else tomlkit.table()
    return decks[key.deck]


def _at_an_end(text: str, key: Key, value: Value) -> str:
    """The text with a line before it, or a deck's table behind it: tomlkit loses values beside dotted keys."""
    line = f"{key.name} = {_as_toml(value)}\n"
    return f"{text.rstrip()}\n\n[decks.{_as_toml(key.deck)}]\n{line}" if key.deck else f"{line}{text}"


def _without(text: str, name: str) -> str | None:
    """The text without a key, and without the deck's table that this leaves empty; None where it has no such key."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        return document.as_string() if _take_out(document, name) else None
    except TOMLKitError:
        return text


def _take_out(document: "tomlkit.TOMLDocument", name: str) -> bool:
    """Whether the key was there."""
    if name in document:
        document.remove(name)
        return True
    decks: Any = document.get("decks")
    if not name.startswith("decks.") or not isinstance(decks, MutableMapping):
        return False
    whole = name.removeprefix("decks.")
    deck, _dot, limit = whole.rpartition(".")
    limits: Any = decks.get(deck)
    if isinstance(limits, MutableMapping) and limit in limits:
        del limits[limit]
        if not limits and not _has_comments(limits):
            del decks[deck]
        return True
    if whole in decks:
        del decks[whole]
        return True
    return False


def _has_comments(table: Any) -> bool:
    return "#" in table.as_string()


_BARE_END = r"(?<!\r)\n"


def _formed(before: str, text: str) -> str:
    """The text with the mark of byte order and the ends of lines that the file had before."""
    if "\r\n" in before and not re.search(_BARE_END, before):
        text = re.sub(_BARE_END, "\r\n", text)
    return f"{_BOM}{text}" if before.startswith(_BOM) else text


def _replace(path: Path, text: str) -> None:
    """Put the text in the file's place at once: whoever reads meanwhile finds the old file or the new one."""
    target = Path(os.path.realpath(path))  # who keeps the file elsewhere, behind a link, keeps the link
    half = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123 - of a descriptor
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise QuizDockError(
            msg("{path}: {reason}", path=path, reason=reason_of(error)),
            msg("Check the folder's permissions, or choose another home with --home."),
        ) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every file system can
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
