"""What tests of the interface share: English, and the values that a session hands to an asker."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from quizdock.core.calibration import calibration
from quizdock.core.card import Card
from quizdock.core.dialogue import Marked, Question
from quizdock.core.exam_dialogue import Assessed, Item, Record, Sitting
from quizdock.core.forms import Given, Task, Verdict, response_for
from quizdock.core.grading import Proposal
from quizdock.core.marking import Mark, Place, Rules, result
from quizdock.core.message import msg
from quizdock.core.sitting import Answer
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
def sitting() -> Callable[..., Sitting]:
    """Makes an exam of two questions, on 23 November 2026; rules and other fields may be given."""

    def make(*, rules: Rules | None = None, **keys: Any) -> Sitting:
        fields = {"attempt": 7, "seed": 42, "decks": ("The deck",), "questions": 2, "asked_for": 2, **keys}
        return Sitting("alice", 739_943, rules=rules or Rules(), **fields)

    return make


@pytest.fixture
def item(question: Callable[..., Question]) -> Callable[..., Item]:
    """Makes the second of three questions of an exam; what was answered before is `given`, in the form's texts."""

    def make(task: Task, *, rules: Rules | None = None, given: Given = None, **keys: Any) -> Item:
        status = {key: keys.pop(key) for key in ("flagged", "tries", "hints") if key in keys}
        answer = Answer(**status)
        response = None
        if given is not None:
            stored = json.loads(json.dumps(given))
            answer = answer._replace(given=stored, credit=0.0)
            response = response_for(task, stored)
        if "card_hints" in keys:
            keys["hints"] = keys.pop("card_hints")
        asked = question(task, **keys)
        return Item(asked, answer, rules or Rules(), response, given, answered=1)

    return make


@pytest.fixture
def assessed(question: Callable[..., Question]) -> Callable[..., Assessed]:
    """Makes a question of an exam that was answered so (None: not at all), with its mark."""

    def make(
        task: Task, response: object = None, *, rules: Rules | None = None, certainty: Any = None, **keys: Any
    ) -> Assessed:
        place = keys.pop("place", Place("deck", "t", "The topic"))
        status = {key: keys.pop(key) for key in ("tries", "hints", "earned", "flagged") if key in keys}
        asked, rules = question(task, **keys), rules or Rules()
        if response is None:
            return Assessed(asked, Answer(**status), None, None, Mark(place, None), rules)
        verdict, given = task.mark(response), task.given(response)
        assert verdict is not None
        answer = Answer(given, verdict.credit, certainty, **{"tries": 1, **status})
        credit = answer.earned if rules.mode == "practice" else verdict.credit
        return Assessed(asked, answer, given, verdict, Mark(place, credit, certainty), rules)

    return make


@pytest.fixture
def record() -> Callable[..., Record]:
    """Makes a finished attempt of these questions."""

    def make(*questions: Assessed, rules: Rules | None = None, **keys: Any) -> Record:
        rules = rules or Rules()
        marks = [each.mark for each in questions]
        fields: dict[str, Any] = {"decks": {"deck": "The deck"}, "learner": "alice", "seed": 42, **keys}
        return Record(
            attempt=7,
            day=739_943,
            started=0,
            finished=65_000,
            rules=rules,
            questions=questions,
            result=result(marks, rules),
            calibration=calibration(marks) if rules.certainty else None,
            **fields,
        )

    return make
