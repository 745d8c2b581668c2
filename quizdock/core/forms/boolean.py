"""Boolean: true or false."""

from dataclasses import dataclass
from typing import ClassVar, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Form, Given, Shape, Verdict
from quizdock.core.message import msg


@dataclass(frozen=True, slots=True)
class Boolean(Form):
    """Whether the statement holds. A response is true or false, for which the user interface has its own words."""

    form: ClassVar[str] = "boolean"
    shape: ClassVar[Shape] = Shape.YES_NO

    answer: bool

    def mark(self, response: object) -> Verdict:
        """Credit 1 or 0."""
        return Verdict(float(self._truth(response) == self.answer))

    def given(self, response: object) -> Given:
        """True or false."""
        return self._truth(response)

    def as_data(self) -> bool:
        """Plain JSON data."""
        return self.answer

    @classmethod
    def from_data(cls, data: bool) -> Self:
        """The task that `as_data` wrote."""
        return cls(data)

    @staticmethod
    def _truth(response: object) -> bool:
        if not isinstance(response, bool):
            raise ResponseError(msg("answer true or false"))
        return response
