"""What every form of answer offers, and the values they share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b
from typing import Any, ClassVar, NamedTuple, Protocol, Self, TypeVar

from quizdock.core.errors import ResponseError
from quizdock.core.message import NOTHING, Message, msg

LONGEST = 2000
"""Characters of a typed response that are read; a longer one is refused."""
LONGEST_LINE = 10_000
"""Characters of a line that are read, whatever it lists; a longer one is refused."""


class Ordered(tuple[str, ...]):
    """Texts whose order counts."""

    __slots__ = ()


class Pair(NamedTuple):
    """An entry and its partner."""

    item: str
    partner: str


Given = str | bool | tuple[str, ...] | tuple[Pair, ...] | None
"""A response or a right answer in the learner's terms: a text, true or false, several texts, pairs, or nothing."""


def is_nothing(given: Given) -> bool:
    """Whether a response says no more than that the learner does not know."""
    return given is None or given in ("", ())


class Shape(Enum):
    """What the learner's hand does; the user interface has one prompt a shape."""

    NONE = "none"  # nothing: the learner answers in their head and grades themselves
    ONE = "one"  # picks one of `choices`
    SOME = "some"  # ticks any number of `choices`
    YES_NO = "yes-no"
    LINE = "line"  # types one line
    LIST = "list"  # types several short texts
    ORDER = "order"  # puts all `choices` in order
    MATCH = "match"  # finds one of `choices` for each of `items`
    PATH = "path"  # gives a row of `choices`, some maybe more than once


@dataclass(frozen=True, slots=True)
class Option:
    """A choice on offer: its text, whether it is right, and why not where the deck says so."""

    text: str
    right: bool = False
    why: str = ""
    last: bool = False
    """Whether it stays behind the others however they are arranged: “none of these”."""

    @property
    def reason(self) -> str:
        """Why not, behind the text that it speaks of; empty where the deck does not say."""
        return f"{self.text} — {self.why}" if self.why else ""

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        data = [self.text, int(self.right), self.why, 1]
        return data if self.last else data[:3] if self.why else data[:2]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The option that `as_data` wrote."""
        return cls(data[0], bool(data[1]), data[2] if len(data) > 2 else "", len(data) > 3)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a response was marked: credit 0–1, which leniency let it pass, and why it is wrong.

    `why` is in the deck's words; `detail` says in ours what exactly was missing or refused.
    """

    credit: float
    leniency: Message = NOTHING
    why: str = ""
    detail: Message = NOTHING

    @property
    def right(self) -> bool:
        """Whether nothing was missing."""
        return self.credit == 1.0


class Task(Protocol):
    """One form of answer, holding what is right."""

    form: ClassVar[str]
    shape: ClassVar[Shape]

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts on offer, in the order shown; empty where the learner types or recalls."""

    @property
    def items(self) -> tuple[str, ...]:
        """The entries to be matched with `choices`; empty in all other forms."""

    @property
    def answer(self) -> Given:
        """What is right."""

    def mark(self, response: object) -> Verdict | None:
        """The verdict on a response, None where only the learner can tell. Raises ResponseError if unreadable."""

    def given(self, response: object) -> Given:
        """A response that `mark` accepted, in the learner's terms."""

    def arranged(self, seed: str) -> Self:
        """The same task with its choices in the order that the seed gives, on any machine."""

    def as_data(self) -> Any:
        """Plain JSON data."""

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """The task that `as_data` wrote."""


class Form:
    """What most forms have in common: nothing to match, nothing on offer. Those that offer something say so."""

    __slots__ = ()  # else the slots of the forms would save nothing

    @property
    def items(self) -> tuple[str, ...]:
        """None: nothing is matched."""
        return ()

    @property
    def choices(self) -> tuple[str, ...]:
        """None are on offer."""
        return ()

    def arranged(self, seed: str) -> Self:
        """The same task: without choices there is nothing to arrange."""
        return self


Item = TypeVar("Item")


def seeded_order(seed: str, items: Iterable[Item], name: Callable[[Item], str]) -> list[Item]:
    """The items in an order that depends on the seed and their names alone, the same on any machine for ever."""
    return sorted(items, key=lambda item: blake2b(f"{seed}\n{name(item)}".encode(), digest_size=16).digest())


def arranged_options(seed: str, options: Iterable[Option]) -> tuple[Option, ...]:
    """The options in the seed's order, those that stay last behind them in their own."""
    options = list(options)
    free = seeded_order(seed, (option for option in options if not option.last), lambda option: option.text)
    return (*free, *(option for option in options if option.last))


def as_index(response: object, count: int) -> int:
    """The response as an index into `count` choices; raises ResponseError for anything else."""
    if isinstance(response, bool) or not isinstance(response, int) or not 0 <= response < count:
        raise ResponseError(msg("choose one of the {count} choices", count=count))
    return response


def as_line(response: object, longest: int = LONGEST) -> str:
    """The response without spaces at its ends; raises ResponseError unless it is a text of at most `longest` signs."""
    if not isinstance(response, str):
        raise ResponseError(msg("answer with a text"))
    if len(response) > longest:
        raise ResponseError(msg("that is too long: {limit} characters at most", limit=longest))
    return response.strip()
