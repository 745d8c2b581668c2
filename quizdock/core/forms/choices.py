"""Choices: any number of the options, at least one, is right."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Form, Given, Option, Shape, Verdict, arranged_options, as_index
from quizdock.core.message import NOTHING, msg, nmsg


@dataclass(frozen=True, slots=True)
class Choices(Form):
    """The options, at least one of them right. A response is a list of indices into `choices`."""

    form: ClassVar[str] = "choices"
    shape: ClassVar[Shape] = Shape.SOME

    options: tuple[Option, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """The options' texts."""
        return tuple(option.text for option in self.options)

    @property
    def answer(self) -> tuple[str, ...]:
        """The right options' texts."""
        return tuple(option.text for option in self.options if option.right)

    def mark(self, response: object) -> Verdict:
        """Credit = max(0, (right ticks - wrong ticks) / number of right options); one reason a wrong tick."""
        ticked = self._ticked(response)
        right = sum(option.right for option in ticked)
        wrong = len(ticked) - right
        reasons = [option.reason for option in ticked if option.reason and not option.right]
        credit = max(0.0, (right - wrong) / len(self.answer))
        strangers = nmsg("{count} wrong", "{count} wrong", wrong)
        found = msg("{right} of {all} right, {wrong}", right=right, all=len(self.answer), wrong=strangers)
        return Verdict(credit, why="\n".join(reasons), detail=NOTHING if credit == 1.0 else found)

    def given(self, response: object) -> Given:
        """The ticked options' texts."""
        return tuple(option.text for option in self._ticked(response))

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

    def _ticked(self, response: object) -> list[Option]:
        if not isinstance(response, list):
            raise ResponseError(msg("give a list of choices"))
        indices = {as_index(index, len(self.options)) for index in response}
        return [self.options[index] for index in sorted(indices)]
