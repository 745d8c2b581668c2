"""What a typed text may differ in and still be right, and how that is said."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from sys import maxsize
from typing import NamedTuple

from quizdock.core.message import NOTHING, Message, msg, nmsg
from quizdock.core.text import fold, without_accents, without_article

MOST_TYPOS = 2
"""Typos that are forgiven in a whole response."""
LONGEST_WORD = 50
"""Letters of a word that may have typos: no true word is longer."""

_SEPARATORS = re.compile(r"([ '-]+)")
_OPTION = re.compile(r"(?:^| )-")


class Accepted(NamedTuple):
    """Which of the accepted texts was meant, and what was forgiven: NOTHING where it is that text as it is."""

    place: int
    leniency: Message


class Standard:
    """Texts that are accepted and texts known to be wrong, folded once for any number of responses."""

    def __init__(
        self, accepted: Iterable[str], wrong: Iterable[str] = (), lang: str = "", strict: bool = False
    ) -> None:
        """The language governs articles; where `strict`, only case, spaces and typography do not matter."""
        right, refused = [fold(text) for text in accepted], [fold(text) for text in wrong]
        levels = [_Level(bare, forgiven, right, refused) for bare, forgiven in _forgiving(lang)]
        self._levels = levels[:1] if strict else levels
        self._strict = strict

    def accept(self, response: str) -> Accepted | None:
        """The accepted text that the response is, None for none.

        Case, spaces and typography never matter. Then accents, a leading article of the language, and typos in long
        words (see `typos`) are forgiven, but never for what is as near to a wrong text.
        """
        typed = fold(response)
        exact = self._levels[0].right
        if typed in exact:
            return Accepted(exact.index(typed), NOTHING)
        if not typed:
            return None
        for level in self._levels:
            bare = level.bare(typed)
            if bare in level.refused:
                return None
            if bare in level.right:
                return Accepted(level.right.index(bare), level.forgiven)
        return None if self._strict else self._despite_typos(typed)

    def _despite_typos(self, typed: str) -> Accepted | None:
        last = self._levels[-1]
        bare = last.bare(typed)
        counts = {place: count for place, text in enumerate(last.right) if (count := typos(bare, text)) is not None}
        rivals = (count for text in last.refused if (count := typos(bare, text)) is not None)
        if not counts or min(rivals, default=MOST_TYPOS + 1) <= min(counts.values()):
            return None
        place = min(counts, key=counts.__getitem__)
        levels = enumerate(self._levels)
        counted = [(typos(level.bare(typed), level.right[place]), strictness) for strictness, level in levels]
        count, strictness = min((count, strictness) for count, strictness in counted if count is not None)
        uncounted = nmsg("a typo was not counted", "{count} typos were not counted", count)
        return Accepted(place, all_of([self._levels[strictness].forgiven, uncounted]))


class _Level:
    """The texts without what one level of leniency does not count."""

    def __init__(self, bare: Callable[[str], str], forgiven: Message, right: list[str], refused: list[str]) -> None:
        self.bare = bare
        self.forgiven = forgiven
        self.right = [bare(text) for text in right]
        self.refused = [bare(text) for text in refused]


def _forgiving(lang: str) -> list[tuple[Callable[[str], str], Message]]:
    """From the strictest on: what is not counted, and how that is said."""
    return [
        (lambda text: text, NOTHING),
        (without_accents, msg("accents were not counted")),
        (lambda text: without_article(text, lang), msg("the article was not counted")),
        (
            lambda text: without_article(without_accents(text), lang),
            msg("neither accents nor the article were counted"),
        ),
    ]


def all_of(leniencies: Iterable[Message]) -> Message:
    """Everything that was forgiven, each once; NOTHING where nothing was."""
    said: list[Message] = []
    for leniency in leniencies:
        if leniency != NOTHING and leniency not in said:
            said.append(leniency)
    return reduce(lambda one, other: msg("{one}; {other}", one=one, other=other), said) if said else NOTHING


def typos(typed: str, right: str) -> int | None:
    """How many typos make `typed` of the right text, both folded; None where they are too many to forgive.

    A word may have one typo from five letters on, two from nine on, none in its first letter; the text has MOST_TYPOS
    at most. One with a digit, an option or another sign has none: it may be a command or a figure.
    """
    ours, theirs = _SEPARATORS.split(right), _SEPARATORS.split(typed)
    if ours[1::2] != theirs[1::2] or _OPTION.search(right) or not all(word.isalpha() for word in ours[::2] if word):
        return None
    total = 0
    for word, other in zip(ours[::2], theirs[::2], strict=True):
        if word != other:
            count = _typos(word, other)
            if count is None:
                return None
            total += count
    return total if 0 < total <= MOST_TYPOS else None


@lru_cache(maxsize=4096)  # the spellings of a list share many words
def _typos(word: str, typed: str) -> int | None:
    allowed = 0 if not 5 <= len(word) <= LONGEST_WORD else 1 if len(word) < 9 else 2
    if not allowed or abs(len(word) - len(typed)) > allowed or word[:1] != typed[:1] or not typed.isalpha():
        return None
    if len(set(word) ^ set(typed)) > 2 * allowed:  # a typo changes two letters at most: this spares most distances
        return None
    distance = edit_distance(word, typed, allowed)
    return distance if distance <= allowed else None


def edit_distance(one: str, other: str, most: int = maxsize) -> int:
    """Letters put in, left out, replaced, or swapped with their neighbour (optimal string alignment, Damerau 1964).

    Where they are more than `most`, a number that is more as well, as soon as that is known.
    """
    one, other = _where_they_differ(one, other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i, *[most + 1] * len(other)]
        for j in range(max(1, i - most), min(len(other), i + most) + 1):  # as far off as that, it takes more
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other[j - 1]))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other[j - 1]:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) > most:  # no row has less than the one before it
            break
    return row[-1]


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Both without what they begin with and end with alike, which adds nothing to their distance."""
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (ours, theirs) in pairs if ours != theirs), min(len(one), len(other)))
