"""`[[flashcard]]`: a front and a back, both ways if wished."""

from collections.abc import Iterator

from quizdock.core.card import Card
from quizdock.core.forms import Recall
from quizdock.deck.notes.base import Note, Prose, WrongOptions, choice_of, option_problems
from quizdock.deck.phrases import Phrases
from quizdock.deck.problems import Problem


class Flashcard(Note):
    """One card, or two with `reverse`; with `wrong` options, exams may ask it as a choice."""

    front: Prose
    back: Prose
    reverse: bool = False
    wrong: WrongOptions = []

    def problems(self) -> Iterator[Problem]:
        """Wrong options that are right, or listed twice."""
        return option_problems([self.back], self.wrong, ("wrong",))

    def cards(self, phrases: Phrases) -> Iterator[Card]:
        """Front to back, then back to front."""
        yield self.card("", self.front, Recall(self.back), exam=choice_of(self.back, self.wrong))
        if self.reverse:
            yield self.card("reverse", self.back, Recall(self.front))
