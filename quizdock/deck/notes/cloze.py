"""`[[cloze]]`: a text with holes, asked one hole at a time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from quizdock.core.card import Card
from quizdock.core.forms import Text
from quizdock.core.message import msg
from quizdock.core.text import fold
from quizdock.deck.notes.base import LONG_TO_TYPE, Note, Prose
from quizdock.deck.problems import Problem

MOST_HOLES = 50
LONGEST_HOLE = 100
MASK = "[…]"

# A third brace at the end belongs to the answer, as in {{${HOME}}}. No hole begins inside another, so that the text
# is gone through once however many have no end.
_HOLE = re.compile(r"(?<!\{)\{\{((?:(?!\{\{).)*?)\}\}(?!\})", re.DOTALL)


class _Hole(NamedTuple):
    """What card ids call it, and its accepted spellings."""

    part: str
    spellings: tuple[str, ...]


def _hole(inner: str) -> _Hole:
    key, separator, rest = inner.partition("::")
    spellings = tuple(text.strip() for text in (rest if separator else inner).split("|"))
    return _Hole(key.strip() if separator else spellings[0], spellings)


class Cloze(Note):
    """A text with holes, one typed card a hole: `{{hole}}`, `{{hole|other spelling}}` or `{{key::hole}}`."""

    KEYS = {
        "text": "The text, with {{hole}}, {{hole|other spelling}} or {{key::hole}}.",
    }

    text: Prose
    strict: bool = False

    @property
    def holes(self) -> list[_Hole]:
        """Every hole in the order of the text."""
        return [_hole(inner) for inner in _HOLE.findall(self.text)]

    def problems(self) -> Iterator[Problem]:
        """No hole, holes that are empty, not closed, too long or too many, two under one name."""
        at = ("text",)
        holes = self.holes
        rest = _HOLE.sub("", self.text)
        if "{{" in rest or "}}" in rest:
            yield Problem(at, msg("two braces have no partner"), msg("write {{{{hole}}}}"))
            return
        if not holes:
            yield Problem(at, msg("there is no hole"), msg("put double braces around what is to be typed: {{{{so}}}}"))
        if len(holes) > MOST_HOLES:
            yield Problem(at, msg("there are more than {most} holes", most=MOST_HOLES))
        known: dict[str, _Hole] = {}
        for hole in dict.fromkeys(holes):
            if not hole.part or not all(fold(text) for text in hole.spellings):
                yield Problem(at, msg("a hole is empty"), msg("put the answer between the braces"))
            elif any(len(text) > LONGEST_HOLE or "\n" in text for text in (hole.part, *hole.spellings)):
                yield Problem(
                    at, msg("a hole is too long"), msg("one line, {most} characters at most", most=LONGEST_HOLE)
                )
            elif known.setdefault(hole.part, hole) != hole:
                yield Problem(
                    at,
                    msg("two different holes are called “{name}”", name=hole.part),
                    msg("give them keys of their own"),
                )

    def warnings(self) -> Iterator[Problem]:
        """An answer that is long to type."""
        for hole in dict.fromkeys(self.holes):
            if len(hole.spellings[0]) > LONG_TO_TYPE:
                message = msg("“{text}” is long to type", text=hole.spellings[0])
                yield Problem(("text",), message, msg("mask a few words only"))

    def cards(self, lang: str) -> Iterator[Card]:
        """One card a hole; the same hole twice is one."""
        for hole in dict.fromkeys(self.holes):
            task = Text(hole.spellings, lang=lang, strict=self.strict)
            yield self.card(hole.part, self._asking(hole), task, exam=task)

    def _asking(self, asked: _Hole) -> str:
        """The text with this hole masked and all the others filled in."""

        def shown(match: re.Match[str]) -> str:
            hole = _hole(match[1])
            return MASK if hole == asked else hole.spellings[0]

        return _HOLE.sub(shown, self.text)
