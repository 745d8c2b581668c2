"""Choice: exactly one of several options is right."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizdock.core.forms.task import Form, Given, Option, Shape, Verdict, arranged_options, as_index


@dataclass(frozen=True, slots=True)
class Choice(Form):
    """The options, exactly one of them right. A response is the index of one of `choices`."""

    form: ClassVar[str] = "choice"
    shape: ClassVar[Shape] = Shape.ONE

    options: tuple[Option, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """The options' texts."""
        return tuple(option.text for option in self.options)

    @property
    def answer(self) -> str:
        """The right option's text."""
        return next(option.text for option in self.options if option.right)

    def mark(self, response: object) -> Verdict:
        """Credit 1 for the right option, 0 for any other."""
        option = self.options[as_index(response, len(self.options))]
        return Verdict(float(option.right), why=option.why)

    def given(self, response: object) -> Given:
        """The chosen option's text."""
        return self.choices[as_index(response, len(self.options))]

    def arranged(self, seed: str) -> Self:
        """The options in the seed's order, but for those that stay last."""
        return type(self)(arranged_options(seed, self.options))

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [option.as_data() for option in self.options]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        return cls(tuple(Option.from_data(option) for option in data))
