"""Papers for a class without computers: variants of one exam, with the same questions in other orders."""

from collections.abc import Mapping
from typing import NamedTuple

from quizdock.core import paper
from quizdock.core.dialogue import Question
from quizdock.core.marking import Rules
from quizdock.sessions.papers import Wishes, asked, draw
from quizdock.store import Store

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Sheet(NamedTuple):
    """One variant; `decks` are titles by ids."""

    letter: str
    seed: int
    decks: Mapping[str, str]
    rules: Rules
    questions: tuple[Question, ...]


def variants(store: Store, wishes: Wishes, count: int) -> list[Sheet]:
    """So many variants of the paper that the seed draws. The first is the paper itself; each has a seed of its own.

    Raises QuizDockError as drawing does.
    """
    drawn = draw(store, wishes)
    numbers = [store.catalogue.find(each.id) for each in drawn.paper]
    rows = [store.catalogue.card(number) for number in numbers if number is not None]
    sheets = []
    for place, letter in enumerate(LETTERS[:count]):
        seed = wishes.seed + place
        ordered = paper.in_turns(rows, lambda row: row.id, seed) if place else rows
        questions = []
        for at, row in enumerate(ordered):
            card = asked(row, seed).decoded
            task = card.exam or card.study
            left = len(ordered) - at
            questions.append(Question(row.id, card, task, row.deck, row.topic or row.deck, left, len(ordered)))
        sheets.append(Sheet(letter, seed, drawn.decks, drawn.rules, tuple(questions)))
    return sheets
