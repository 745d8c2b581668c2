"""Cleaning a parsed document, before anything else sees it."""

import re
from collections.abc import Iterable
from typing import Any

from quizdock.core.cleaning import HARMFUL, clean
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg

DEEPEST = 32
"""Levels of nesting in a deck; the language itself needs seven."""

# What `clean` leaves as it is, and Windows line ends. Runs of Latin letters are gone through in a third of the time.
_CLEAN = re.compile(rf"(?:[\n -~\xa0-\u061b]++|\r\n|[^\t{HARMFUL}])*+")
_ESCAPE = re.compile(r'\\[^"\\n\r\n ]')
"""An escape that may stand for what is not clean; the others make quotes, backslashes and line ends."""


def cleaned(tree: Any, source: str) -> Any:
    """The document that this TOML makes, with every text cleaned. Raises QuizDockError beyond DEEPEST levels.

    Keys stay as they are: those that the deck language does not know are refused. Where the whole source is clean, as
    it mostly is, no text is looked at: for a large deck that would take as long as reading the TOML.
    """
    _check_depth(tree)
    return tree if _CLEAN.fullmatch(source) and not _ESCAPE.search(source) else _clean_tree(tree)


def _check_depth(tree: Any) -> None:
    level = [tree]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _elements(outer) if type(inner) in _CONTAINERS]
    if any(level):
        raise QuizDockError(msg("nested more than {deepest} levels deep", deepest=DEEPEST))


_CONTAINERS = {dict, list}


def _elements(container: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return container.values() if isinstance(container, dict) else container


def _clean_tree(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_clean_tree(element) for element in value]
    if isinstance(value, dict):
        return {key: _clean_tree(element) for key, element in value.items()}
    return value
