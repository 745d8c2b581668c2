"""Cleaning what strangers wrote, before a terminal or a file sees it."""

import json
import re
import sys
import unicodedata

import pytest
from hypothesis import given

from quizdock.core.cleaning import HARMFUL, clean, echo, json_text
from tests.core.strange_texts import BIDI, LAW, texts


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain, é and 🎉", "plain, é and 🎉"),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\nlines"),
        ("over\rwritten", "over\ufffdwritten"),
        ("a\tb", "a   b"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("\x1b]8;;http://example.org\x07here", "\ufffd]8;;http://example.org\ufffdhere"),
        ("\x9b31m", "\ufffd31m"),
        ("nul\x00bell\x07back\x08del\x7f", "nul\ufffdbell\ufffdback\ufffddel\ufffd"),
        ("next\x85line\x0bfeed\x0c", "next\ufffdline\ufffdfeed\ufffd"),
        ("abc\u202ecba\u202c", "abc\ufffdcba\ufffd"),
        ("\u2066isolated\u2069", "\ufffdisolated\ufffd"),
        ("left\u200eright\u200f\u061c", "left\ufffdright\ufffd\ufffd"),
        ("zero\u200bwidth\ufeff\u2060", "zero\ufffdwidth\ufffd\ufffd"),
        ("line\u2028paragraph\u2029", "line\ufffdparagraph\ufffd"),
        ("tag\U000e0041", "tag\ufffd"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_cleaning_replaces_what_could_harm_a_terminal(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@LAW
@given(texts)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@LAW
@given(texts)
def test_a_cleaned_text_holds_no_control_or_bidirectional_character_but_line_ends(text: str) -> None:
    cleaned = clean(text)
    assert not [each for each in cleaned if unicodedata.category(each) in ("Cc", "Cs") and each != "\n"]
    assert not set(cleaned) & set(BIDI)


def test_every_harmful_character_is_one_that_python_does_not_print() -> None:
    """On this `clean` relies where it returns a printable text as it is."""
    harmful = re.compile(f"[{HARMFUL}]")
    assert not [each for each in map(chr, range(sys.maxunicode + 1)) if harmful.match(each) and each.isprintable()]


def test_json_is_one_line_that_drives_no_terminal() -> None:
    assert json_text({"é": "a\x9b2J\x1b\u202eb\n"}) == '{"é": "a\\u009b2J\\u001b\\u202eb\\n"}'


@LAW
@given(texts)
def test_json_says_what_it_was_given_and_is_clean(text: str) -> None:
    assert json.loads(json_text([text])) == [text]
    assert clean(json_text([text])) == json_text([text])


def test_of_what_was_typed_sixty_clean_characters_are_repeated() -> None:
    assert echo("\x1b[2J") == "\ufffd[2J"
    assert echo("é" * 60) == "é" * 60
    assert echo("é" * 61) == "é" * 60 + "…"
