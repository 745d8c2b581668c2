"""An exam as JSON lines."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from quizdock.core.dialogue import Hint, Quit, Response, Skip
from quizdock.core.exam_dialogue import (
    Back,
    ExamReply,
    Flag,
    GoTo,
    Line,
    Outcome,
    Overview,
    Record,
    Review,
    Sitting,
    Submit,
)
from quizdock.core.forms import Boolean, Choice, Choices, Match, Option, Pair, Path, Task, Text
from quizdock.core.machine import Transition
from quizdock.core.marking import Certainty, Rules
from quizdock.core.message import msg
from quizdock.ui.exam_lines import ExamLines

CHOICE = Choice((Option("one", why="One is too few."), Option("two", right=True)))
CHOICES = Choices((Option("a", right=True), Option("b", right=True), Option("c")))
Make = Callable[..., Any]


class Talk:
    """An asker that hears these lines, and the objects that it sends."""

    def __init__(self, *heard: str) -> None:
        self.sink = io.StringIO()
        self.exam = ExamLines(io.StringIO("".join(f"{line}\n" for line in heard)), self.sink)

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.sink.getvalue().splitlines()]


def no_end() -> None:
    return None


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ('{"response": 1}', Response(1)),
        ('{"response": null}', Response(None)),
        ('{"response": [0, 1]}', Response([0, 1])),
        ('{"skip": true}', Skip()),
        ('{"back": true}', Back()),
        ('{"flag": true}', Flag()),
        ('{"hint": true}', Hint()),
        ('{"goto": 3}', GoTo(3)),
        ('{"review": true}', Review()),
        ('{"submit": true}', Submit()),
        ('{"quit": true}', Quit()),
        ("", Quit()),
    ],
)
def test_a_line_is_the_reply(item: Make, line: str, reply: ExamReply) -> None:
    talk = Talk(*([line] if line else []))
    assert talk.exam.ask(item(CHOICE), no_end) == reply
    assert len(talk.sent) == 1


@pytest.mark.parametrize("line", ["[]", "nonsense", '{"undo": true}', '{"goto": true}', '{"goto": "3"}', "{}"])
def test_what_is_not_understood_is_refused_and_the_question_sent_again(item: Make, line: str) -> None:
    talk = Talk(line, '{"quit": true}')
    assert talk.exam.ask(item(CHOICE), no_end) == Quit()
    assert [each["type"] for each in talk.sent] == ["ask", "error", "ask"]


def test_a_question_tells_its_number_how_much_is_done_and_how_long_is_left(item: Make) -> None:
    talk = Talk()
    talk.exam.ask(item(CHOICE), lambda: 61.5)
    assert talk.sent == [
        {
            "type": "ask",
            "card": "deck/note",
            "form": "choice",
            "prompt": "Title\nAsk?",
            "choices": ["one", "two"],
            "number": 2,
            "of": 3,
            "answered": 1,
            "seconds_left": 61.5,
        }
    ]


def test_what_was_answered_before_its_flag_and_its_hints_are_told_too(item: Make) -> None:
    talk = Talk()
    talk.exam.ask(item(CHOICE, given="two", flagged=True, hints=1, card_hints=("h", "i")), no_end)
    (asked,) = talk.sent
    assert (asked["response"], asked["flagged"], asked["hints"]) == (1, True, ["h"])


def test_an_exam_tells_what_it_is_once_it_has_begun(sitting: Callable[..., Sitting]) -> None:
    talk = Talk()
    rules = Rules(60, minutes=10, penalty=0.25)
    begun = sitting(rules=rules, resumed=True, answered=1, seconds_left=9.0, changes=(msg("edited"),))
    talk.exam.introduce(begun)
    talk.exam.open(begun)
    assert talk.sent == [
        {
            "type": "exam",
            "learner": "alice",
            "day": "2026-11-23",
            "attempt": 7,
            "seed": 42,
            "questions": 2,
            "pass": 60,
            "minutes": 10,
            "penalty": 0.25,
            "resumed": True,
            "answered": 1,
            "seconds_left": 9.0,
            "changes": ["edited"],
        }
    ]


def test_certainty_comes_with_the_response_or_is_asked_for(item: Make) -> None:
    talk = Talk('{"response": 1, "certainty": "sure"}')
    talk.exam.ask(item(CHOICE), no_end)
    assert talk.exam.certainty(item(CHOICE), no_end) is Certainty.SURE
    assert [each["type"] for each in talk.sent] == ["ask"]
    talk = Talk('{"certainty": "very"}', '{"certainty": "fairly"}')
    assert talk.exam.certainty(item(CHOICE), no_end) is Certainty.FAIRLY
    assert [each["type"] for each in talk.sent] == ["certainty", "error", "certainty"]
    assert talk.sent[1]["message"] == "a certainty is one of guess, fairly, sure"
    assert Talk('{"back": true}').exam.certainty(item(CHOICE), no_end) == Back()
    assert Talk().exam.certainty(item(CHOICE), no_end) == Quit()


def test_a_mark_is_told_with_the_answer_unless_another_try_is_left(assessed: Make) -> None:
    talk = Talk()
    assert talk.exam.tell(assessed(CHOICE, 0, explain="Because.", source="1.2"), no_end) == Skip()
    talk.exam.tell(assessed(CHOICE, 0, rules=Rules(mode="practice")), no_end)
    told, try_again = talk.sent
    assert (told["credit"], told["points"], told["why"], told["answer"]) == (0.0, 0.0, "One is too few.", "two")
    assert (told["explanation"], told["source"]) == ("Because.", "1.2")
    assert try_again["tries_left"] == 2
    assert "answer" not in try_again


LINES = (Line(1, "Ask?", "one", True, True, True), Line(2, "And?", None, False, False, True))


def test_the_overview_is_for_whoever_asks_for_it(item: Make) -> None:
    talk = Talk('{"review": true}', '{"goto": 2}')
    talk.exam.ask(item(CHOICE), no_end)
    assert talk.exam.review(Overview(LINES, Rules()), lambda: 5.0) == GoTo(2)
    assert talk.sent[1] == {
        "type": "overview",
        "questions": [
            {"number": 1, "prompt": "Ask?", "given": "one", "answered": True, "flagged": True},
            {"number": 2, "prompt": "And?", "given": None, "answered": False},
        ],
        "unanswered": [2],
        "flagged": [1],
        "seconds_left": 5.0,
    }


def test_a_program_that_only_answers_is_led_through_what_is_left_and_to_its_result() -> None:
    talk = Talk()
    assert talk.exam.review(Overview(LINES, Rules()), no_end) == GoTo(2)
    assert talk.exam.review(Overview(LINES[:1], Rules()), no_end) == Submit()
    assert talk.sent == []


@pytest.mark.parametrize(
    ("task", "response", "told"),
    [
        (CHOICE, 0, "one"),
        (CHOICES, [0, 2], ["a", "c"]),
        (Boolean(True), False, False),
        (Text(("x",)), "y", "y"),
        (Match((Pair("x", "1"), Pair("y", "2"))), [1, 0], [["x", "2"], ["y", "1"]]),
        (Path("OFF", "ON", (Transition("OFF", "press", "ON"),)), ["kick"], ["kick"]),
        (CHOICE, None, None),
    ],
    ids=["choice", "choices", "boolean", "text", "match", "path", "nothing"],
)
def test_a_mistake_tells_what_was_given_in_its_forms_terms(
    assessed: Make,
    record: Callable[..., Record],
    sitting: Callable[..., Sitting],
    task: Task,
    response: object,
    told: object,
) -> None:
    talk = Talk()
    talk.exam.close(Outcome(sitting(), record(assessed(task, response)), 1, 9))
    (shown,) = talk.sent[0]["mistakes"]
    assert shown["given"] == told


def test_an_exam_ends_with_its_result(
    assessed: Make, record: Callable[..., Record], sitting: Callable[..., Sitting]
) -> None:
    rules = Rules(certainty=True)
    wrong = assessed(CHOICE, 0, certainty=Certainty.SURE, rules=rules, explain="Because.", source="1.2")
    done = record(wrong, assessed(CHOICE, 1, certainty=Certainty.GUESS, rules=rules), rules=rules)
    talk = Talk()
    assert not talk.exam.close(Outcome(sitting(), done, 2, 9))
    nobody = {"answers": 0, "percent": None, "judgement": "too few answers"}
    assert talk.sent == [
        {
            "type": "result",
            "attempt": 7,
            "score": 1.0,
            "of": 2,
            "percent": 50.0,
            "passed": False,
            "answered": 2,
            "out_of_time": False,
            "topics": [{"deck": "deck", "topic": "The topic", "score": 1.0, "of": 2, "percent": 50.0}],
            "certainty": {
                "points": -5.0,
                "of": 6,
                "judgement": "too few answers",
                "bands": [
                    {"certainty": "guess", "answers": 1, "percent": 100.0, "judgement": "too few answers"},
                    {"certainty": "fairly", **nobody},
                    {"certainty": "sure", "answers": 1, "percent": 0.0, "judgement": "too few answers"},
                ],
            },
            "mistakes": [
                {
                    "number": 2,
                    "prompt": "Title\nAsk?",
                    "card": "deck/note",
                    "given": "one",
                    "credit": 0.0,
                    "points": 0.0,
                    "leniency": "",
                    "detail": "",
                    "why": "One is too few.",
                    "certainty": "sure",
                    "certainty_points": -6.0,
                    "answer": "two",
                    "explanation": "Because.",
                    "source": "1.2",
                }
            ],
        }
    ]


def test_an_exam_that_was_left_has_a_result_without_figures(sitting: Callable[..., Sitting]) -> None:
    talk = Talk()
    talk.exam.close(Outcome(sitting(), None, answered=1, seconds=9, interrupted=True))
    (result,) = talk.sent
    assert (result["score"], result["percent"], result["passed"], result["answered"]) == (None, None, None, 1)
    assert (result["attempt"], result["of"], result["topics"], result["mistakes"]) == (7, 2, [], [])
