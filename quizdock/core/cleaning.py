"""Cleaning what strangers wrote, before a terminal or a file sees it. Every command imports this."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

REPLACEMENT = "\ufffd"
LONGEST_ECHO = 60
"""Characters of an unknown name that are repeated: no state or event has a longer one."""

HARMFUL = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
)
"""Control characters but tab and newline, marks that reorder text, invisible separators and tags, as ranges."""


def clean(text: str) -> str:
    """The text with control, bidirectional and escape characters replaced by U+FFFD, and tabs by spaces.

    Whatever a stranger wrote goes through here before a terminal or a file sees it.
    """
    if text.isprintable():  # then no character is any of these
        return text
    return _harmful().sub(REPLACEMENT, text.replace("\r\n", "\n").expandtabs(4))


def echo(text: str) -> str:
    """What was typed, as it is repeated: clean, and LONGEST_ECHO characters of it at most."""
    text = clean(text)
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"


def tidy_name(text: str) -> str:
    """A person's name as it is kept and compared: clean, on one line, accents composed."""
    return " ".join(unicodedata.normalize("NFC", clean(text)).split())


def is_text(text: str) -> bool:
    """Whether every character can be written: names of files and arguments may hold bytes that are none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def json_text(data: object) -> str:
    """The data as JSON on one line, which `clean` would leave as it is: what it would replace is escaped."""
    import json  # 2 ms that most commands do without

    text = json.dumps(data, ensure_ascii=False)
    return _harmful().sub(lambda found: json.dumps(found[0])[1:-1], text)


@cache
def _harmful() -> "re.Pattern[str]":
    import re

    return re.compile(f"[{HARMFUL}]")
