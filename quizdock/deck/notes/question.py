"""`[[question]]`: asked as written, marked automatically."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Annotated, ClassVar, Literal, TypeGuard

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError, PydanticKnownError

from quizdock.core.card import Card
from quizdock.core.errors import ResponseError, unknown_name
from quizdock.core.forms import Boolean, Choice, Choices, Command, Match, Number, Option, Order, Pair, Task, Text
from quizdock.core.forms.command import Part, parts
from quizdock.core.forms.number import MOST_DIGITS
from quizdock.core.message import msg
from quizdock.core.text import fold, without_accents
from quizdock.deck.notes.base import (
    MOST_OPTIONS,
    NONE_LISTED,
    Label,
    Note,
    Prose,
    Strict,
    WrongOptions,
    also_wrong,
    duplicates,
    listed_twice,
    option_problems,
    too_telling,
)
from quizdock.deck.problems import Path, Problem

LONGEST_ANSWER = 300
LONG_TYPED_ANSWER = 120
"""Characters beyond which a typed answer asks too much; a derived card's does so sooner, see LONG_TO_TYPE."""
MOST_ANSWERS = 100
"""Answers of a question: every one is compared with what is typed."""
MOST_STEPS = 12
OPTION = r"""--?[^-=\s'"\\][^=\s'"\\]*"""
"""An option as a shell hands it on, without its value."""

Kind = Literal["choice", "choices", "boolean", "text", "number", "command", "match", "order"]
OWN_KEYS: dict[str, tuple[str, ...]] = {
    "strict": ("text",),
    "tolerance": ("number",),
    "unit": ("number",),
    "valued": ("command",),
    "pairs": ("match",),
    "last": ("choice", "choices"),
}
"""Keys that only some types take."""


def _is_short(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text.strip()) <= LONGEST_ANSWER and "\n" not in text.strip()


def _is_figure(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _written(figure: float) -> str:
    """The number as a text. Python writes no decimals of a huge one: its hexadecimals are too many as well."""
    return hex(figure) if isinstance(figure, int) and figure.bit_length() > 4 * LONGEST_ANSWER else repr(figure)


def _readable_answer(value: object) -> object:
    """One text, several, true or false, or a number as a text; anything else is refused here, in one piece."""
    if isinstance(value, bool):
        return value
    if _is_figure(value):
        return _written(value)
    texts = value if isinstance(value, list) else [value]
    if len(texts) > MOST_ANSWERS:
        raise PydanticKnownError("too_long", {"field_type": "List", "max_length": MOST_ANSWERS, "actual_length": None})
    if not texts or not all(_is_short(text) for text in texts):
        raise PydanticCustomError("answer_type", "unreadable answer")
    stripped = [str(text).strip() for text in texts]
    return stripped if isinstance(value, list) else stripped[0]


Answer = Annotated[str | bool | Annotated[list[str], Field(max_length=MOST_ANSWERS)], BeforeValidator(_readable_answer)]
Tolerance = Annotated[str, BeforeValidator(lambda value: _written(value) if _is_figure(value) else value)]
Units = Annotated[
    list[Label],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    Field(min_length=1, max_length=20),
]
Texts = Annotated[
    list[Label],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    Field(max_length=MOST_OPTIONS),
]
ValuedOption = Annotated[Label, Field(json_schema_extra={"pattern": rf"^\s*{OPTION}\s*$"})]


class PairEntry(Strict):
    """An entry and the partner that belongs to it."""

    KEYS = {
        "item": "An entry.",
        "partner": "What belongs to it.",
    }

    item: Label
    partner: Label


class Question(Note):
    """A question that is marked automatically: one card. `type` says how it is answered."""

    KEYS = {
        "ask": "The question.",
        "type": "How it is answered.",
        "answer": "What is right.",
        "tolerance": "How far off is still right: 0.5, or “5 %” of the answer.",
        "unit": "Units that are accepted after the number; the first is shown.",
        "valued": "Options that take a value, such as -p or --name.",
        "pairs": "Entries and their partners.",
        "last": "Options that stay behind the others however these are arranged: “None of these”.",
    }

    ask: Prose
    type: Kind
    answer: Answer | None = None
    wrong: WrongOptions = NONE_LISTED
    strict: bool = False
    tolerance: Tolerance = "0"
    unit: Units = NONE_LISTED
    valued: Annotated[list[ValuedOption], Field(max_length=50)] = NONE_LISTED
    pairs: Annotated[list[PairEntry], Field(max_length=MOST_STEPS)] = NONE_LISTED
    last: Texts = NONE_LISTED

    @property
    def answers(self) -> list[str]:
        """The right answers as a list of texts; empty for true or false."""
        if self.answer is None or isinstance(self.answer, bool):
            return []
        return self.answer if isinstance(self.answer, list) else [self.answer]

    def problems(self) -> Iterator[Problem]:
        """An answer, options or keys that do not go with the type; contradictions between them."""
        yield from self._key_problems()
        if self.type == "match":
            yield from self._pair_problems()
            return
        if self.answer is None:
            yield Problem(("answer",), msg("is missing"), msg("add it"))
            return
        if any(len(text) > LONGEST_ANSWER for text in self.answers):  # texts were measured when they were read
            most = MOST_DIGITS if self.type == "number" else LONGEST_ANSWER
            yield Problem(("answer",), msg("a number is too long"), msg("{most} digits at most", most=most))
            return
        yield from self._answer_problems()
        yield from self._last_problems()
        yield from self._wrong_problems()
        yield from self._PROBLEMS.get(self.type, Question._option_problems)(self)

    def warnings(self) -> Iterator[Problem]:
        """Answers that tell themselves, are long to type, or are listed twice."""
        if self.type == "choice":
            yield from too_telling(self.answers[0], self.wrong, ("answer",))
        if self.type in ("text", "command"):
            seen: set[str | tuple[Part, ...]] = set()
            for text in self.answers:
                same = without_accents(fold(text)) if self.type == "text" else self._command(text)
                if same in seen:
                    yield Problem(("answer",), msg("“{text}” is accepted already", text=text), msg("leave it out"))
                seen.add(same)
            if len(self.answers[0]) > LONG_TYPED_ANSWER:
                yield Problem(("answer",), msg("is long to type"), msg("ask for less, or offer choices"))

    def cards(self, lang: str) -> Iterator[Card]:
        """The one card, asked the same way in study and in exams."""
        task = self._task(lang)
        yield self.card("", self.ask, task, exam=task)

    def _task(self, lang: str) -> Task:
        wrong = tuple(Option(option.text, why=option.why) for option in self.wrong)
        right = (Option(text, right=True) for text in self.answers)
        match self.type:
            case "boolean":
                return Boolean(bool(self.answer))
            case "text":
                return Text(tuple(self.answers), wrong, lang, self.strict)
            case "choices":
                return Choices(self._with_last((*right, *wrong)))
            case "choice":
                return Choice(self._with_last((*right, *wrong)))
            case "number":
                tolerance, relative = self._margin()
                return Number(self.answers[0], str(tolerance), relative, tuple(self.unit), lang)
            case "command":
                return Command(tuple(self.answers), wrong, tuple(self.valued))
            case "order":
                return Order(tuple(self.answers))
            case "match":
                pairs = tuple(Pair(pair.item, pair.partner) for pair in self.pairs)
                return Match(pairs, wrong)

    def _with_last(self, options: tuple[Option, ...]) -> tuple[Option, ...]:
        """The options with those that stay last at the end, in the order in which `last` names them."""
        free = (option for option in options if option.text not in self.last)
        named = {option.text: replace(option, last=True) for option in options}
        return (*free, *(named[text] for text in self.last))

    def _margin(self) -> tuple[Decimal, bool]:
        """The tolerance, and whether it is a share of the answer. Raises ValueError for what is neither."""
        text = self.tolerance.strip()
        relative = text.endswith("%")
        margin = _figure(text.removesuffix("%"))
        if margin < 0 or (relative and margin > 100):
            raise ValueError(text)
        return (margin / 100 if relative else margin), relative

    def _key_problems(self) -> Iterator[Problem]:
        for key, types in OWN_KEYS.items():
            if key in self.model_fields_set and self.type not in types:
                yield Problem((key,), msg('goes with type = "{type}" only', type=types[0]), msg("remove it"))
        if self.type == "match" and self.answer is not None:
            yield Problem(
                ("answer",), msg("a match has pairs, not an answer"), msg('pairs = [{{ item = "…", partner = "…" }}]')
            )

    def _answer_problems(self) -> Iterator[Problem]:
        at = ("answer",)
        is_truth = isinstance(self.answer, bool)
        if self.type == "boolean" and not is_truth:
            yield Problem(at, msg("a boolean question is answered true or false"), msg("without quotes"))
        if self.type != "boolean" and is_truth:
            yield Problem(at, msg("true or false answers only a boolean question"), msg('type = "boolean"'))
        if self.type in ("choice", "number") and isinstance(self.answer, list):
            yield Problem(at, msg("a {type} has one answer, not a list", type=self.type), _ONE_ANSWER[self.type])
        if self.type in ("choices", "order") and isinstance(self.answer, str):
            yield Problem(
                at,
                msg('type = "{type}" has a list of answers', type=self.type),
                msg('for example ["one", "another"]'),
            )
        if len({fold(text) for text in self.answers}) < len(self.answers) and self.type in ("choices", "order"):
            yield Problem(at, msg("an answer is listed twice"), msg("remove one of them"))

    def _last_problems(self) -> Iterator[Problem]:
        offered = [*self.answers, *(option.text for option in self.wrong)]
        for index, text in enumerate(self.last):
            if text not in offered:
                error = unknown_name(msg("there is no option “{name}”", name=text), text, offered)
                yield Problem(("last", index), error.message, error.hint)
            elif text in self.last[:index]:
                yield listed_twice(("last", index), text)

    def _wrong_problems(self) -> Iterator[Problem]:
        at = ("wrong",)
        if self.type in ("choice", "choices") and not self.wrong:
            yield Problem(at, msg("there are no wrong options"), msg('add wrong = ["…", "…"]'))
        if self.type in ("boolean", "number", "order") and self.wrong:
            yield Problem(at, msg("a {type} question takes no wrong options", type=self.type), msg("remove them"))
        if self.type in ("choice", "choices") and len(self.wrong) + len(self.answers) > MOST_OPTIONS:
            yield Problem(at, msg("there are more than {most} options", most=MOST_OPTIONS))

    def _option_problems(self) -> Iterator[Problem]:
        return option_problems(self.answers, self.wrong, ("wrong",))

    def _number_problems(self) -> Iterator[Problem]:
        try:
            _figure("".join(self.answers[:1]))
        except ValueError:
            yield Problem(
                ("answer",),
                msg("is not a number"),
                msg("for example 64, 3.5 or -2, of {most} digits at most", most=MOST_DIGITS),
            )
        else:
            yield from self._unit_problems()
        try:
            self._margin()
        except ValueError:
            yield Problem(
                ("tolerance",),
                msg("is neither a number of 0 or more nor a percentage"),
                msg('for example 0.5, or "5 %"'),
            )

    def _unit_problems(self) -> Iterator[Problem]:
        """Units that make the answer unreadable, or another one, when it is typed as it is shown."""
        for unit in self.unit:
            task = Number(self.answers[0], units=(unit,))
            try:
                reads = task.mark(task.answer).right
            except ResponseError:
                reads = False
            if not reads:
                yield Problem(
                    ("unit",),
                    msg("the answer cannot be typed with the unit “{unit}” behind it", unit=unit),
                    msg("begin it with a letter, or a sign such as %"),
                )

    def _command_problems(self) -> Iterator[Problem]:
        for index, name in enumerate(self.valued):
            if not re.fullmatch(OPTION, name):
                yield Problem(
                    ("valued", index), msg("is not the name of an option"), msg("for example -p or --name, no more")
                )
        single = isinstance(self.answer, str)
        right: set[tuple[Part, ...]] = set()
        answers: list[tuple[Path, str]] = [
            (("answer",) if single else ("answer", index), text) for index, text in enumerate(self.answers)
        ]
        wrong: list[tuple[Path, str]] = [(("wrong", index), option.text) for index, option in enumerate(self.wrong)]
        for path, text in [*answers, *wrong]:
            try:
                command = self._command(text)
            except ValueError:
                yield Problem(path, msg("a quote is not closed, or a \\ ends the line"), msg("write it as in a shell"))
                continue
            if path[0] == "answer":
                right.add(command)
            elif command in right:
                yield also_wrong(path, text)

    def _command(self, text: str) -> tuple[Part, ...]:
        """What marking compares of a command line. Raises ValueError for a quote that is not closed."""
        return tuple(parts(text, self.valued))

    def _order_problems(self) -> Iterator[Problem]:
        if not 2 <= len(self.answers) <= MOST_STEPS:
            yield Problem(("answer",), msg("an order has 2 to {most} steps", most=MOST_STEPS))

    def _pair_problems(self) -> Iterator[Problem]:
        if len(self.pairs) < 2:
            yield Problem(
                ("pairs",), msg("a match has two pairs at least"), msg('pairs = [{{ item = "…", partner = "…" }}]')
            )
        yield from duplicates((pair.item for pair in self.pairs), ("pairs",), "item", same=fold)
        spelt: dict[str, str] = {}
        for index, pair in enumerate(self.pairs):
            first = spelt.setdefault(fold(pair.partner), pair.partner)
            if first != pair.partner:
                yield Problem(
                    ("pairs", index, "partner"),
                    msg("“{text}” and “{other}” cannot be told apart", text=pair.partner, other=first),
                    msg("spell them alike if they are one, or else make them differ"),
                )
        yield from option_problems((pair.partner for pair in self.pairs), self.wrong, ("wrong",))

    _PROBLEMS: ClassVar[dict[str, Callable[["Question"], Iterator[Problem]]]] = {
        "number": _number_problems,
        "command": _command_problems,
        "order": _order_problems,
    }


_ONE_ANSWER = {
    "choice": msg('give one text, or type = "choices"'),
    "number": msg("give one number, and a tolerance if others are right too"),
}


def _figure(text: str) -> Decimal:
    """A plain decimal number. Raises ValueError for anything else, and for one that is too long."""
    try:
        figure = Decimal(text.strip())
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not figure.is_finite() or len(text.strip()) > MOST_DIGITS or "e" in text.lower() or "_" in text:
        raise ValueError(text)
    return figure
