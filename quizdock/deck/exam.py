"""`[deck.exam]`: a deck's blueprint, as its author writes it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from quizdock.core.blueprint import QUESTIONS, Blueprint, Difficulty, Part
from quizdock.core.card import Card
from quizdock.core.message import msg
from quizdock.core.paper import Candidate, shortages
from quizdock.deck.notes.base import Reference, Strict
from quizdock.deck.problems import Path, Problem

MOST_QUESTIONS = 1000
"""Questions of a paper."""
Examined = Literal["choice", "choices", "boolean", "text", "number", "command", "list", "match", "order", "path"]
Forms = Annotated[list[Examined], Field(max_length=20)]


class PartEntry(Strict):
    """`[[deck.exam.part]]`: so many of an exam's questions are on this."""

    KEYS: ClassVar[Mapping[str, str]] = {
        "topic": "Questions on this topic.",
        "difficulty": "Questions of this difficulty.",
        "forms": "Questions that are answered in one of these forms.",
        "count": "How many, on a paper of `questions`.",
        "share": "Or how many of a hundred.",
    }

    topic: Reference = ""
    difficulty: Difficulty | None = None
    forms: Forms = []
    count: Annotated[int, Field(ge=1, le=MOST_QUESTIONS)] | None = None
    share: Annotated[float, Field(gt=0, le=100)] | None = None


class Exam(Strict):
    """`[deck.exam]`: what a paper drawn from the deck is like."""

    KEYS: ClassVar[Mapping[str, str]] = {
        "questions": "How many questions a paper has.",
        "minutes": "The time limit.",
        "pass": "The pass mark in percent.",
        "forms": "The forms of answer that are allowed; without it, all that can be marked.",
        "part": "So many questions on this and on that; the rest is drawn evenly over the topics.",
    }

    questions: Annotated[int, Field(ge=1, le=MOST_QUESTIONS)] | None = None
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    pass_percent: Annotated[float, Field(ge=0, le=100)] | None = Field(default=None, alias="pass")
    forms: Forms = []
    part: list[PartEntry] = Field(default=[], max_length=100)

    @property
    def blueprint(self) -> Blueprint:
        """The same as a value."""
        parts = (
            Part(part.topic, part.difficulty or "", tuple(part.forms), part.count, part.share) for part in self.part
        )
        return Blueprint(self.questions, self.minutes, self.pass_percent, tuple(self.forms), tuple(parts))


_PARTS: Path = ("deck", "exam", "part")


def exam_problems(exam: Exam, known: Callable[[str, Path], Iterator[Problem]]) -> Iterator[Problem]:
    """Parts of the blueprint that contradict themselves or each other.

    `known` yields a problem for a topic that is not there.
    """
    for index, part in enumerate(exam.part):
        if part.topic:
            yield from known(part.topic, (*_PARTS, index, "topic"))
        if (part.count is None) == (part.share is None):
            yield Problem((*_PARTS, index), msg("says neither or both of count and share"), msg("write one of them"))
    if sum(exam.blueprint.weights) > 1 + 1e-9:
        yield Problem(
            _PARTS,
            msg("the parts ask for more than the whole paper"),
            msg("{n} questions, or 100 %, is all there is", n=exam.questions or QUESTIONS),
        )


def shortage_problems(blueprint: Blueprint, deck: str, cards: Sequence[Card]) -> Iterator[Problem]:
    """Parts for which the deck has too few cards."""
    if not blueprint.parts:
        return
    candidates = [
        Candidate(0, deck, card.topic, card.name, card.siblings, card.exam.form, card.difficulty)
        for card in cards
        if card.exam is not None
    ]
    for shortage in shortages(candidates, deck, blueprint, blueprint.questions or QUESTIONS):
        yield Problem((*_PARTS, shortage.place), shortage.message, msg("add such questions, or ask for fewer"))
