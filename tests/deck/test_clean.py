"""Texts are cleaned wherever they need it, and the source tells where none does."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdock.core.cleaning import clean
from quizdock.core.errors import QuizDockError
from quizdock.deck.clean import DEEPEST, cleaned
from quizdock.deck.toml import loads

HARMFUL = [
    "\u202e",
    "\u200b",
    "\x85",
    "\t",
    r"\u0007",
    r"\U000E0041",
    r"\t",
    r"\b",
    r"\\\u001b",
    r"\x1b",
    r"\e",
]
HARMLESS = ["a", "é", "’", "\u00a0", "\u061b", "漢", "\U0001f600", r"\"", r"\\", r"\n", "\n", "\r\n", "\\\n "]


def read(text: str) -> tuple[str, str]:
    """A text of several lines as TOML has it, before and after cleaning."""
    source = f'a = """{text}"""'
    tree = loads(source)
    return tree["a"], cleaned(tree, source)["a"]


@given(st.lists(st.sampled_from(HARMFUL + HARMLESS)).map("".join))
def test_every_text_comes_out_clean(text: str) -> None:
    before, after = read(text)
    assert after == clean(before) == clean(after)


@pytest.mark.parametrize("text", HARMFUL)
def test_one_harmful_character_is_enough(text: str) -> None:
    before, after = read(text)
    assert after != before


def nested(depth: int, innermost: Any) -> Any:
    """A value inside so many lists and tables."""
    for level in range(depth):
        innermost = [innermost] if level % 2 else {"a": innermost}
    return innermost


@pytest.mark.parametrize("innermost", [1, "a", [], {}])
def test_nesting_is_refused_beyond_the_limit(innermost: Any) -> None:
    assert cleaned(nested(DEEPEST, innermost), "") == nested(DEEPEST, innermost)
    with pytest.raises(QuizDockError, match="nested more than 32 levels deep"):
        cleaned(nested(DEEPEST + 1, innermost), "")
