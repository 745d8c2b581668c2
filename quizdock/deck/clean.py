"""Cleaning texts that a stranger wrote, before anything else sees them."""

import re
from typing import Any

from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg

DEEPEST = 32
"""Levels of nesting in a deck; the language itself needs seven."""

REPLACEMENT = "\ufffd"

# Control characters but tab and newline, marks that reorder text, invisible separators and tags.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def clean_text(text: str) -> str:
    """The text with control, bidirectional and escape characters replaced by U+FFFD, and tabs by spaces."""
    return _HARMFUL.sub(REPLACEMENT, text.replace("\r\n", "\n").expandtabs(4))


def clean_tree(value: Any, depth: int = 0) -> Any:
    """A parsed document with every key and text cleaned. Raises QuizDockError beyond DEEPEST levels."""
    if depth > DEEPEST:
        raise QuizDockError(msg("nested more than {deepest} levels deep", deepest=DEEPEST))
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_tree(element, depth + 1) for element in value]
    if isinstance(value, dict):
        return {clean_text(key): clean_tree(element, depth + 1) for key, element in value.items()}
    return value
