"""What all notes share: strict fields, the limits of their texts, and the making of a card."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from quizdock.core.card import Card
from quizdock.core.forms import Choice, Option, Task
from quizdock.core.message import msg
from quizdock.core.text import fold
from quizdock.deck.phrases import Phrases
from quizdock.deck.problems import Path, Problem

Item = TypeVar("Item")

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
ONE_LINE = r"^[^\n]*$"
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=ONE_LINE)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
MaybeProse = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]

MOST_OPTIONS = 20
"""Options on offer in one question, the right ones included."""
MOST_DERIVED_WRONG = 3
"""Wrong options that a derivation puts beside the right one."""


class Strict(BaseModel):
    """A table of the deck language: unknown keys and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WrongOption(Strict):
    """A wrong answer and, where the author says so, why it is wrong."""

    text: Label
    why: MaybeProse = ""


def text_or_table(key: str) -> BeforeValidator:
    """Lets a plain text stand for a table that has only this key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


WrongOptions = Annotated[list[Annotated[WrongOption, text_or_table("text")]], Field(max_length=MOST_OPTIONS - 1)]


class Note(Strict):
    """One authored entry. Its id must stay the same for ever: learners' progress hangs on it."""

    id: Id
    topic: str = ""
    tags: list[Label] = Field(default=[], max_length=20)
    explain: MaybeProse = ""
    hint: MaybeProse = ""
    source: MaybeProse = ""

    def problems(self) -> Iterator[Problem]:
        """What is wrong beyond the types, with paths from this note on."""
        yield from ()

    def cards(self, phrases: Phrases) -> Iterator[Card]:
        """The cards derived from the note, in the order they should be learned."""
        raise NotImplementedError

    def card(self, part: str, prompt: str, study: Task, **more: Any) -> Card:
        """A card of this note; `part` is empty for a note's only or first one."""
        fields: dict[str, Any] = {
            "explain": self.explain,
            "hint": self.hint,
            "source": self.source,
            "tags": tuple(self.tags),
        }
        name = f"{self.id}#{part}" if part else self.id
        return Card(name=name, topic=self.topic, prompt=prompt, study=study, **{**fields, **more})


def choice_of(right: str, wrong: Iterable[WrongOption]) -> Choice | None:
    """A choice between the right text and the wrong ones, None if there is no wrong one."""
    options = [Option(option.text, why=option.why) for option in wrong]
    return Choice((Option(right, right=True), *options)) if options else None


def others(right: str, pool: Iterable[str]) -> list[WrongOption]:
    """The first few texts of the pool that differ from the right one and from each other once folded."""
    distinct = {fold(right): right}
    for text in pool:
        if len(distinct) > MOST_DERIVED_WRONG:
            break
        if text:
            distinct.setdefault(fold(text), text)
    return [WrongOption.model_construct(text=text) for text in list(distinct.values())[1:]]


def after(at: int, items: Sequence[Item]) -> list[Item]:
    """The other items, from the one behind the place `at` round to the one before it: each gets other neighbours."""
    return [*items[at + 1 :], *items[:at]]


def option_problems(right: Iterable[str], wrong: Iterable[WrongOption], path: Path) -> Iterator[Problem]:
    """Wrong options that are listed right, or twice."""
    answers = {fold(text) for text in right}
    seen: set[str] = set()
    for index, option in enumerate(wrong):
        folded = fold(option.text)
        if folded in answers:
            yield Problem(
                (*path, index),
                msg("“{text}” is the answer and also listed wrong", text=option.text),
                msg("remove it from one of the two"),
            )
        elif folded in seen:
            yield Problem((*path, index), msg("“{text}” is listed twice", text=option.text), msg("remove one of them"))
        seen.add(folded)


def duplicates(names: Iterable[str], path: Path, key: str, same: Callable[[str], str] = str) -> Iterator[Problem]:
    """Names used twice in a list of tables at `path`; those are one name that `same` makes equal."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if same(name) in seen:
            yield Problem((*path, index, key), msg("“{name}” is used twice", name=name), msg("give each one its own"))
        seen.add(same(name))
