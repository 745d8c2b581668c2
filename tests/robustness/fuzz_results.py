"""Reads mutated result files: `python -m tests.robustness.fuzz_results --minutes 5 [--inputs N] [--seed N]`.

Every file must give a QuizDockError or attempts; those that are believed can be stored, read back as they were, shown
and counted, and what is written of them is believed again. See fuzzing.
"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from typing import Any

from quizdock.core import marking, result_file
from quizdock.core.card import Card, content_hash, encode
from quizdock.core.cleaning import json_text
from quizdock.core.errors import QuizDockError
from quizdock.core.marking import Certainty, Mark, Place, Rules
from quizdock.core.paper import Asked
from quizdock.core.result_file import Attempt, Results
from quizdock.core.sitting import Event, Kind
from quizdock.sessions.records import record_of
from quizdock.sessions.results import counted
from quizdock.store import Store, open_store
from quizdock.ui.exam_lines import mistake_data
from tests.robustness.fuzz_lines import DEPTHS, TASKS

HERE = "here"
"""The device of the store that collects."""
VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2, 0.5, 1.0, 10**9, 10**13, 2**63, -(2**63) - 1, 10**400, 1e308, float("nan")),
    *(float("inf"), "", " ", "x", "one", "two", "0", "\x1b]0;x\x07", "\u202e", "\ud800", "é" * 301, "x" * 100_000),
    *([], {}, [[]], [{}], {"": ""}, [0], ["one"], [["x", "ex"], ["y", "why"]], [["x"]], [[["x"], "ex"]], {"x": []}),
    *("deferred", "practice", "immediate", "answered", "regraded", "submitted", "opened", "2026-11-24", "0000-00-00"),
    *(
        "9999-12-31",
        "0001-01-01",
        "sure",
        "recall",
        ["recall", "x"],
        ["text", [["x"], [], ""]],
        ["number", ["1e9999", "0"]],
    ),
    *("1e999999", "nan", "1/0", "9" * 400, ["choice", []], ["choices", [["x", 1]]], ["order", []], ["boolean", True]),
]
PIECES = ["{", "}", "[", "]", ",", ":", '"', "\\", "\\ud800", "\0", "\x1b", "\ufeff", "9" * 5000, "1e999", "NaN", "-"]


@cache
def whole() -> dict[str, Any]:
    """A file of three attempts with every form of answer, right and wrong, one of them marked anew."""
    place = Place("deck", "t", "The topic")
    papers = []
    for task in TASKS[1:]:
        body = encode(Card("note", "t", "Ask?", task, task, explain="Because.", hints=("A hint.",)))
        papers.append(Asked(place, f"note-{task.form}", content_hash(body), body))
    attempts = [_attempt(number, tuple(papers), rules) for number, rules in enumerate(_RULES, 1)]
    data: dict[str, Any] = json.loads(result_file.write(Results("laptop", "Ada", tuple(attempts))))
    return data


_RULES = (
    Rules(60.0, minutes=10, certainty=True, penalty=0.25),
    Rules(50.0, mode="practice"),
    Rules(50.0, mode="immediate"),
)


def _attempt(number: int, paper: tuple[Asked, ...], rules: Rules) -> Attempt:
    events, marks = [Event(Kind.OPENED, 1000)], []
    for place, asked in enumerate(paper, 1):
        task = asked.decoded.exam
        assert task is not None
        given = json.loads(json.dumps(task.answer))
        sure = Certainty.SURE if rules.certainty else None
        events.append(Event(Kind.ANSWERED, 1000 + place, place, given, 1.0, 900, sure))
        marks.append(Mark(asked.place, 1.0, sure))
    events += [Event(Kind.FLAGGED, 1500, 2), Event(Kind.SUBMITTED, 2000)]
    again = events[1]
    events.append(Event(Kind.REGRADED, 3000, 1, again.given, 1.0, hash=8, body=paper[0].body))
    result = marking.result(marks, rules)
    deadline = 601_000 if rules.minutes else None
    return Attempt(number, {"deck": "The deck"}, 42, rules, 739_944, 1000, deadline, 2000, paper, tuple(events), result)


def file_text(dice: random.Random) -> str:
    """The file after a few accidents to its values, or to its letters."""
    tree = deepcopy(whole())
    tree["attempts"] = [dice.choice(tree["attempts"])]
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        _spoil(tree, dice)
    text = json.dumps(tree, ensure_ascii=dice.random() < 0.5)
    if dice.random() < 0.1:
        place = dice.randint(0, len(text))
        text = text[:place] + dice.choice(PIECES) + text[place + dice.randint(0, 3) :]
    if dice.random() < 0.01:
        depth, (before, after) = dice.choice(DEPTHS), dice.choice([("[", "]"), ('{"a":', "}")])
        text = text.replace(json.dumps(dice.choice(["one", "two", "note"])), before * depth + "1" + after * depth)
    return text


def _spoil(tree: dict[str, Any], dice: random.Random) -> None:
    """One accident: a value changed, taken out, doubled, moved, or a text and a number changed a little."""
    node, key = dice.choice(list(_places(tree)))
    match dice.randrange(8):
        case 0 | 1 | 2:
            node[key] = deepcopy(dice.choice(VALUES))
        case 3:
            del node[key]
        case 4:
            other, place = dice.choice(list(_places(tree)))
            node[key] = deepcopy(other[place])
        case 5 if isinstance(node, list):
            node.insert(key, deepcopy(dice.choice(node)))
        case 6 if isinstance(node[key], int | float):
            node[key] += dice.choice([-1, 1, 0.5, 10**6])
        case 7 if isinstance(node[key], list):
            dice.shuffle(node[key])
        case _:
            node[key] = [node[key]] * dice.choice([1, 2, 50])


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of the tree: what holds it, and its key or index there."""
    keys = tree.keys() if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


def exercise(folder: Path, text: str) -> str:
    """What became of the file; raises whatever must never be raised."""
    try:
        found = result_file.read(text)
    except QuizDockError as error:
        assert str(error)
        return "refused"
    assert all(str(refused.reason) for refused in found.refused)
    if not found.attempts:
        return "not believed"
    again = result_file.read(result_file.write(found))
    assert (again.attempts, again.refused) == (found.attempts, ())
    store = _store(folder, os.getpid())
    for attempt in found.attempts:
        _is_kept_and_shown(store, found, attempt)
    return "believed"


def _is_kept_and_shown(store: Store, found: Results, attempt: Attempt) -> None:
    """Store it in the place of the one before, read it back and show it."""
    for table in ("attempt_event", "attempt_question", "attempt_deck", "attempt", "device"):
        store.database.execute(f"DELETE FROM {table}" + (" WHERE id > 1" if table == "device" else ""))
    assert store.collected.put(found.device, found.learner, attempt) == ("known" if found.device == HERE else "new")
    for row in store.attempts.finished():
        record = record_of(store, row.id)
        assert 0 <= record.result.score.percent <= 100
        assert all(json_text(mistake_data(each)).encode() for each in record.questions)
    counted(store)


@cache
def _store(folder: Path, process: int) -> Store:
    """A store for this process alone, which need not survive a power cut."""
    store = open_store(folder / str(process) / "quizdock.db", HERE)
    store.database.execute("PRAGMA synchronous = OFF")
    return store


if __name__ == "__main__":
    from tests.robustness.fuzzing import main

    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(__doc__, file_text, partial(exercise, Path(folder))))
