"""The askers that programs speak to: the exact shapes of the protocol, and what is answered to nonsense."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

import pytest

from quizdock.cli.main import run
from quizdock.core.dialogue import (
    Bury,
    Closing,
    Decision,
    DontKnow,
    Graded,
    Hint,
    Keep,
    Leech,
    Marked,
    Opening,
    Question,
    Quit,
    Reply,
    Response,
    Saved,
    Skip,
    Suspend,
    TakenBack,
    Undo,
)
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
    Verdict,
)
from quizdock.core.journal import Kind
from quizdock.core.machine import Transition
from quizdock.core.message import msg
from quizdock.core.sm2 import Schedule
from quizdock.ui.json_lines import LONGEST_LINE, StudyLines

Ask = Callable[..., Question]
Mark = Callable[..., Marked]

CHOICE = Choice((Option("one", why="One is too few."), Option("two", right=True)))
LISTING = Listing((("one",), ("two",)))
MATCH = Match((Pair("x", "ex"), Pair("y", "why")), (Option("more"),))
ORDER = Order(("first", "second", "third"))
PATH = Path("OFF", "ON", (Transition("OFF", "press", "ON"), Transition("ON", "kick", "OFF")))
NO_OBJECT = {"type": "error", "message": "this line is not a JSON object"}
NO_REPLY = {
    "type": "error",
    "message": 'expected {"response": …}, or {"undo"|"skip"|"suspend"|"bury"|"hint"|"dont_know"|"quit": true}',
}
NO_GRADE = {"type": "error", "message": 'expected {"grade": 0 to 5}, or {"accept": true} where a grade is proposed'}
ASK = {
    "type": "ask",
    "card": "deck/note",
    "form": "choice",
    "prompt": "Title\nAsk?",
    "choices": ["one", "two"],
    "new": False,
    "drill": False,
    "left": 2,
}
VERDICT = {
    "type": "verdict",
    "credit": 1.0,
    "leniency": "",
    "detail": "",
    "why": "",
    "answer": "two",
    "explanation": "Because.",
    "source": "",
    "grade": 4,
    "reason": "right",
    "intervals": {"0": 1, "1": 1, "2": 1, "3": 6, "4": 40, "5": 400},
}


class Talk:
    """An asker to which a program sends these lines, and all that it sends back."""

    def __init__(self, *received: str) -> None:
        self.sink = io.StringIO()
        source = io.StringIO("".join(f"{line}\n" for line in received))
        self.study = StudyLines(source, self.sink)

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.sink.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ('{"response": 1}', Response(1)),
        ('{"response": null}', Response(None)),
        ('{"response": [0, 1]}', Response([0, 1])),
        ('{"response": true}', Response(True)),
        ('{"response": "docker\\u00a0ps"}', Response("docker\u00a0ps")),
        ('  {"response": "x", "more": 1}  ', Response("x")),
        ('{"undo": true}', Undo()),
        ('{"skip": true}', Skip()),
        ('{"quit": true}', Quit()),
        ('{"quit": true, "response": 1}', Quit()),
    ],
)
def test_a_line_is_the_reply(question: Ask, line: str, reply: Reply) -> None:
    talk = Talk(line)
    assert talk.study.ask(question(CHOICE)) == reply
    assert len(talk.sent) == 1


@pytest.mark.parametrize(
    ("task", "keys", "shown"),
    [
        (CHOICE, {}, ASK),
        (CHOICE, {"new": True, "drill": True}, ASK | {"new": True, "drill": True}),
        (Recall("x"), {}, ASK | {"form": "recall", "choices": []}),
        (Boolean(True), {}, ASK | {"form": "boolean", "choices": []}),
        (Text(("x",)), {"prompt": "é « »\u202f?"}, ASK | {"form": "text", "choices": [], "prompt": "é « »\u202f?"}),
        (Choices(CHOICE.options), {}, ASK | {"form": "choices"}),
        (Number("5"), {}, ASK | {"form": "number", "choices": []}),
        (Command(("ls",)), {}, ASK | {"form": "command", "choices": []}),
        (LISTING, {}, ASK | {"form": "list", "choices": []}),
        (MATCH, {}, ASK | {"form": "match", "items": ["x", "y"], "choices": ["ex", "why", "more"]}),
        (ORDER, {}, ASK | {"form": "order", "choices": ["first", "second", "third"]}),
        (PATH, {}, ASK | {"form": "path", "choices": ["press", "kick"]}),
    ],
)
def test_a_question_of_each_form_is_one_ask(question: Ask, task: Task, keys: dict[str, Any], shown: object) -> None:
    talk = Talk('{"quit": true}')
    talk.study.ask(question(task, **keys))
    assert talk.sent == [shown]


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ('{"suspend": true}', Suspend()),
        ('{"bury": true}', Bury()),
        ('{"hint": true}', Hint()),
        ('{"dont_know": true}', DontKnow()),
    ],
)
def test_a_card_may_be_set_aside_hinted_at_or_given_up(question: Ask, line: str, reply: Reply) -> None:
    assert Talk(line, '{"quit": true}').study.ask(question(CHOICE)) == reply


def test_hints_that_were_asked_for_come_with_the_question(question: Ask) -> None:
    hints = ("It has two sides", "Turn it")
    for shown, sent in ((0, {}), (1, {"hints": ["It has two sides"]}), (2, {"hints": ["It has two sides", "Turn it"]})):
        talk = Talk()
        talk.study.ask(question(CHOICE, hints=hints, shown=shown))
        assert talk.sent == [ASK | sent]


NO_OBJECTS = [
    "",
    "   ",
    "2",
    "null",
    '"response"',
    '[{"response": 1}]',
    "response: 1",
    '{"response": 1',
    '{"response": 1}{"response": 1}',
    "{'response': 1}",
    '{"response": ' + "9" * 5000 + "}",
    '{"response": ' + "[" * 100_000 + "]" * 100_000 + "}",
    '{"response": "' + "x" * LONGEST_LINE + '"}',
    '{"response": "' + "x" * (3 * LONGEST_LINE) + '"}',
]


@pytest.mark.parametrize("line", NO_OBJECTS, ids=lambda line: line[:30] or "empty")
def test_a_line_that_is_no_object_is_an_error_and_the_question_comes_again(
    question: Ask, marked: Mark, line: str
) -> None:
    talk = Talk(line, '{"response": 0}')
    assert talk.study.ask(question(CHOICE)) == Response(0)
    assert talk.sent == [ASK, NO_OBJECT, ASK]
    talk = Talk(line, '{"grade": 3}')
    assert talk.study.grade(marked(CHOICE, "two", Verdict(1.0), 4, explain="Because.")) == Graded(3)
    assert talk.sent == [VERDICT, NO_OBJECT, VERDICT]


def test_a_line_of_the_greatest_length_does_not_take_the_next_one_with_it(question: Ask) -> None:
    beginning, end = '{"response": "', '"}'
    longest = beginning + "x" * (LONGEST_LINE - 1 - len(beginning + end)) + end
    talk = Talk(longest, '{"quit": true}', '{"skip": true}')
    first = talk.study.ask(question(CHOICE))
    assert first in (Quit(), Response("x" * (len(longest) - len(beginning + end))))


@pytest.mark.parametrize(
    "line", ["{}", '{"answer": 1}', '{"undo": 1}', '{"quit": "true"}', '{"skip": false}', '{"grade": 4}']
)
def test_an_object_that_is_no_reply_is_an_error_and_the_question_comes_again(question: Ask, line: str) -> None:
    talk = Talk(line, line, '{"skip": true}')
    assert talk.study.ask(question(CHOICE)) == Skip()
    assert talk.sent == [ASK, NO_REPLY, ASK, NO_REPLY, ASK]


@pytest.mark.parametrize(
    ("line", "decision"),
    [
        ('{"grade": 0}', Graded(0)),
        ('{"grade": 5}', Graded(5)),
        ('{"accept": true}', Graded(4)),
        ('{"accept": true, "grade": 5}', Graded(4)),
        ('{"accept": false, "grade": 5}', Graded(5)),
        ('{"undo": true}', Undo()),
        ('{"skip": true}', Skip()),
        ('{"suspend": true}', Suspend()),
        ('{"bury": true}', Bury()),
        ('{"quit": true}', Quit()),
    ],
)
def test_a_verdict_is_answered_by_a_decision(marked: Mark, line: str, decision: Decision) -> None:
    talk = Talk(line)
    assert talk.study.grade(marked(CHOICE, "two", Verdict(1.0), 4, explain="Because.")) == decision
    assert talk.sent == [VERDICT]


@pytest.mark.parametrize(
    "line",
    [
        *('{"grade": 6}', '{"grade": -1}', '{"grade": 4.0}', '{"grade": "4"}', '{"grade": true}', '{"grade": null}'),
        *('{"accept": 1}', "{}", '{"response": 4}', '{"hint": true}', '{"dont_know": true}'),
    ],
)
def test_an_object_that_is_no_grade_is_an_error_and_the_verdict_comes_again(marked: Mark, line: str) -> None:
    talk = Talk(line, '{"grade": 2}')
    assert talk.study.grade(marked(CHOICE, "two", Verdict(1.0), 4, explain="Because.")) == Graded(2)
    assert talk.sent == [VERDICT, NO_GRADE, VERDICT]


def test_a_recalled_card_has_no_credit_and_no_grade_to_accept(marked: Mark) -> None:
    talk = Talk('{"accept": true}', '{"grade": 1}')
    assert talk.study.grade(marked(Recall("two"), None, None, None, explain="Because.")) == Graded(1)
    shown = VERDICT | {"credit": None, "grade": None, "reason": ""}
    assert talk.sent == [shown, NO_GRADE, shown]


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        (Choices((Option("a", right=True), Option("b", right=True), Option("c"))), ["a", "b"]),
        (Boolean(False), False),
        (Number("2.5", units=("Mo",), lang="fr"), "2,5\u00a0Mo"),
        (Command(("ls -l", "ls -o")), "ls -l"),
        (LISTING, ["one", "two"]),
        (MATCH, [["x", "ex"], ["y", "why"]]),
        (ORDER, ["first", "second", "third"]),
        (PATH, ["press"]),
    ],
)
def test_a_verdict_tells_the_answer_in_its_forms_terms(marked: Mark, task: Task, answer: object) -> None:
    talk = Talk()
    talk.study.grade(marked(task, None, Verdict(0.5), 2))
    half = {"credit": 0.5, "grade": 2, "reason": "at least half right"}
    assert talk.sent == [VERDICT | half | {"answer": answer, "explanation": ""}]


def test_a_verdict_tells_its_leniency_its_detail_the_reason_and_the_source(marked: Mark) -> None:
    talk = Talk()
    verdict = Verdict(0.5, msg("accents were not counted"), "x: No.", msg("{named} of {count} named", named=1, count=2))
    talk.study.grade(marked(LISTING, ("one", "x"), verdict, 1, source="1.2"))
    said = {"leniency": "accents were not counted", "detail": "1 of 2 named", "why": "x: No.", "source": "1.2"}
    graded = {"credit": 0.5, "grade": 1, "reason": "wrong"}
    assert talk.sent == [VERDICT | said | graded | {"answer": ["one", "two"], "explanation": ""}]


def test_the_end_of_input_leaves_at_every_question(question: Ask, marked: Mark) -> None:
    assert Talk().study.ask(question(CHOICE)) == Quit()
    assert Talk().study.grade(marked(CHOICE, None, None, None)) == Quit()


@pytest.mark.parametrize(
    ("tell", "sent"),
    [
        (
            lambda study: study.open(Opening("zoé", 739_943, due=12, new=8)),
            {"type": "session", "learner": "zoé", "day": "2026-11-23", "due": 12, "new": 8},
        ),
        (
            lambda study: study.open(Opening("zoé", 739_943, due=12, new=8, mode="ahead", first=True)),
            {"type": "session", "learner": "zoé", "day": "2026-11-23", "due": 12, "new": 8, "mode": "ahead"},
        ),
        (
            lambda study: study.saved(Saved("deck/note", 4, Schedule(1, 1, 250, 739_944), False, False)),
            {
                "type": "saved",
                "card": "deck/note",
                "grade": 4,
                "repetitions": 1,
                "interval": 1,
                "ease": "2.50",
                "due": "2026-11-24",
            },
        ),
        (
            lambda study: study.saved(Saved("deck/note", 4, None, drill=True, again_today=False)),
            {
                "type": "saved",
                "card": "deck/note",
                "grade": 4,
                **dict.fromkeys(("repetitions", "interval", "ease", "due")),
            },
        ),
        (
            lambda study: study.undone(TakenBack("deck/note", "Ask?", Kind.REVIEW, 4)),
            {"type": "undone", "card": "deck/note", "event": "review", "grade": 4},
        ),
        (
            lambda study: study.undone(TakenBack("deck/note", "Ask?", Kind.SUSPEND, None)),
            {"type": "undone", "card": "deck/note", "event": "suspend", "grade": None},
        ),
        (lambda study: study.undone(None), {"type": "error", "message": "there is nothing of today to take back"}),
        (lambda study: study.set_aside("deck/note", Suspend()), {"type": "suspended", "card": "deck/note"}),
        (lambda study: study.set_aside("deck/note", Bury()), {"type": "buried", "card": "deck/note"}),
        (
            lambda study: study.leech(Leech("deck/note", "Ask?", 8, "/d.toml", None)),
            {"type": "leech", "card": "deck/note", "lapses": 8, "file": "/d.toml", "line": None},
        ),
        (
            lambda study: study.refuse(msg("choose one of the {count} choices", count=3)),
            {"type": "error", "message": "choose one of the 3 choices"},
        ),
        (
            lambda study: study.close(Closing(5, 1, 65, left=3, due_tomorrow=4, new_waiting=2, interrupted=True)),
            {"type": "done", "reviews": 5, "drills": 1, "seconds": 65},
        ),
    ],
)
def test_a_session_says_what_happens(tell: Callable[[StudyLines], None], sent: object) -> None:
    talk = Talk()
    tell(talk.study)
    assert talk.sent == [sent]


def test_a_leech_is_kept_and_the_end_comes_without_a_question() -> None:
    talk = Talk('{"suspend": true}', '{"undo": true}')
    assert talk.study.leech(Leech("deck/note", "Ask?", 8, None, None)) == Keep()
    assert talk.study.finish(Closing(1, 0, 5, left=0, due_tomorrow=1, new_waiting=0)) == Quit()
    assert [message["type"] for message in talk.sent] == ["leech"]


def test_nothing_but_one_object_a_line_is_ever_printed(
    question: Ask, marked: Mark, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = io.StringIO('nonsense\n{"response": 0}\n{}\n{"accept": true}\n')
    study = StudyLines(replies, sys.stdout)
    study.open(Opening("alice", 739_943, 1, 0))
    study.ask(question(CHOICE, prompt="Two\r\nlines\u2028 and \x85 more"))
    study.grade(marked(CHOICE, "one", Verdict(0.0), 1))
    study.saved(Saved("deck/note", 1, Schedule(0, 1, 250, 739_944), drill=False, again_today=True))
    study.close(Closing(1, 0, 5, left=1, due_tomorrow=1, new_waiting=0))
    printed, errors = capsys.readouterr()
    types = [json.loads(line)["type"] for line in printed.split("\n")[:-1]]
    assert types == ["session", "ask", "error", "ask", "verdict", "error", "verdict", "saved", "done"]
    assert printed.endswith("}\n")
    assert errors == ""


EVERY_FORM = """
format = 1
deck = { id = "d", title = "D", lang = "en" }
question = [
    { id = "number", ask = "?", type = "number", answer = 1.5, unit = "MB" },
    { id = "command", ask = "?", type = "command", answer = "docker run -it x" },
    { id = "match", ask = "?", type = "match", pairs = [{ item = "x", partner = "1" }, { item = "y", partner = "2" }] },
    { id = "order", ask = "?", type = "order", answer = ["first", "second", "third"] },
]
list = [{ id = "list", title = "L", members = ["one", "a dozen"], intruders = ["nought"], derive = ["recall"] }]

[[machine]]
id = "path"
title = "M"
states = ["OFF", "ON"]
start = "OFF"
transitions = [{ from = "OFF", event = "press", to = "ON" }, { from = "ON", event = "kick", to = "OFF" }]
forbidden = [{ from = "OFF", event = "kick", why = "It is off." }]
paths = [{ from = "OFF", to = "ON" }]
derive = ["path"]
"""


class Program(io.StringIO):
    """Answers each card of a session with one of these responses until none is left, then takes the grade."""

    def __init__(self, responses: dict[str, list[object]]) -> None:
        super().__init__()
        self.responses = responses
        self.heard: list[dict[str, Any]] = []

    def write(self, text: str) -> int:
        self.heard.append(json.loads(text))
        return len(text)

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # a text stream reads texts
        last = self.heard[-1]
        if last["type"] == "verdict":
            return '{"grade": 4}\n'
        return json.dumps({"response": self.responses[last["form"]].pop(0)}) + "\n"


def test_a_session_marks_every_form_and_refuses_what_it_cannot_read(
    tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "d.toml").write_text(EVERY_FORM, encoding="utf-8")
    program = Program(
        {
            "number": [1.5, "much", "1,500", "1,5"],
            "command": [["docker"], "docker 'run", "docker run -i -t x"],
            "match": ["ab", [0], [0, 2], [0, 0]],
            "order": [[0, 1], [0, 1, 1], {}, []],
            "list": ["one", [1], ["dozen", "nought"]],
            "path": ["press", [0], ["kick"]],
        }
    )
    monkeypatch.setattr("sys.stdin", program)
    monkeypatch.setattr("sys.stdout", program)
    assert run(["--home", str(tmp_path), "study", "d", "--json"]) == 0
    forms = {message["card"]: message["form"] for message in program.heard if message["type"] == "ask"}
    assert sorted(forms.values()) == ["command", "list", "match", "number", "order", "path"]
    errors = [message["message"] for message in program.heard if message["type"] == "error"]
    assert errors == [
        *("answer with a text", "answer with a number"),
        "“1,500” may mean two numbers: write 1500 or 1.5000",
        *("answer with a text", "a quote is not closed, or a \\ ends the line"),
        *("give one choice for each of the 2 entries",) * 2,
        "choose one of the 2 choices",
        *("name each of the 3 steps once",) * 2,
        "give a list of choices",
        *("answer with a list of texts",) * 2,
        *("answer with a list of events",) * 2,
    ]
    verdicts = [message for message in program.heard if message["type"] == "verdict"]
    assert [(each["credit"], each["leniency"], each["detail"], each["why"]) for each in verdicts] == [
        (1.0, "the unit was not counted", "", ""),
        (1.0, "", "", ""),
        (0.5, "", "", ""),
        (0.0, "", "", ""),
        (0.0, "the article was not counted", "1 of 2 named, 1 intruder", ""),
        (0.0, "", "OFF refuses “kick”", "It is off."),
    ]
    assert program.heard[-1]["type"] == "done"


DECK = """
format = 1
deck = { id = "d", title = "D", lang = "en" }
question = [{ id = "q", ask = "Ask?", type = "text", answer = "x" }]
"""


@pytest.mark.parametrize(("command", "last"), [("study", "done"), ("exam", "result")])
def test_half_a_surrogate_pair_ends_no_session(
    command: str, last: str, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON can say it, but UTF-8 cannot: it must do no harm to the journal, nor to what is printed."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "d.toml").write_text(DECK, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO('{"response": "\\ud83d"}\n{"grade": 4}\n{"quit": true}\n'))
    assert run(["--home", str(tmp_path), command, "d", "--json"]) == 0
    printed = capsys.readouterr().out
    assert printed.encode()
    assert json.loads(printed.splitlines()[-1])["type"] == last
