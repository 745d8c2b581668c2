"""Order: the steps are to be put right."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Form, Given, Ordered, Shape, Verdict, as_index, seeded_order
from quizdock.core.message import msg


@dataclass(frozen=True, slots=True)
class Order(Form):
    """The steps in their right order, and the order in which they are shown.

    A response lists the indices of all `choices` in the order that the learner gives them; an empty one is
    "I don't know".
    """

    form: ClassVar[str] = "order"
    shape: ClassVar[Shape] = Shape.ORDER

    steps: tuple[str, ...]
    shown: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The steps as they are shown."""
        return self.shown or self.steps

    @property
    def answer(self) -> Ordered:
        """The steps in their right order."""
        return Ordered(self.steps)

    def mark(self, response: object) -> Verdict:
        """Credit = length of the longest row of steps that stand in the right order / steps."""
        places = [self.steps.index(step) for step in self._ordered(response)]
        return Verdict(_longest_rise(places) / len(self.steps))

    def given(self, response: object) -> Given:
        """The steps in the order given."""
        return self._ordered(response)

    def arranged(self, seed: str) -> Self:
        """The steps shown in the seed's order, which is never the right one, unless they are two."""
        shown = tuple(seeded_order(seed, self.steps, str))
        if shown == self.steps and len(shown) > 2:
            shown = (*shown[1:], shown[0])
        return type(self)(self.steps, shown)

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [list(self.steps), list(self.shown)]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        steps, shown = data
        return cls(tuple(steps), tuple(shown))

    def _ordered(self, response: object) -> Ordered:
        count = len(self.steps)
        if not isinstance(response, list):
            raise ResponseError(msg("give a list of choices"))
        indices = [as_index(index, count) for index in response[: count + 1]]
        if indices and (len(indices) != count or len(set(indices)) != count):
            raise ResponseError(msg("name each of the {count} steps once", count=count))
        return Ordered(self.choices[index] for index in indices)


def _longest_rise(places: list[int]) -> int:
    """Length of the longest increasing subsequence, by patience sorting (Fredman 1975)."""
    tops: list[int] = []
    for place in places:
        at = bisect_left(tops, place)
        tops[at : at + 1] = [place]
    return len(tops)
