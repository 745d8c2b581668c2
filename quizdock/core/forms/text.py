"""Text: the learner types a short text, marked with stated leniency."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizdock.core.errors import ResponseError
from quizdock.core.forms.task import Given, Option, Shape, Verdict
from quizdock.core.message import Message, msg
from quizdock.core.text import fold, without_accents, without_article

LONGEST = 2000
"""Characters of a typed response that are read; a longer one is refused."""


@dataclass(frozen=True, slots=True)
class Text:
    """The accepted texts (the first is shown), the known wrong ones, and the language that governs folding."""

    form: ClassVar[str] = "text"
    shape: ClassVar[Shape] = Shape.LINE

    accepted: tuple[str, ...]
    wrong: tuple[Option, ...] = ()
    lang: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """None are on offer."""
        return ()

    @property
    def answer(self) -> str:
        """The text to show."""
        return self.accepted[0]

    def mark(self, response: object) -> Verdict:
        """Credit 1 or 0.

        Case, spaces and typography never matter. Accents, then a leading article, are forgiven and said so,
        but never for a response that is one of the known wrong answers.
        """
        typed = fold(self._line(response))
        if typed in {fold(text) for text in self.accepted}:
            return Verdict(1.0)
        for option in self.wrong:
            if typed == fold(option.text):
                return Verdict(0.0, why=option.why)
        leniency = self._leniency(typed)
        return Verdict(1.0, leniency) if leniency else Verdict(0.0)

    def given(self, response: object) -> Given:
        """The typed text."""
        return self._line(response).strip()

    def arranged(self, seed: str) -> Self:
        """The same task."""
        return self

    def as_data(self) -> list[Any]:
        """Plain JSON data."""
        return [list(self.accepted), [option.as_data() for option in self.wrong], self.lang]

    @classmethod
    def from_data(cls, data: list[Any]) -> Self:
        """The task that `as_data` wrote."""
        accepted, wrong, lang = data
        return cls(tuple(accepted), tuple(Option.from_data(option) for option in wrong), lang)

    def _leniency(self, typed: str) -> Message | None:
        accepted = [fold(text) for text in self.accepted]
        bare = without_accents(typed)
        if bare in map(without_accents, accepted):
            return msg("accents were not counted")
        if not typed:
            return None
        if without_article(typed, self.lang) in (without_article(text, self.lang) for text in accepted):
            return msg("the article was not counted")
        short = [without_article(without_accents(text), self.lang) for text in accepted]
        if without_article(bare, self.lang) in short:
            return msg("neither accents nor the article were counted")
        return None

    @staticmethod
    def _line(response: object) -> str:
        if not isinstance(response, str):
            raise ResponseError(msg("answer with a text"))
        if len(response) > LONGEST:
            raise ResponseError(msg("that is too long: {limit} characters at most", limit=LONGEST))
        return response
