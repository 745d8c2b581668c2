"""A deck's drawing with a name in focus and others masked, so that a question never shows its own answer."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, Self

_MASK = "···"


def columns(text: str) -> int:
    """The columns that the text takes in a terminal: two for a wide character, none for a mark on the one before it."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 0 if unicodedata.combining(character) else 1
        for character in text
    )


class Look(Enum):
    """How a piece of a drawing is to be shown."""

    PLAIN = "plain"
    FOCUS = "focus"
    MASKED = "masked"


class Piece(NamedTuple):
    """A run of text of one look."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Drawing:
    """The text, the names to highlight, and the names hidden until the answer is shown."""

    text: str
    focus: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def pieces(self, revealed: bool) -> list[Piece]:
        """The drawing cut where its look changes; joined, every line as many columns wide as in the text.

        A name in focus with a space on each side takes both for a pair of marks, so that it stands out without colour.
        """
        focus, hidden = ({name.casefold() for name in names} for names in (self.focus, () if revealed else self.hidden))
        looks = {**dict.fromkeys(hidden, Look.MASKED), **dict.fromkeys(focus, Look.FOCUS)}
        cut = _cut(self.text, {*self.focus, *self.hidden})
        pieces = [Piece(text, looks.get(text.casefold(), Look.PLAIN)) for text in cut]
        return [_marked(pieces, index) for index in range(len(pieces))]

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [self.text, list(self.focus), list(self.hidden)]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The drawing that `as_data` wrote."""
        text, focus, hidden = data
        return cls(text, tuple(focus), tuple(hidden))


def names_in(text: str, names: Iterable[str]) -> set[str]:
    """Those of the names that stand in the text by themselves, not as a part of another or of a longer word."""
    known = set(names)
    found = {piece.casefold() for piece in _cut(text, known)}
    return {name for name in known if name.casefold() in found}


def _cut(text: str, names: Collection[str]) -> list[str]:
    """The text cut around the names, the longest first, in whatever case: what looks like a name tells it.

    A hyphen joins words between two letters only: `A--go-->B` has three names, `set-up` has not `set`. A line of
    underscores joins none.
    """
    if not names:
        return [text]
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    letter = r"[^\W_]"
    parted = rf"(?<!{letter})(?<!{letter}-)({either})(?!{letter})(?!-{letter})"
    return [piece for piece in re.split(parted, text, flags=re.IGNORECASE) if piece]


def _marked(pieces: list[Piece], index: int) -> Piece:
    """The piece with its mask, or with the marks of a neighbour in focus.

    As far as there is room, a mask does not tell the name's length.
    """
    text, look = pieces[index]
    if look is Look.MASKED:
        width = columns(text)
        return Piece(_MASK.center(width)[:width], look)
    if look is Look.PLAIN and _has_room(pieces, index - 1):
        text = "◀" + text[1:]
    if look is Look.PLAIN and _has_room(pieces, index + 1):
        text = text[:-1] + "▶"
    return Piece(text, look)


def _has_room(pieces: list[Piece], index: int) -> bool:
    """Whether the piece is a name in focus between two spaces."""
    if not 0 < index < len(pieces) - 1 or pieces[index].look is not Look.FOCUS:
        return False
    before, after = pieces[index - 1], pieces[index + 1]
    plain = before.look is Look.PLAIN and after.look is Look.PLAIN
    return plain and before.text.endswith(" ") and after.text.startswith(" ")
