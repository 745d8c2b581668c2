"""Sends mutated lines to the askers of `--json`: `python -m tests.robustness.fuzz_lines --minutes 5 [--inputs N]`.

Every line must give a reply that the form of answer takes or refuses in words, or an error in words; whatever is sent
back is one JSON object a line without a harmful character, and what would be kept can be written. See fuzzing.
"""

import io
import json
import random
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from quizdock.core.card import Card
from quizdock.core.cleaning import HARMFUL
from quizdock.core.dialogue import Marked, Question, Response
from quizdock.core.errors import ResponseError
from quizdock.core.exam_dialogue import GoTo, Item, Line, Overview
from quizdock.core.forms import (
    Boolean,
    Choice,
    Choices,
    Command,
    Listing,
    Match,
    Number,
    Option,
    Order,
    Pair,
    Path,
    Recall,
    Task,
    Text,
)
from quizdock.core.machine import Transition
from quizdock.core.marking import Rules
from quizdock.core.sitting import Answer
from quizdock.store.journal import as_json
from quizdock.ui.exam_lines import ExamLines
from quizdock.ui.json_lines import LONGEST_LINE, StudyLines

OPTIONS = (Option("one", why="One is too few."), Option("two", right=True), Option("three"))
TASKS: Sequence[Task] = (
    Recall("x"),
    Choice(OPTIONS),
    Choices(OPTIONS),
    Boolean(True),
    Text(("docker ps", "podman ps")),
    Number("5.5", "0.05", relative=True, units=("GB",)),
    Command(("docker run -p 80:80 web",)),
    Listing((("created", "made"), ("running",), ("paused",))),
    Match((Pair("x", "ex"), Pair("y", "why")), (Option("more"),)),
    Order(("first", "second", "third")),
    Path("OFF", "ON", (Transition("OFF", "press", "ON"), Transition("ON", "kick", "OFF"))),
)
MESSAGES: Sequence[Mapping[str, Any]] = (
    *({"response": value} for value in (None, 0, [0, 1], [0, 1, 2], True, "docker ps", "5,5 GB", ["press"], "a, b")),
    *({name: True} for name in ("undo", "skip", "suspend", "bury", "hint", "dont_know", "quit", "accept")),
    *({name: True} for name in ("back", "flag", "review", "submit")),
    {"response": 1, "certainty": "sure"},
    {"certainty": "guess"},
    {"grade": 4},
    {"goto": 2},
)
VALUES = [
    *(
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1",
        "2",
        "5",
        "-0",
        "1.0",
        "0.5",
        "1e5",
        "1e999",
        "-1e999",
        "NaN",
        "Infinity",
    ),
    *("-Infinity", "9" * 30, "9" * 4300, "9" * 4301, "1e-999", "[]", "{}", "[[]]", "[{}]", "[0,0]", "[null]", "[0.0]"),
    *(
        "[true,false]",
        '["first"]',
        '""',
        '" "',
        '"x"',
        '"\\ud800"',
        '"\\udc00\\ud800"',
        '"\\ud83d\\ude00"',
        '"\\u0000"',
    ),
    *(
        '"\\u001b]0;x\\u0007"',
        '"\u202e"',
        '"\x9b"',
        '"1,5"',
        '"1e400"',
        '"5 %"',
        '"٣"',
        '"guess"',
        '"sure"',
        '"´"',
        '"ﷺ"',
    ),
    *(
        '{"response":1}',
        '{"a":{"a":{}}}',
        '"\\"',
        "'x'",
        "undefined",
        "0x1",
        "01",
        "1_000",
        "+1",
        ".5",
        "[1,]",
        '{"a"}',
    ),
]
KEYS = ["response", "grade", "accept", "goto", "certainty", "quit", "hint", "review", "submit", "", "type", "\\ud800"]
PIECES = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "\\u",
    "\0",
    "\r",
    "\ufeff",
    "\x1b",
    "\u2028",
    "\udcff",
    "e",
    "-",
    "\t",
]
DEPTHS = [10, 300, 480, 900, 960, 980, 990, 995, 1000, 5000, 100_000]


class Said(NamedTuple):
    """A line, and which of TASKS is asked."""

    task: int
    line: str


def said(dice: random.Random) -> Said:
    """A message after a few accidents."""
    return Said(dice.randrange(len(TASKS)), mutated(json.dumps(dice.choice(MESSAGES)), dice))


def mutated(line: str, dice: random.Random) -> str:
    """The line with other values and keys, pieces put in and taken out; now and then deep or very long."""
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        place = dice.randint(0, len(line))
        match dice.randrange(9):
            case 0 | 1 | 2:
                line = re.sub(r":.*(?=\})", lambda _: f":{dice.choice(VALUES)}", line, count=1)
            case 3:
                line = line.replace("{", f'{{"{dice.choice(KEYS)}":{dice.choice(VALUES)},', 1)
            case 4:
                line = line[:place] + dice.choice(PIECES) + line[place:]
            case 5:
                line = line[:place] + line[place + dice.randint(1, 4) :]
            case 6:
                listed = ",".join(dice.choice(VALUES) for _ in range(dice.randint(0, 4)))
                line = f'{{"response":[{listed}]}}'
            case 7 if dice.random() < 0.05:
                line = f'{{"response":{deep(dice)}}}'
            case 8 if dice.random() < 0.01:
                line = long(dice)
            case _:
                line = dice.choice(VALUES)
    return line


def deep(dice: random.Random) -> str:
    """Lists or tables in one another."""
    depth = dice.choice(DEPTHS) + dice.randint(-5, 5)
    before, after = dice.choice([("[", "]"), ('{"a":', "}"), ('[{"a":', "}]"), ("[", "")])
    return before * depth + "1" + after * depth


def long(dice: random.Random) -> str:
    """A line of about the greatest length, or of twice that."""
    length = dice.choice([2000, 2001, 10_000, LONGEST_LINE - 20, LONGEST_LINE, 2 * LONGEST_LINE]) + dice.randint(
        -20, 20
    )
    piece = dice.choice(["x", "é", "1", "[],", "{},", '"a",', " ", "\\u0041", "a, ", "press ", "-p ", "😀"])
    before, after = dice.choice([('{"response":"', '"}'), ('{"response":[', "0]}"), ("", ""), ('{"response":', "}")])
    return before + piece * (length // len(piece)) + after


def exercise(each: Said) -> str:
    """What the askers of study and exam made of the line; raises whatever must never be raised."""
    question = questions()[each.task]
    ended = "refused"
    for ask in (_study, _exam):
        sink = io.StringIO()
        reply = ask(question, io.StringIO(f"{each.line}\n" * 2), sink)
        for line in sink.getvalue().splitlines():
            assert isinstance(json.loads(line), dict)
        assert not _HARMFUL.search(sink.getvalue())
        if isinstance(reply, Response):
            ended = "answered" if _is_marked(question, reply) else "unreadable"
        elif reply is not None:
            ended = "commanded" if ended == "refused" else ended
    return ended


_HARMFUL = re.compile(f"[{HARMFUL}]")


def _study(question: Question, source: io.StringIO, sink: io.StringIO) -> object:
    asker = StudyLines(source, sink)
    reply = asker.ask(question)
    source.seek(0)
    asker.grade(Marked(question, None, None, None, dict.fromkeys(range(6), 1)))
    return reply


def _exam(question: Question, source: io.StringIO, sink: io.StringIO) -> object:
    asker = ExamLines(source, sink)
    item = Item(question, Answer(), Rules(certainty=True))
    reply = asker.ask(item, lambda: 60.0)
    if isinstance(reply, GoTo):
        assert type(reply.number) is int
    source.seek(0)
    asker.certainty(item, lambda: None)
    source.seek(0)
    asker.review(Overview((Line(1, "?", "x", True, False, True),), item.rules), lambda: None)
    return reply


def _is_marked(question: Question, reply: Response) -> bool:
    try:
        verdict = question.task.mark(reply.value)
    except ResponseError as error:
        assert str(error)
        return False
    assert verdict is None or 0 <= verdict.credit <= 1
    kept = as_json(question.task.given(reply.value))
    assert kept is None or kept.encode()
    return True


@cache
def questions() -> list[Question]:
    """A question of each form."""
    cards = [Card("note", "", "Ask?", task, hints=("A hint.",)) for task in TASKS]
    return [Question("deck/note", card, card.study, "Deck", "", left=1, of=1) for card in cards]


if __name__ == "__main__":
    from tests.robustness.fuzzing import main

    sys.exit(main(__doc__, said, exercise))
