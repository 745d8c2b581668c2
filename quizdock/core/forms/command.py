"""Command: the learner types a command line, compared word by word."""

import re
import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Form, Given, Option, Shape, Verdict, as_line
from quizdock.core.message import msg

_NO_BREAK_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", " "))
_LETTERS = re.compile("-[A-Za-z]{2,}")

Part = str | tuple[tuple[str, ...], ...]
"""A word, or a run of options whose order does not count, each with its value."""


@dataclass(frozen=True, slots=True)
class Command(Form):
    """The accepted command lines (the first is shown), known wrong ones, and the options that take a value."""

    form: ClassVar[str] = "command"
    shape: ClassVar[Shape] = Shape.LINE

    accepted: tuple[str, ...]
    wrong: tuple[Option, ...] = ()
    valued: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """The command line to show."""
        return self.accepted[0]

    def mark(self, response: object) -> Verdict:
        """Credit 1 or 0. Raises ResponseError for a quote that is not closed.

        The line is split as a shell splits it. Case counts, and every sign; the order of neighbouring options does
        not, `-it` is `-i -t`, and `--name=web` is `--name web` for an option that takes a value.
        """
        try:
            typed = parts(as_line(response), self.valued)
        except ValueError as error:
            raise ResponseError(msg("a quote is not closed, or a \\ ends the line")) from error
        if typed in [parts(line, self.valued) for line in self.accepted]:
            return Verdict(1.0)
        reasons = (option.why for option in self.wrong if typed == parts(option.text, self.valued))
        return Verdict(0.0, why=next(reasons, ""))

    def given(self, response: object) -> Given:
        """The typed line."""
        return as_line(response)

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [list(self.accepted), [option.as_data() for option in self.wrong], list(self.valued)]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        accepted, wrong, valued = data
        return cls(tuple(accepted), tuple(Option.from_data(option) for option in wrong), tuple(valued))


def parts(line: str, valued: Collection[str]) -> list[Part]:
    """A command line's words, every run of options sorted. Raises ValueError for a quote that is not closed.

    A no-break space is a space, since nobody can see the difference.
    """
    found: list[Part] = []
    run: list[tuple[str, ...]] = []
    for option in _options_and_words(shlex.split(line.translate(_NO_BREAK_SPACES)), valued):
        if isinstance(option, tuple):
            run.append(option)
            continue
        if run:
            found.append(tuple(sorted(run)))
            run = []
        found.append(option)
    return [*found, tuple(sorted(run))] if run else found


def _options_and_words(words: list[str], valued: Collection[str]) -> Iterator[str | tuple[str, ...]]:
    """Every option as a tuple, with its value where it takes one; other words as they are, and all behind `--`.

    Letters behind one hyphen are options of one letter each, as POSIX has it (Utility Syntax Guidelines 5 and 6): the
    first that takes a value takes what follows it.
    """
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--":
            yield word
            yield from rest
        elif len(word) < 2 or not word.startswith("-"):
            yield word
        elif word in valued:
            yield _option(word, next(rest, None))
        elif equals and name in valued:
            yield (name, value)
        elif _LETTERS.fullmatch(word) or word[:2] in valued:
            yield from _letters(word, rest, valued)
        else:
            yield (word,)


def _letters(word: str, rest: Iterator[str], valued: Collection[str]) -> Iterator[tuple[str, ...]]:
    for place, letter in enumerate(word[1:], 2):
        if f"-{letter}" in valued:
            yield _option(f"-{letter}", word[place:] or next(rest, None))
            return
        yield (f"-{letter}",)


def _option(name: str, value: str | None) -> tuple[str, ...]:
    return (name,) if value is None else (name, value)
