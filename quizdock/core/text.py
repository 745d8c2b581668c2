"""Cleaning texts, folding them for comparison, and near names for error messages."""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Decomposition leaves these as they are, so the table is explicit.
_FOLDS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "\u2212": "-",
        "…": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)
_SPACES = re.compile(r"\s+")
_GUILLEMETS = re.compile("« ?| ?»")  # where runs of spaces are one: a run before no » is not gone through again
_SPACED_MARK = re.compile(r"\s+(?=[?!:;])")
_FULL_STOP = re.compile(r"(?<=\w)\.$")
_LATIN_MARKS = re.compile("([A-Za-z])[\u0300-\u036f]+")
REPLACEMENT = "\ufffd"
LONGEST_ECHO = 60
"""Characters of an unknown name that are repeated: no state or event has a longer one."""

# Control characters but tab and newline, marks that reorder text, invisible separators and tags.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_ARTICLES = {
    "fr": re.compile(r"^(?:(?:le|la|les|un|une|des|du|de la)\s+|d'une?\s+|l'|d'|de l')"),
    "en": re.compile(r"^(?:the|a|an)\s+"),
}


def clean(text: str) -> str:
    """The text with control, bidirectional and escape characters replaced by U+FFFD, and tabs by spaces.

    Whatever a stranger wrote goes through here before a terminal or a file sees it.
    """
    return _HARMFUL.sub(REPLACEMENT, text.replace("\r\n", "\n").expandtabs(4))


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
    text = json.dumps(data, ensure_ascii=False)
    return _HARMFUL.sub(lambda found: json.dumps(found[0])[1:-1], text)


@lru_cache(maxsize=4096)  # reading a deck folds the same texts again and again, as long as its notes are checked
def fold(text: str) -> str:
    """The text with typography, runs of spaces and case levelled: what every comparison starts from."""
    return _FULL_STOP.sub("", _SPACED_MARK.sub("", without_typography(text.casefold())))


def without_typography(text: str) -> str:
    """The text in plain quotes, apostrophes, hyphens and single spaces, without spaces at its ends."""
    text = unicodedata.normalize("NFC", text).translate(_FOLDS)
    return _GUILLEMETS.sub('"', _SPACES.sub(" ", text)).strip()


def without_accents(text: str) -> str:
    """The text without the marks on its Latin letters: `é` becomes `e`. Other scripts' marks make other letters."""
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub(r"\1", unicodedata.normalize("NFD", text)))


def without_article(text: str, lang: str) -> str:
    """A folded text with one leading article or elision of the language dropped, unless nothing would be left."""
    article = _ARTICLES.get(lang)
    bare = article.sub("", text, count=1) if article else text
    return bare or text


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or else the one that begins most like it; empty when none is near."""
    return _nearest(name, tuple(known))


@lru_cache(maxsize=1024)  # a deck may have one mistake on every line
def _nearest(name: str, known: tuple[str, ...]) -> str:
    import difflib  # used on the way to an error only

    folded = fold(name)
    by_folded = {fold(candidate): candidate for candidate in known}
    by_beginning = {candidate[: len(folded)]: whole for candidate, whole in by_folded.items() if folded}
    for names in (by_folded, by_beginning):
        for found in difflib.get_close_matches(folded, names, n=1, cutoff=0.6):
            return names[found]
    return ""
