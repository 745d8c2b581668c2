"""Folding texts for comparison, and near names for error messages."""

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
_ARTICLES = {
    "fr": re.compile(r"^(?:(?:le|la|les|un|une|des|du|de la)\s+|d'une?\s+|l'|d'|de l')"),
    "en": re.compile(r"^(?:the|a|an)\s+"),
}


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
