"""List: several short texts in any order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Form, Given, Option, Shape, Verdict
from quizdock.core.leniency import Standard, all_of
from quizdock.core.message import NOTHING, Message, msg, nmsg
from quizdock.core.text import fold

MOST = 200
"""Texts of a response that are read; a longer list is refused."""
LONGEST = 200
"""Characters of each."""


@dataclass(frozen=True, slots=True)
class Listing(Form):
    """The members (each with its spellings, the first is shown) and known intruders; a response lists texts."""

    form: ClassVar[str] = "list"
    shape: ClassVar[Shape] = Shape.LIST

    members: tuple[tuple[str, ...], ...]
    intruders: tuple[Option, ...] = ()
    lang: str = ""
    strict: bool = False

    @property
    def answer(self) -> tuple[str, ...]:
        """Every member."""
        return tuple(member[0] for member in self.members)

    def mark(self, response: object) -> Verdict:
        """Credit = max(0, (members named - intruders named) / members); every text that is no member is an intruder.

        What is named twice counts once.
        """
        texts = self._texts(response)
        members, intruders = self._standards()
        owners = [place for place, spellings in enumerate(self.members) for _spelling in spellings]
        named: dict[int, Message] = {}
        known: set[int] = set()
        unknown: set[str] = set()
        for text in texts:
            if member := members.accept(text):
                named.setdefault(owners[member.place], member.leniency)
            elif intruder := intruders.accept(text):
                known.add(intruder.place)
            else:
                unknown.add(fold(text))
        strangers = len(known) + len(unknown)
        credit = max(0.0, (len(named) - strangers) / len(self.members))
        detail = NOTHING if credit == 1.0 or not texts else self._detail(len(named), strangers)
        return Verdict(credit, all_of(named.values()), "\n".join(self._reasons(known)), detail)

    def given(self, response: object) -> Given:
        """The texts."""
        return tuple(text.strip() for text in self._texts(response))

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        intruders = [option.as_data() for option in self.intruders]
        return [[list(member) for member in self.members], intruders, self.lang, int(self.strict)]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        members, intruders, lang, strict = data
        return cls(
            tuple(tuple(member) for member in members),
            tuple(Option.from_data(option) for option in intruders),
            lang,
            bool(strict),
        )

    def _standards(self) -> tuple[Standard, Standard]:
        """What tells a member, in any of its spellings, and what tells a known intruder."""
        spellings = [text for member in self.members for text in member]
        intruders = [option.text for option in self.intruders]
        return (
            Standard(spellings, intruders, self.lang, self.strict),
            Standard(intruders, spellings, self.lang, self.strict),
        )

    def _reasons(self, known: set[int]) -> Iterator[str]:
        options = (self.intruders[place] for place in sorted(known))
        return (option.reason for option in options if option.reason)

    def _detail(self, named: int, intruders: int) -> Message:
        found = nmsg("{count} of {all} named", "{count} of {all} named", named, all=len(self.members))
        if not intruders:
            return found
        return msg(
            "{found}, {strangers}", found=found, strangers=nmsg("{count} intruder", "{count} intruders", intruders)
        )

    @staticmethod
    def _texts(response: object) -> list[str]:
        if not isinstance(response, list) or not all(isinstance(text, str) for text in response):
            raise ResponseError(msg("answer with a list of texts"))
        if len(response) > MOST:
            raise ResponseError(msg("those are too many: {limit} texts at most", limit=MOST))
        if any(len(text) > LONGEST for text in response):
            raise ResponseError(msg("that is too long: {limit} characters at most", limit=LONGEST))
        return [text for text in response if text.strip()]
