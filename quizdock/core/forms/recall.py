"""Recall: the learner answers in their head, sees the answer and grades themselves."""

from dataclasses import dataclass
from typing import ClassVar, Self

from quizdock.core.forms.task import Form, Given, Shape, Verdict


@dataclass(frozen=True, slots=True)
class Recall(Form):
    """The answer to recall."""

    form: ClassVar[str] = "recall"
    shape: ClassVar[Shape] = Shape.NONE

    answer: str

    def mark(self, response: object) -> Verdict | None:
        """No verdict."""
        return None

    def given(self, response: object) -> Given:
        """Nothing that could be shown."""
        return None

    def as_data(self) -> str:
        """Plain JSON data."""
        return self.answer

    @classmethod
    def from_data(cls, data: str) -> Self:
        """The task that `as_data` wrote."""
        return cls(data)
