"""The kinds of note. One kind = one file here + one line in `KINDS`."""

from quizdock.deck.notes.analogy import Analogy
from quizdock.deck.notes.base import Note
from quizdock.deck.notes.cloze import Cloze
from quizdock.deck.notes.flashcard import Flashcard
from quizdock.deck.notes.list import TermList
from quizdock.deck.notes.machine import StateMachine
from quizdock.deck.notes.question import Question
from quizdock.deck.notes.steps import Steps
from quizdock.deck.notes.table import Table

KINDS: dict[str, type[Note]] = {
    "flashcard": Flashcard,
    "cloze": Cloze,
    "question": Question,
    "analogy": Analogy,
    "table": Table,
    "machine": StateMachine,
    "list": TermList,
    "steps": Steps,
}
"""What each kind of note is called in a deck file."""

__all__ = ["KINDS", "Note"]
