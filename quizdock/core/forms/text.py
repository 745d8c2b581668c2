"""Text: the learner types a short text, marked with stated leniency."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizdock.core.forms.task import Form, Given, Option, Shape, Verdict, as_line
from quizdock.core.leniency import Standard


@dataclass(frozen=True, slots=True)
class Text(Form):
    """The accepted texts (the first is shown), the known wrong ones, and the language that governs folding."""

    form: ClassVar[str] = "text"
    shape: ClassVar[Shape] = Shape.LINE

    accepted: tuple[str, ...]
    wrong: tuple[Option, ...] = ()
    lang: str = ""
    strict: bool = False

    @property
    def answer(self) -> str:
        """The text to show."""
        return self.accepted[0]

    def mark(self, response: object) -> Verdict:
        """Credit 1 or 0.

        What is forgiven (see `Standard`) is said; a response that is one of the known wrong answers never is.
        """
        typed = as_line(response)
        wrong = [option.text for option in self.wrong]
        right = Standard(self.accepted, wrong, self.lang, self.strict).accept(typed)
        if right:
            return Verdict(1.0, right.leniency)
        known = Standard(wrong, self.accepted, self.lang, self.strict).accept(typed)
        return Verdict(0.0, why=self.wrong[known.place].why if known else "")

    def given(self, response: object) -> Given:
        """The typed text."""
        return as_line(response)

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [list(self.accepted), [option.as_data() for option in self.wrong], self.lang, int(self.strict)]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        accepted, wrong, lang, strict = data
        return cls(tuple(accepted), tuple(Option.from_data(option) for option in wrong), lang, bool(strict))
