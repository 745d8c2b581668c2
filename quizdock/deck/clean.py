"""Cleaning a parsed document, before anything else sees it."""

from typing import Any

from quizdock.core.cleaning import clean
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg

DEEPEST = 32
"""Levels of nesting in a deck; the language itself needs seven."""


def clean_tree(value: Any, depth: int = 0) -> Any:
    """A parsed document with every text cleaned. Raises QuizDockError beyond DEEPEST levels.

    Keys stay as they are: those that the deck language does not know are refused.
    """
    if depth > DEEPEST:
        raise QuizDockError(msg("nested more than {deepest} levels deep", deepest=DEEPEST))
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_tree(element, depth + 1) for element in value]
    if isinstance(value, dict):
        return {key: clean_tree(element, depth + 1) for key, element in value.items()}
    return value
