"""`[[question]]`: asked as written, marked automatically."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from quizdock.core.card import Card
from quizdock.core.forms import Boolean, Choice, Choices, Option, Task, Text
from quizdock.core.message import msg
from quizdock.core.text import fold
from quizdock.deck.notes.base import MOST_OPTIONS, Note, Prose, WrongOptions, option_problems
from quizdock.deck.phrases import Phrases
from quizdock.deck.problems import Problem

LONGEST_ANSWER = 300


def _is_short(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text.strip()) <= LONGEST_ANSWER and "\n" not in text.strip()


def _readable_answer(value: object) -> object:
    """One text, several, or true or false; anything else is refused here, in one piece."""
    if isinstance(value, bool):
        return value
    texts = value if isinstance(value, list) else [value]
    if not texts or not all(_is_short(text) for text in texts):
        raise PydanticCustomError("answer_type", "unreadable answer")
    stripped = [str(text).strip() for text in texts]
    return stripped if isinstance(value, list) else stripped[0]


Answer = Annotated[str | bool | list[str], BeforeValidator(_readable_answer)]


class Question(Note):
    """One card. `type` says how it is answered: choice, choices, boolean or text."""

    ask: Prose
    type: Literal["choice", "choices", "boolean", "text"]
    answer: Answer
    wrong: WrongOptions = []

    @property
    def answers(self) -> list[str]:
        """The right answers as a list of texts; empty for true or false."""
        if isinstance(self.answer, bool):
            return []
        return self.answer if isinstance(self.answer, list) else [self.answer]

    def problems(self) -> Iterator[Problem]:
        """An answer or options that do not go with the type; contradictions between them."""
        yield from self._answer_problems()
        yield from self._wrong_problems()
        yield from option_problems(self.answers, self.wrong, ("wrong",))

    def cards(self, phrases: Phrases) -> Iterator[Card]:
        """The one card, asked the same way in study and in exams."""
        task = self._task(phrases.lang)
        yield self.card("", self.ask, task, exam=task)

    def _task(self, lang: str) -> Task:
        wrong = tuple(Option(option.text, why=option.why) for option in self.wrong)
        match self.type:
            case "boolean":
                return Boolean(bool(self.answer))
            case "text":
                return Text(tuple(self.answers), wrong, lang)
            case "choices":
                return Choices((*(Option(text, right=True) for text in self.answers), *wrong))
            case "choice":
                return Choice((Option(self.answers[0], right=True), *wrong))

    def _answer_problems(self) -> Iterator[Problem]:
        at = ("answer",)
        is_truth = isinstance(self.answer, bool)
        if self.type == "boolean" and not is_truth:
            yield Problem(at, msg("a boolean question is answered true or false"), msg("without quotes"))
        if self.type != "boolean" and is_truth:
            yield Problem(at, msg("true or false answers only a boolean question"), msg('type = "boolean"'))
        if self.type == "choice" and isinstance(self.answer, list):
            yield Problem(at, msg("a choice has one answer, not a list"), msg('give one text, or type = "choices"'))
        if self.type == "choices" and isinstance(self.answer, str):
            yield Problem(at, msg("choices have a list of answers"), msg('for example ["one", "another"]'))
        if len({fold(text) for text in self.answers}) < len(self.answers) and self.type == "choices":
            yield Problem(at, msg("an answer is listed twice"), msg("remove one of them"))

    def _wrong_problems(self) -> Iterator[Problem]:
        at = ("wrong",)
        if self.type in ("choice", "choices") and not self.wrong:
            yield Problem(at, msg("there are no wrong options"), msg('add wrong = ["…", "…"]'))
        if self.type == "boolean" and self.wrong:
            yield Problem(at, msg("a boolean question takes no wrong options"), msg("remove them"))
        if self.type in ("choice", "choices") and len(self.wrong) + len(self.answers) > MOST_OPTIONS:
            yield Problem(at, msg("there are more than {most} options", most=MOST_OPTIONS))
