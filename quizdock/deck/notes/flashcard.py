"""`[[flashcard]]`: a front and a back, both ways if wished."""

from collections.abc import Iterator

from quizdock.core.card import Card
from quizdock.core.forms import Recall
from quizdock.core.message import msg
from quizdock.deck.notes.base import (
    NONE_LISTED,
    Note,
    Prose,
    WrongOptions,
    choice_of,
    is_option,
    option_problems,
    too_telling,
)
from quizdock.deck.problems import Problem


class Flashcard(Note):
    """A front and a back: one card, or two with `reverse`; with `wrong` options, exams may ask it as a choice."""

    KEYS = {
        "front": "What is asked.",
        "back": "What is to be recalled.",
        "reverse": "Also ask from back to front.",
    }

    front: Prose
    back: Prose
    reverse: bool = False
    wrong: WrongOptions = NONE_LISTED

    def problems(self) -> Iterator[Problem]:
        """Wrong options that are right, or listed twice."""
        return option_problems([self.back], self.wrong, ("wrong",))

    def warnings(self) -> Iterator[Problem]:
        """A back that gives itself away among its wrong options, or that is too long to be one."""
        if is_option(self.back):
            yield from too_telling(self.back, self.wrong, ("back",))
        elif self.wrong:
            message = msg("is too long for an option, so that exams do not ask it")
            yield Problem(("back",), message, msg("say it on one short line"))

    def cards(self, lang: str) -> Iterator[Card]:
        """Front to back, then back to front."""
        exam = choice_of(self.back, self.wrong) if self.wrong and is_option(self.back) else None
        yield self.card("", self.front, Recall(self.back), exam=exam)
        if self.reverse:
            yield self.card("reverse", self.back, Recall(self.front))
