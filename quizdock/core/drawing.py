"""A deck's drawing with a name in focus and others masked, so that a question never shows its own answer."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, Self

_MASK = "···"


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
        """The drawing cut where its look changes; joined, as wide as the text itself.

        A name in focus takes the spaces beside it for a pair of marks, so that it stands out without colour.
        """
        names = sorted({*self.focus, *self.hidden}, key=len, reverse=True)
        if not names:
            return [Piece(self.text, Look.PLAIN)]
        found = re.split(rf"(?<![\w-])({'|'.join(map(re.escape, names))})(?![\w-])", self.text)
        pieces = [Piece(text, self._look(text, revealed)) for text in found if text]
        return [_marked(pieces, index) for index in range(len(pieces))]

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [self.text, list(self.focus), list(self.hidden)]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The drawing that `as_data` wrote."""
        text, focus, hidden = data
        return cls(text, tuple(focus), tuple(hidden))

    def _look(self, text: str, revealed: bool) -> Look:
        if text in self.focus:
            return Look.FOCUS
        return Look.MASKED if text in self.hidden and not revealed else Look.PLAIN


def _marked(pieces: list[Piece], index: int) -> Piece:
    """The piece with its mask, which does not tell the name's length, or with the marks of a neighbour in focus."""
    text, look = pieces[index]
    if look is Look.MASKED:
        return Piece(_MASK.center(len(text))[: len(text)], look)
    if look is Look.FOCUS:
        return pieces[index]
    if index > 0 and pieces[index - 1].look is Look.FOCUS and text.startswith(" "):
        text = "◀" + text[1:]
    if index + 1 < len(pieces) and pieces[index + 1].look is Look.FOCUS and text.endswith(" "):
        text = text[:-1] + "▶"
    return Piece(text, look)
