"""What tests of the interface share: English, and the values that a session hands to an asker."""

from collections.abc import Callable
from typing import Any

import pytest

from quizdock.core.card import Card
from quizdock.core.dialogue import Marked, Question, Sitting
from quizdock.core.forms import Given, Task, Verdict
from quizdock.core.grading import Proposal
from quizdock.core.message import msg
from quizdock.ui.translations import activate

INTERVALS = {0: 1, 1: 1, 2: 1, 3: 6, 4: 40, 5: 400}
REASONS = (msg("no answer"), msg("wrong"), msg("at least half right"), msg("right, with a hint"), msg("right"))


@pytest.fixture(autouse=True)
def english(neutral_environment: None) -> None:
    activate("en")


@pytest.fixture
def question() -> Callable[..., Question]:
    """Makes the second of three questions of a deck; keys of cards and of questions may be given.

    `hints` are the card's, `shown` is how many of them are shown.
    """

    def make(task: Task, **keys: Any) -> Question:
        status = {key: keys.pop(key) for key in ("new", "drill", "seconds", "seconds_left") if key in keys}
        shown = keys.pop("shown", 0)
        fields: dict[str, Any] = {"prompt": "Title\nAsk?", **keys}
        card = Card(name="note", topic="t", study=task, **fields)
        return Question("deck/note", card, task, "The deck", "The topic", left=2, of=3, hints=shown, **status)

    return make


@pytest.fixture
def marked(question: Callable[..., Question]) -> Callable[..., Marked]:
    """Makes a question that was answered, with this grade proposed."""

    def make(task: Task, given: Given, verdict: Verdict | None, grade: int | None, **keys: Any) -> Marked:
        proposed = None if grade is None else Proposal(grade, REASONS[grade])
        return Marked(question(task, **keys), given, verdict, proposed, INTERVALS)

    return make


@pytest.fixture
def sitting() -> Sitting:
    """An exam of two questions, on 23 November 2026."""
    return Sitting("alice", 739_943, attempt=7, seed=42, questions=2, asked_for=2, pass_percent=70)
