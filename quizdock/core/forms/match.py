"""Match: each entry has its partner among the choices."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Given, Option, Pair, Shape, Verdict, as_index, seeded_order
from quizdock.core.message import msg


@dataclass(frozen=True, slots=True)
class Match:
    """Entries with their partners, and `extra` partners of none, with the reason why.

    A response is one index into `choices` for each of `items`, or an empty list for "I don't know".
    """

    form: ClassVar[str] = "match"
    shape: ClassVar[Shape] = Shape.MATCH

    pairs: tuple[Pair, ...]
    extra: tuple[Option, ...] = ()
    shown: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """The entries, each to be given a partner."""
        return tuple(pair.item for pair in self.pairs)

    @property
    def choices(self) -> tuple[str, ...]:
        """The partners, each once, in the order shown."""
        partners = (*(pair.partner for pair in self.pairs), *(option.text for option in self.extra))
        return self.shown or tuple(dict.fromkeys(partners))

    @property
    def answer(self) -> tuple[Pair, ...]:
        """Every entry with its partner."""
        return self.pairs

    def mark(self, response: object) -> Verdict:
        """Credit = entries with their right partner / entries; one reason for each partner of none that was given."""
        given = self._chosen(response)
        right = sum(pair == wanted for pair, wanted in zip(given, self.pairs, strict=False))
        chosen = {pair.partner for pair in given}
        reasons = [option.reason for option in self.extra if option.reason and option.text in chosen]
        return Verdict(right / len(self.pairs), why="\n".join(reasons))

    def given(self, response: object) -> Given:
        """Every entry with the partner it was given."""
        return self._chosen(response)

    def arranged(self, seed: str) -> Self:
        """The partners in the seed's order."""
        return type(self)(self.pairs, self.extra, tuple(seeded_order(seed, self.choices, str)))

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [[list(pair) for pair in self.pairs], [option.as_data() for option in self.extra], list(self.shown)]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        pairs, extra, shown = data
        return cls(tuple(Pair(*pair) for pair in pairs), tuple(map(Option.from_data, extra)), tuple(shown))

    def _chosen(self, response: object) -> tuple[Pair, ...]:
        if not isinstance(response, list) or len(response) not in (0, len(self.pairs)):
            raise ResponseError(msg("give one choice for each of the {count} entries", count=len(self.pairs)))
        partners = (self.choices[as_index(index, len(self.choices))] for index in response)
        return tuple(Pair(item, partner) for item, partner in zip(self.items, partners, strict=False))
